"""Templates of the common kinds, for every section. Going back leaves the rows."""

from django.db import migrations

from courses.migrations._templates_of_2026 import AUDIENCES, TEMPLATES


def seed(apps, schema_editor):
    template = apps.get_model("courses", "CourseTemplate")
    keys = dict(apps.get_model("courses", "Audience").objects.values_list("key", "pk"))
    for order, (name, kind, values) in enumerate(TEMPLATES, start=1):
        filled = {"facts-kind": kind}
        for field, value in values.items():
            if isinstance(value, list) and value[0] == AUDIENCES:
                value = [str(keys[key]) for key in value[1:] if key in keys]
            filled[field] = value
        template.objects.get_or_create(
            name=name,
            department=None,
            defaults={"kind": kind, "values": filled, "sort_order": order},
        )


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_seed_and_backfill")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
