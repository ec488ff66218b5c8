"""A column of a list: its heading, the words under which others know it, how a cell is read
and how a value is written. Import and export share one list of them per kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from import_export.fields import Field
from import_export.resources import Resource
from import_export.widgets import Widget

Words = str | Promise


@dataclass
class Circumstances:
    """What a cell is read in the light of: `today`, the fiscal year in which a day
    without a year lies, and what the reader wants to be noted about the row."""

    today: date
    fiscal_year: int
    notes: list[str] = field(default_factory=list)


class Column(Field):
    """`take` gets the value of a row of the database; without it the attribute of the
    column's own name. `known_as` are other headings that mean it, with spaces between;
    `example` stands in the file to download."""

    def __init__(
        self,
        name: str,
        heading: str,
        widget: Widget,
        *,
        known_as: str | Sequence[str] = (),
        required: bool = False,
        example: str = "",
        help_text: Words = "",
        take: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(attribute=name, column_name=heading, widget=widget)
        self.name = name
        self.heading = heading
        known = known_as.split() if isinstance(known_as, str) else known_as
        self.known_as = tuple(known)
        self.required = required
        self.example = example
        self.help_text = help_text
        self.take = take

    def get_value(self, instance: Any) -> Any:
        return self.take(instance) if self.take else super().get_value(instance)

    def read(self, text: str, about: Circumstances) -> Any:
        """Raises: ValueError with a sentence."""
        return self.widget.clean(text, about=about)

    def write(self, instance: Any) -> str:
        return str(self.export(instance))


def resource_of(columns: Iterable[Column]) -> Resource:
    """For exporting: `export_resource(instance)` gives the cells in this order."""
    made = Resource()
    made.fields = {column.name: column for column in columns}
    return made
