"""One paper before it is set: its template, what stands on it and how many people."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.exchange.paper.printable import Fact

Row = Sequence[Fact]


@dataclass(frozen=True)
class Printout:
    """`template` names the file below cms/paper/enrollments and the HTML template below
    manage/prints. `columns` say in the record of accesses what was printed. What is
    `for_residents` names the section that printed it, not the clerk."""

    template: str
    title: str
    facts: dict[str, Fact]
    people: int
    columns: Sequence[str] = field(default_factory=list)
    for_residents: bool = False


def column(label: str, kind: str = "text", width: str = "auto") -> dict[str, Fact]:
    """`kind`: text, number, box (to be ticked) or sign (to be written into). `width`: auto,
    or a number of shares of what the others leave."""
    return {"label": label, "kind": kind, "width": width}
