"""Groups of before stand in the register until the end of the present fiscal year, with
the line with which they began."""

from django.db import migrations
from django.utils import timezone


def write_down(apps, schema_editor):
    Group = apps.get_model("learning_paths", "Group")
    GroupMove = apps.get_model("learning_paths", "GroupMove")
    today = timezone.localdate()
    year = today.year if today.month >= 4 else today.year - 1
    Group.objects.filter(registered_until=None).update(
        registered_until=today.replace(year=year + 1, month=3, day=31)
    )
    GroupMove.objects.bulk_create(
        [
            GroupMove(group=group, to_state=group.state, at=group.registered_at)
            for group in Group.objects.filter(moves=None)
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("learning_paths", "0005_register_of_groups")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
