"""Everybody who applied before doors had codes gets one."""

from secrets import choice

from django.db import migrations

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
AT_ONCE = 2000


def backfill(apps, schema_editor):
    participants = apps.get_model("enrollments", "Participant").objects
    used, rows = set(), []
    for participant in participants.filter(door_code=None).only("pk").iterator(AT_ONCE):
        code = "".join(choice(SIGNS) for _sign in range(12))
        while code in used:
            code = "".join(choice(SIGNS) for _sign in range(12))
        used.add(code)
        participant.door_code = code
        rows.append(participant)
        if len(rows) == AT_ONCE:
            participants.bulk_update(rows, ["door_code"])
            rows = []
    participants.bulk_update(rows, ["door_code"])


class Migration(migrations.Migration):

    dependencies = [("enrollments", "0011_running_a_course")]

    operations = [migrations.RunPython(backfill, migrations.RunPython.noop)]
