from django.db import migrations, models
from django.db.models import F, Q


def date_revisions(apps, schema_editor):
    """A date without a number was a change; a number without a date is as old as the
    address."""
    token = apps.get_model("enrollments", "CalendarToken")
    token.objects.filter(revision=0, revised_at__isnull=False).update(revision=1)
    token.objects.filter(revision__gt=0, revised_at=None).update(revised_at=F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("enrollments", "0027_surveys_in_english"),
    ]

    operations = [
        migrations.RunPython(date_revisions, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="calendartoken",
            constraint=models.CheckConstraint(
                condition=Q(("revised_at", None), ("revision", 0))
                | Q(("revised_at__isnull", False), ("revision__gt", 0)),
                name="enrollments_calendartoken_revision_dated",
            ),
        ),
    ]
