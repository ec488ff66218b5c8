"""The names and contacts of an application, to be put right by staff."""

from enrollments.domain.correcting import Contact
from enrollments.forms.contact import ContactForm
from enrollments.models import Application

COLUMNS = (
    "family_name",
    "given_name",
    "family_name_kana",
    "given_name_kana",
    "email",
    "phone",
    "postal_code",
    "address",
)


class CorrectionForm(ContactForm):
    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in COLUMNS})


def contact_of(application: Application) -> dict[str, str]:
    return {name: getattr(application, name) for name in COLUMNS}
