"""Who left a party stays in the record of the application."""

import django.db.models.deletion
from django.db import migrations, models


def add_applications(apps, schema_editor):
    change = apps.get_model("enrollments", "ParticipantChange")
    for row in change.objects.select_related("participant").iterator():
        row.application_id = row.participant.application_id
        row.save(update_fields=["application"])


class Migration(migrations.Migration):
    dependencies = [("enrollments", "0014_address_changed_message")]

    operations = [
        migrations.AddField(
            "participantchange",
            "has_left",
            models.BooleanField("参加をやめた", default=False),
        ),
        migrations.AddField(
            "participantchange",
            "application",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participant_changes",
                to="enrollments.application",
            ),
        ),
        migrations.RunPython(add_applications, migrations.RunPython.noop),
        migrations.AlterField(
            "participantchange",
            "application",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participant_changes",
                to="enrollments.application",
            ),
        ),
        migrations.AlterField(
            "participantchange",
            "participant",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="changes",
                to="enrollments.participant",
            ),
        ),
    ]
