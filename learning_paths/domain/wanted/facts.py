"""What somebody says of what they want to learn."""

from dataclasses import dataclass, field, replace

from accounts.domain.contact import is_link, tidy_text
from courses.models import Audience, Theme
from learning_paths.domain.wanted.refusals import TitleIsALink, TitleMissing
from learning_paths.domain.wanted.similar import Words


@dataclass(frozen=True)
class WantedFacts:
    """`suits` are values of `SuitableTime`."""

    title: str
    detail: str = ""
    theme: Theme | None = None
    audience: Audience | None = None
    area: str = ""
    people: int | None = None
    suits: list[str] = field(default_factory=list)

    def tidied(self) -> "WantedFacts":
        """Raises: TitleMissing, TitleIsALink."""
        title = tidy_text(self.title)
        if not title:
            raise TitleMissing
        if is_link(title):
            raise TitleIsALink
        return replace(
            self, title=title, detail=self.detail.strip(), area=tidy_text(self.area)
        )

    def words(self) -> Words:
        return Words(self.title, self.detail, self.theme.pk if self.theme else 0)
