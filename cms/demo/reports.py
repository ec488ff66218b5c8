"""What officers wrote after the run: reports of some that are over."""

from datetime import datetime, timedelta

from django.db.models import Max

from accounts.models import User
from courses.models import CourseRun
from enrollments.models import RunReport

WORDS = (
    (
        "グループでの話し合いを、はじめの回から入れたので、最後まで欠席が少なかった。\n"
        "アンケートでも「ほかの地区の話が聞けてよかった」という声が多い。\n"
        "3回目は会場が暑く、後ろの席では声が聞き取りにくかった。",
        "マイクを2本用意する。市外の方への案内は、締切の2週間前に出す。",
    ),
    (
        "はじめて参加する方が半分を超えた。紙のチラシを見て申し込んだ方が多い。",
        "平日の夜の回を一つ入れてみる。",
    ),
    ("定員より少なかったが、そのぶん一人ひとりの質問に答えられた。", ""),
)
EVERY = 3


def write_reports(officers: dict[str, User], *, at: datetime) -> None:
    """Every third run that ended, a week after its last session."""
    ended = (
        CourseRun.objects.annotate(last=Max("sessions__ends_at"))
        .filter(last__lt=at - timedelta(days=8), applications__isnull=False)
        .select_related("course__department")
        .order_by("code")
        .distinct()
    )
    RunReport.objects.bulk_create(
        RunReport(
            run=run,
            reflections=WORDS[number % len(WORDS)][0],
            next_time=WORDS[number % len(WORDS)][1],
            version=1,
            written_at=run.last + timedelta(days=7),
            written_by=officers.get(run.course.department.code),
        )
        for number, run in enumerate(ended[::EVERY])
    )
