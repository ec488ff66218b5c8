"""What hangs on a person and is not taken out, each with the reason; and what is."""

from accounts.domain.own_data import contribute, leave_out
from enrollments.domain.own_data import applications, messages, support, taking_part

STEPS = "経過の記録で、本人の内容は申込みや希望にあります。"
DIGEST = "名前と連絡先からつくった照合の符号で、だれの名前も含みません。"
OF_STAFF = "職員の判断の記録です。開示請求で扱います。"
REASONS = {
    "enrollments.AttendanceMark": "受付の端末の記録で、結果は出席にあります。",
    "enrollments.CompletionTrace": STEPS,
    "enrollments.SupportStep": STEPS,
    "enrollments.QuestionMove": STEPS,
    "enrollments.CalendarTokenStep": STEPS,
    "enrollments.KnownRun": "知らせがすんだ開催の目印です。",
    "enrollments.LineRecord": OF_STAFF,
    "enrollments.ScreeningNote": OF_STAFF,
    "enrollments.NamesakeRuling": OF_STAFF,
    "enrollments.PersonClaim": DIGEST,
    "enrollments.PersonKey": DIGEST,
    "enrollments.TableMove": "席を動かした記録で、席はテーブルにあります。",
    "enrollments.FindingsVersion": "市民と市が共に書いた、会の記録です。",
    "enrollments.FindingsApproval": "市民と市が共に書いた、会の記録です。",
    "enrollments.FindingsTrace": "市民と市が共に書いた、会の記録です。",
    "enrollments.NextStep": "市民と市が共に書いた、会の記録です。",
}


def contribute_taking_part() -> None:
    contribute(
        *applications.CHAPTERS,
        *support.CHAPTERS,
        *taking_part.CHAPTERS,
        *messages.CHAPTERS,
    )
    leave_out(REASONS)
