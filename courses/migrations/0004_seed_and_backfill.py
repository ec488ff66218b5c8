"""The audiences and the year-end closing, and what rows from before have to have:
instructors who agreed to be named were already shown, so they count as approved, and
whoever teaches a course has taught each of its sessions.

Going back leaves the rows: a city may have courses on them.
"""

from datetime import date

from django.db import migrations
from django.utils import timezone

from courses.migrations._audiences_of_2026 import AUDIENCES


def seed(apps, schema_editor):
    audience = apps.get_model("courses", "Audience")
    for order, (key, name, name_en) in enumerate(AUDIENCES, start=1):
        audience.objects.get_or_create(
            key=key, defaults={"name": name, "name_en": name_en, "sort_order": order}
        )
    closing_day = apps.get_model("courses", "ClosingDay")
    if not closing_day.objects.exists():
        closing_day.objects.create(
            name="年末年始",
            first_day=date(2026, 12, 29),
            last_day=date(2027, 1, 3),
            is_yearly=True,
        )


def approve(apps, schema_editor):
    instructor = apps.get_model("courses", "Instructor")
    instructor.objects.filter(consents_to_publish=True, approved_at__isnull=True).update(
        approved_at=timezone.now()
    )


def name_teachers(apps, schema_editor):
    course = apps.get_model("courses", "Course")
    session = apps.get_model("courses", "Session")
    teaching = apps.get_model("courses", "SessionInstructor")
    pairs = course.instructors.through.objects.values_list("course_id", "instructor_id")
    for course_id, instructor_id in pairs.iterator():
        sessions = session.objects.filter(run__course_id=course_id)
        teaching.objects.bulk_create(
            [
                teaching(session_id=pk, instructor_id=instructor_id)
                for pk in sessions.values_list("pk", flat=True)
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_publishing_and_finding")]

    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunPython(approve, migrations.RunPython.noop),
        migrations.RunPython(name_teachers, migrations.RunPython.noop),
    ]
