"""事前の質問 for whoever leads the talk: what was taken up, by topic, nobody named."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.exchange.paper.printable import Fact
from courses.models import CourseRun
from enrollments.domain.advance_questions.reading import to_be_read_out
from enrollments.domain.printing.heading import heading
from enrollments.domain.printing.wishes import Wishes
from enrollments.exchange.prints.printout import Printout, Row, column
from enrollments.exchange.prints.table import held_sessions
from enrollments.models import QuestionCall


def questions_sheet(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """`wishes` has none: the paper is the same for everybody who gets it."""
    call = QuestionCall.objects.filter(run=run).first()
    topics = to_be_read_out(call) if call else []
    rows: list[Row] = [
        [topic.name, line.question.text, str(line.citizens), str(line.staff), ""]
        for topic in topics
        for line in topic.lines
    ]
    columns = [
        column(_("話題"), width="1"),
        column(_("質問・話したいこと"), width="3"),
        column(_("市民"), "number"),
        column(_("職員"), "number"),
        column(_("メモ"), width="1"),
    ]
    facts: dict[str, Fact] = {
        "heading": heading(run, held_sessions(run), at=at),
        "count": ngettext("%(number)s件", "%(number)s件", len(rows))
        % {"number": len(rows)},
        "columns": columns,
        "rows": rows,
        "empty": _("取り上げる質問は、まだありません。"),
        "note": _("市民・職員の数は、同じ質問を送った人の数です。"),
        "across": False,
    }
    return Printout("list", _("事前の質問"), facts, 0)
