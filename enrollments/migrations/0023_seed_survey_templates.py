"""Surveys that a section can begin from."""

from django.db import migrations

from enrollments.migrations._surveys_of_2026 import TEMPLATES


def seed(apps, schema_editor):
    template = apps.get_model("enrollments", "SurveyTemplate")
    if not template.objects.exists():
        template.objects.bulk_create(template(**fields) for fields in TEMPLATES)


class Migration(migrations.Migration):
    dependencies = [("enrollments", "0022_surveys_in_depth")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
