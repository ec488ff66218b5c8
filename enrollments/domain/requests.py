"""What an applicant asks for, as plain data, however it reached the city."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from enrollments.enums import Channel, ContactBy


@dataclass(frozen=True)
class PersonName:
    """氏 and 名 with their readings in katakana."""

    family: str
    given: str
    family_kana: str
    given_kana: str

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
class SeatRequest:
    """One application. `companions` come besides the applicant.

    `submission_key` is made when the form is shown, so that sending the same form
    again is recognised.
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
    submission_key: UUID = field(default_factory=uuid4)

    @property
    def people(self) -> tuple[PersonName, ...]:
        return (self.applicant, *self.companions)
