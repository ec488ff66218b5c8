"""What is said before the questions, and beside them, in English as well."""

from django.db import migrations, models

WORDS = {
    "講座のアンケート": "Course survey",
    "今日の回のアンケート": "Survey of today's session",
    "合同学習会のアンケート": "Survey of the joint session",
    "これからの講座づくりに生かします。3分ほどで終わります。": (
        "It helps us to plan courses, and takes about three minutes."
    ),
    "次の回に生かします。1分ほどで終わります。": (
        "It helps us with the next session, and takes about a minute."
    ),
    "市民の方にも職員にも、同じ質問をしています。結果は並べて見ます。": (
        "Citizens and city staff are asked the same questions; the results are read"
        " side by side."
    ),
    "あてはまるものを、いくつでもえらんでください。": "Choose all that apply.",
    "お名前や、だれのことかわかることは書かないでください。": (
        "Please do not write names or anything that tells who is meant."
    ),
}


def translate(apps, schema_editor):
    """Where the words are still those of the seed; every question gets its new key."""
    for name in ("SurveyTemplate", "Survey"):
        for one in apps.get_model("enrollments", name).objects.all():
            one.title_en = WORDS.get(one.title, "")
            one.intro_en = WORDS.get(one.intro, "")
            one.questions = [
                {**asked, "help_text_en": WORDS.get(asked.get("help_text", ""), "")}
                for asked in one.questions
            ]
            one.save(update_fields=["title_en", "intro_en", "questions"])


class Migration(migrations.Migration):
    dependencies = [("enrollments", "0026_survey_results_in_public")]
    operations = [
        migrations.AlterField(
            "surveytemplate", "title", models.CharField("題名", max_length=120)
        ),
        migrations.AlterField(
            "surveytemplate",
            "intro",
            models.TextField("はじめの文", blank=True, max_length=1000),
        ),
        *(
            migrations.AddField(name, field, made)
            for name in ("survey", "surveytemplate")
            for field, made in (
                (
                    "title_en",
                    models.CharField("題名（英語）", max_length=160, blank=True),
                ),
                (
                    "intro_en",
                    models.TextField(
                        "はじめの文（英語）", blank=True, max_length=1500
                    ),
                ),
            )
        ),
        migrations.RunPython(translate, migrations.RunPython.noop),
    ]
