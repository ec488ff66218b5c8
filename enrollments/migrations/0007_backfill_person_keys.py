"""Keys of those who applied before keys were kept."""

import hashlib
import re
import unicodedata

import jaconv
from django.db import migrations

AT_ONCE = 1000


def _digest(*parts):
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _tidy(text):
    text = re.sub(r"\s+", " ", text.replace("\u3000", " "))
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf")).strip()


def _kana(text):
    folded = unicodedata.normalize("NFKC", _tidy(text))
    return str(jaconv.hira2kata(folded)).replace("-", "ー").replace(" ", "")


def _phone(text):
    digits = re.sub(r"[^0-9+]", "", unicodedata.normalize("NFKC", text))
    return "0" + digits[3:] if digits.startswith("+81") else digits.lstrip("+")


def _keys(row):
    """As `enrollments.domain.identity.person_keys` made them in 2026."""
    name = _kana(f"{row.family_name_kana} {row.given_name_kana}")
    keys = set()
    if row.user_id is not None:
        keys.add(_digest("account", str(row.user_id)))
    if row.email:
        mail = unicodedata.normalize("NFKC", row.email).strip().lower()
        keys.add(_digest("mail", name, mail))
    if row.phone:
        keys.add(_digest("phone", name, _phone(row.phone)))
    if row.address and not (row.email or row.phone):
        keys.add(_digest("address", name, "".join(row.address.split())))
    return keys


def add_keys(apps, schema_editor):
    application = apps.get_model("enrollments", "Application")
    person_key = apps.get_model("enrollments", "PersonKey")
    batch = []
    for row in application.objects.iterator(chunk_size=AT_ONCE):
        batch += [person_key(application=row, key=key) for key in sorted(_keys(row))]
        if len(batch) >= AT_ONCE:
            person_key.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    person_key.objects.bulk_create(batch, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("enrollments", "0006_applying_in_depth")]

    operations = [migrations.RunPython(add_keys, migrations.RunPython.noop)]
