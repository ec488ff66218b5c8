"""The first stages, themes and competencies. Rows a city has changed are left alone.

Reversing keeps them: courses may refer to them.
"""

from django.db import migrations

from courses.migrations._taxonomy_of_2026 import BRANCHES, COMPETENCIES, STAGES, THEMES


def seed(apps, schema_editor):
    stage_model = apps.get_model("courses", "Stage")
    for order, row in enumerate(STAGES, start=1):
        key, name, name_en, furigana, colour, autonomous, provisional, text, text_en = row
        stage_model.objects.get_or_create(
            key=key,
            defaults={
                "sort_order": order,
                "name": name,
                "name_en": name_en,
                "furigana": furigana,
                "colour": colour,
                "is_autonomous": autonomous,
                "name_is_provisional": provisional,
                "description": text,
                "description_en": text_en,
            },
        )
    theme_model = apps.get_model("courses", "Theme")
    for number, (branch, (key, name, name_en)) in enumerate(BRANCHES.items()):
        root, _made = theme_model.objects.get_or_create(
            key=key,
            defaults={
                "branch": branch,
                "name": name,
                "name_en": name_en,
                "sort_order": number * 100,
            },
        )
        for order, (key, name, name_en) in enumerate(THEMES[branch], start=1):
            theme_model.objects.get_or_create(
                key=key,
                defaults={
                    "branch": branch,
                    "parent": root,
                    "name": name,
                    "name_en": name_en,
                    "sort_order": number * 100 + order,
                },
            )
    competency_model = apps.get_model("courses", "Competency")
    for order, (key, name, name_en) in enumerate(COMPETENCIES, start=1):
        competency_model.objects.get_or_create(
            key=key, defaults={"name": name, "name_en": name_en, "sort_order": order}
        )


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial")]

    # Going back leaves the rows: a city may have courses on them.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
