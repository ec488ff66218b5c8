from uuid import uuid4

from django.db import migrations
from django.utils import timezone


def make_first_versions(apps, schema_editor):
    """What a path asks for so far becomes its first version; whoever follows it goes on."""
    Path = apps.get_model("learning_paths", "Path")
    PathVersion = apps.get_model("learning_paths", "PathVersion")
    Step = apps.get_model("learning_paths", "Step")
    GroupPath = apps.get_model("learning_paths", "GroupPath")
    for path in Path.objects.filter(versions=None):
        version = PathVersion.objects.create(path=path, number=1, made_at=timezone.now())
        Step.objects.filter(path=path).update(version=version)
        GroupPath.objects.filter(path=path).update(version=version)
    Membership = apps.get_model("learning_paths", "Membership")
    for one in Membership.objects.filter(key=None):
        one.key = uuid4()
        one.save(update_fields=["key"])
    for step in Step.objects.filter(key=None):
        step.key = uuid4()
        step.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("learning_paths", "0002_versions_of_paths")]

    operations = [
        migrations.RunPython(
            make_first_versions, migrations.RunPython.noop, elidable=False
        ),
    ]
