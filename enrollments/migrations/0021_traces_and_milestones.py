"""Completions given before had no trace; and the milestones that a city begins with."""

from django.db import migrations

AT_ONCE = 2000
EVER = (30, 60, 90, 150, 200, 300)
IN_A_YEAR = (10, 20, 30)


def give_traces(apps, schema_editor):
    completions = apps.get_model("enrollments", "Completion").objects
    traces = apps.get_model("enrollments", "CompletionTrace")
    rows = (
        traces(
            participant_id=one.participant_id,
            act="given",
            at=one.recorded_at,
            by_id=one.recorded_by_id,
        )
        for one in completions.iterator(AT_ONCE)
    )
    traces.objects.bulk_create(rows, batch_size=AT_ONCE)


def seed_milestones(apps, schema_editor):
    milestones = apps.get_model("enrollments", "Milestone").objects
    for sessions in EVER:
        milestones.get_or_create(
            span="ever",
            sessions=sessions,
            defaults={
                "name": f"通算{sessions}回",
                "name_en": f"{sessions} sessions in all",
            },
        )
    for sessions in IN_A_YEAR:
        milestones.get_or_create(
            span="fiscal_year",
            sessions=sessions,
            defaults={
                "name": f"年間{sessions}回",
                "name_en": f"{sessions} sessions in a year",
            },
        )


class Migration(migrations.Migration):
    dependencies = [("enrollments", "0020_completion_and_register")]

    operations = [
        migrations.RunPython(give_traces, migrations.RunPython.noop),
        migrations.RunPython(seed_milestones, migrations.RunPython.noop),
    ]
