"""チラシ: one run on one A4 sheet, with what the bulletin says of it and the way to apply.
Always in Japanese; names only those who may be named in public."""

from collections.abc import Sequence

from accounts.exchange.paper.printable import Fact
from accounts.exchange.paper.qr import qr_svg
from courses.enums import CourseKind
from courses.exchange.bulletin.entry import entry_of
from courses.models import CourseRun

# Said by the line under the title, and in the box beside the QR code.
ELSEWHERE = frozenset({"内容", "申し込み・問い合わせ"})
MOST_OUTCOMES = 4


def flyer_facts(
    run: CourseRun,
    *,
    site: str,
    address: str,
    catch: str = "",
    outcomes: Sequence[str] = (),
    picture: Fact = None,
) -> dict[str, Fact]:
    """From a run of `courses.domain.bulletin.with_copy`; makes no query. `address` is the
    course's page; `catch` and `outcomes` are what it says in the officer's words;
    `picture` as format and bytes as numbers."""
    course, department = run.course, run.course.department
    entry = dict(entry_of(run, site=site).lines)
    how, *contact = entry.get("申し込み・問い合わせ", "").rsplit("\n", 1)
    return {
        "kind": str(CourseKind(course.kind).label),
        "title": course.title,
        "label": run.label,
        "catch": catch or course.summary,
        "outcomes": list(outcomes[:MOST_OUTCOMES]),
        "lines": [
            [label, words] for label, words in entry.items() if label not in ELSEWHERE
        ],
        "how": how if contact else "",
        "contact": contact[0] if contact else how,
        "section": department.name,
        "address": address,
        "qr": qr_svg(address),
        "picture": picture,
        "marks": _marks(run),
    }


def _marks(run: CourseRun) -> list[Fact]:
    """What many look for first."""
    told = (
        ("参加無料", not run.fee and not run.fee_note),
        ("保育あり", run.has_childcare),
        ("手話通訳あり", run.has_sign_language),
        ("要約筆記あり", run.has_captioning),
    )
    return [words for words, is_so in told if is_so]
