"""The whole copy of a month: a heading, the entries under their section or theme."""

from collections.abc import Iterable
from datetime import date

from courses.domain.bulletin import month_words
from courses.enums import BulletinGroup
from courses.exchange.bulletin.entry import entry_of
from courses.models import CourseRun

WITHOUT_THEME = "そのほか"
# So that a text editor on an office computer takes it for what it is.
BOM = "\ufeff"


def manuscript(
    runs: Iterable[CourseRun], *, month: date, group: BulletinGroup, site: str
) -> str:
    """Runs keep their order; headings stand in the city's own order."""
    parts: dict[tuple[int, str], list[str]] = {}
    for run in runs:
        entry = entry_of(run, site=site)
        parts.setdefault(_heading(run, group), []).append(entry.text())
    text = [f"広報原稿　{month_words(month)}"]
    for (_order, name), entries in sorted(parts.items()):
        text += [f"●{name}", *entries]
    return "\n\n".join(text) + "\n"


def as_file(text: str) -> bytes:
    return (BOM + text.replace("\n", "\r\n")).encode()


def _heading(run: CourseRun, group: BulletinGroup) -> tuple[int, str]:
    if group == BulletinGroup.SECTION:
        section = run.course.department
        return section.sort_order, section.name
    themes = sorted(run.course.themes.all(), key=lambda theme: (theme.sort_order, theme.pk))
    if not themes:
        return 10_000, WITHOUT_THEME
    return themes[0].sort_order, themes[0].name
