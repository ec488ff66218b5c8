"""The stages, themes and competencies a new installation starts with.

Sources: 武蔵野市市民活動促進基本計画 (six stages; the names of the last three and the
fact that they are the autonomous ones), 旭川市「市民活動の促進に向けて」 (the two skill
taxonomies), 武蔵野市 改定計画 (the five competencies). The names of the first three
stages are provisional: the plan's figure that names them was not at hand.
"""

# key, name, English, furigana, colour, autonomous, provisional, description, English
STAGES = [
    (
        "awareness",
        "関心・きっかけ",
        "Becoming interested",
        "かんしん・きっかけ",
        "#0055ad",
        False,
        True,
        "市民活動に関心を持ち、地域に目を向け始めたころ。まずは知ること、人と出会うことから始めます。",
        "You are becoming interested in your community. Start by finding out and meeting people.",
    ),
    (
        "participation",
        "参加・体験",
        "Taking part",
        "さんか・たいけん",
        "#006173",
        False,
        True,
        "行事や活動に参加してみる時期。体験を通して、自分に合う関わり方をさがします。",
        "You join in with activities and find the way of taking part that suits you.",
    ),
    (
        "preparation",
        "準備・立ち上げ",
        "Preparing and starting",
        "じゅんび・たちあげ",
        "#115a36",
        False,
        True,
        "仲間と活動を始めようとしている時期。目的を言葉にし、会のかたちを整えます。",
        "You are about to start with others: putting the purpose into words and setting up the group.",
    ),
    (
        "practice",
        "活動実践",
        "Active practice",
        "かつどうじっせん",
        "#8b3200",
        True,
        False,
        "団体として活動を続けている時期。日々の運営に役立つ知識と技能を身につけます。",
        "The group is active. You build the knowledge and skills that everyday work needs.",
    ),
    (
        "growth",
        "成長・安定",
        "Growth and stability",
        "せいちょう・あんてい",
        "#8b008b",
        True,
        False,
        "活動が広がり、担い手や資金、組織の力を確かなものにする時期です。",
        "The work is growing. You make people, funding and organisation secure.",
    ),
    (
        "expansion",
        "展開",
        "Reaching out",
        "てんかい",
        "#5109ad",
        True,
        False,
        "ほかの団体や行政、企業と力を合わせ、地域の課題に取り組む時期です。",
        "You work on local issues together with other groups, the city and companies.",
    ),
]

# branch → [(key, name, English)]
THEMES = {
    "local_issue": [
        ("disaster", "防災・防犯", "Disaster readiness and safety"),
        ("children", "子ども・子育て", "Children and parenting"),
        ("elderly", "高齢者・介護", "Older people and care"),
        ("welfare", "福祉・障害", "Welfare and disability"),
        ("health", "健康づくり", "Health"),
        ("environment", "環境・ごみ", "Environment and waste"),
        ("nature", "緑・水辺", "Greenery and water"),
        ("townscape", "まちづくり・交通", "Town planning and transport"),
        ("multicultural", "多文化共生", "Living together across cultures"),
        ("culture", "地域の歴史・文化", "Local history and culture"),
        ("digital", "暮らしのデジタル", "Digital life"),
        ("connection", "地域のつながり・孤立", "Connection and isolation"),
    ],
    "organisation": [
        ("npo", "NPO法人の設立と手続", "Founding an NPO"),
        ("accounting", "会計処理・経理", "Accounting"),
        ("law", "法制・税制・労務管理", "Law, tax and labour"),
        ("publicity", "効果的な広報宣伝方法", "Publicity"),
        ("fundraising", "資金調達・マーケティング", "Fundraising and marketing"),
        ("compliance", "コンプライアンス・社会的責任", "Compliance and responsibility"),
    ],
    "personal": [
        ("facilitation", "ファシリテーション", "Facilitation"),
        ("communication", "コミュニケーション", "Communication"),
        ("decision", "意思決定", "Decision making"),
        (
            "computer",
            "ホームページ・報告書などのパソコン技術",
            "Websites, reports and computers",
        ),
        ("presentation", "企画提案とプレゼンテーション", "Proposals and presentation"),
        ("internet", "インターネット活用", "Using the internet"),
    ],
}
BRANCHES = {
    "local_issue": ("local-issues", "地域課題", "Local issues"),
    "organisation": ("organisation-skills", "運営の力", "Organisation skills"),
    "personal": ("personal-skills", "個人の力", "Personal skills"),
}

COMPETENCIES = [
    ("coordination", "調整力", "Coordination"),
    ("communication", "コミュニケーション力", "Communication"),
    ("connecting", "地域をつなぐ力", "Connecting the community"),
    ("creativity", "創造性・企画力", "Creativity and planning"),
    ("risk", "リスクマネジメント力", "Risk management"),
]
