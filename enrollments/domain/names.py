"""Whether a text is the name of somebody whom the site knows."""

from django.db.models import F, Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from accounts.domain.contact import kana_key, tidy_text
from accounts.models import User
from courses.models import Instructor
from enrollments.models import Participant

OF_ACCOUNTS = (("last_name", "first_name"), ("last_name_kana", "first_name_kana"))
OF_PEOPLE = (("family_name", "given_name"), ("family_name_kana", "given_name_kana"))


def is_somebodys_name(text: str) -> bool:
    """Holds a full name of an account, a participant or an instructor, or is a family
    or given name of theirs, in kanji or in any kana. Reads whole tables."""
    written = tidy_text(text).replace(" ", "")
    spoken = kana_key(text)
    people = (
        (User.objects.all(), OF_ACCOUNTS),
        (Participant.objects.all(), OF_PEOPLE),
        (Instructor.objects.all(), OF_PEOPLE),
    )
    return any(
        _is_named(rows, asked, names)
        for rows, (kanji, kana) in people
        for asked, names in ((written, kanji), (spoken, kana))
    )


def _is_named(rows: QuerySet[Model], asked: str, names: tuple[str, str]) -> bool:
    family, given = names
    if rows.filter(**{family: asked}).exists() or rows.filter(**{given: asked}).exists():
        return True
    full = (
        rows.exclude(**{family: ""})
        .exclude(**{given: ""})
        .annotate(
            asked=Value(asked, output_field=TextField()),
            full=Concat(family, given, output_field=TextField()),
        )
    )
    return bool(full.filter(asked__contains=F("full")).exists())
