"""What new courses of the common kinds begin with: name, kind, values of the form.
`AUDIENCES` stands for the key of an audience, looked up when the rows are made."""

AUDIENCES = "audiences"
_TWO_HOURS = {"repeat-begins": "10:00", "repeat-ends": "12:00"}

TEMPLATES = (
    (
        "講座（全5回）",
        "course",
        {
            "run-selection_mode": "lottery_if_over",
            "run-capacity": "20",
            "run-completion_sessions": "4",
            "run-bring": "筆記用具",
            "repeat-every": "week",
            "repeat-count": "5",
            **_TWO_HOURS,
        },
    ),
    (
        "講座（1回・申込順）",
        "course",
        {
            "run-selection_mode": "first_come",
            "run-capacity": "20",
            "run-bring": "筆記用具",
            "repeat-count": "1",
            **_TWO_HOURS,
        },
    ),
    (
        "講演会（1回・申込不要）",
        "lecture",
        {
            "run-selection_mode": "open",
            "run-capacity": "100",
            "run-audience": "どなたでも",
            "run-how_to_apply": "申込みは不要です。当日、直接会場へお越しください。",
            "run-waiting_list": False,
            "facts-audiences": [AUDIENCES, "anyone"],
            "repeat-count": "1",
            "repeat-begins": "14:00",
            "repeat-ends": "16:00",
        },
    ),
    (
        "ワークショップ",
        "workshop",
        {
            "run-selection_mode": "first_come",
            "run-capacity": "16",
            "run-bring": "筆記用具、動きやすい服装",
            "repeat-count": "1",
            "repeat-begins": "13:30",
            "repeat-ends": "16:30",
        },
    ),
    (
        "親子の講座（組で申込み）",
        "course",
        {
            "run-selection_mode": "lottery_if_over",
            "run-capacity": "10",
            "run-capacity_unit": "parties",
            "run-max_participants": "4",
            "run-audience": "市内にお住まいの小学生と保護者",
            "facts-audiences": [AUDIENCES, "families"],
            "repeat-count": "1",
            **_TWO_HOURS,
        },
    ),
    (
        "職員研修",
        "staff_training",
        {
            "run-selection_mode": "first_come",
            "run-capacity": "30",
            "run-audience": "市の職員",
            "facts-audiences": [AUDIENCES, "staff"],
            "repeat-count": "1",
            "repeat-begins": "14:00",
            "repeat-ends": "16:00",
        },
    ),
    (
        "合同学習会（市民と職員）",
        "joint_session",
        {
            "run-selection_mode": "lottery_if_over",
            "run-capacity": "15",
            "run-staff_capacity": "15",
            "run-audience": "市内で活動する方と市の職員",
            "facts-audiences": [AUDIENCES, "groups", "staff"],
            "repeat-count": "1",
            "repeat-begins": "18:30",
            "repeat-ends": "20:30",
        },
    ),
)
