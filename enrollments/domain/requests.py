"""What an applicant asks for, as plain data, however it reached the city."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from courses.enums import SupportKind
from enrollments.domain.support_requests import ChildWish
from enrollments.enums import Channel, ContactBy


@dataclass(frozen=True)
class PersonName:
    """氏 and 名 with their readings in katakana, and what the run asks of everybody.

    `account` and `member` are told by a group that sends its members: whose learning
    record the place belongs to. What was typed on a form never says so.
    """

    family: str
    given: str
    family_kana: str
    given_kana: str
    birth_date: date | None = None
    school_year: int | None = None
    account: int | None = None
    member: UUID | None = None
    email: str = ""
    phone: str = ""

    @property
    def kana(self) -> str:
        return f"{self.family_kana}{self.given_kana}"

    def columns(self) -> dict[str, str]:
        return {
            "family_name": self.family,
            "given_name": self.given,
            "family_name_kana": self.family_kana,
            "given_name_kana": self.given_kana,
        }


@dataclass(frozen=True)
class SupportWish:
    """A wish for 保育 or a support, as it comes with an application."""

    kind: SupportKind
    needs: str = ""
    children: tuple[ChildWish, ...] = ()


@dataclass(frozen=True)
class SeatRequest:
    """One application. `companions` come besides the applicant.

    `session` is the row of the session chosen, where a run lets people choose one;
    `answers` pairs rows of questions with what was answered; `stated` are the conditions
    (rows) that the person confirmed. `group_code` and `department` say for whom the
    places of groups and sections are asked. `submission_key` is made when the form is
    shown, so that sending the same form again is recognised. Whoever only sends others
    (a group's organiser) `attends` not. `bundle` is the row of what was applied for with
    one form, for several units of a series.
    """

    applicant: PersonName
    email: str = ""
    phone: str = ""
    postal_code: str = ""
    address: str = ""
    residency: str = ""
    contact_by: ContactBy = ContactBy.MAIL
    language: str = "ja"
    message: str = ""
    staff_note: str = ""
    companions: tuple[PersonName, ...] = ()
    channel: Channel = Channel.WEB
    session: int | None = None
    answers: tuple[tuple[int, str], ...] = ()
    support: tuple[SupportWish, ...] = ()
    stated: frozenset[int] = frozenset()
    accepts_terms: bool = False
    group_code: str = ""
    group_name: str = ""
    department: int | None = None
    postmarked_on: date | None = None
    attends: bool = True
    bundle: int | None = None
    submission_key: UUID = field(default_factory=uuid4)

    @property
    def people(self) -> tuple[PersonName, ...]:
        return (self.applicant, *self.companions) if self.attends else self.companions

    @property
    def sends_members(self) -> bool:
        """Everybody is a member whom their group names, not somebody still unknown."""
        return bool(self.people) and all(person.member for person in self.people)
