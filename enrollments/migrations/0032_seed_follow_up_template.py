"""The short survey after six months. The first two questions are those of the joint
session's, by key and words, so that both can be read beside each other."""

from django.db import migrations

from enrollments.migrations._surveys_of_2026 import LEARNED, SHARED, one, several, text

TEMPLATE = {
    "name": "6か月後（市民と職員）",
    "occasion": "follow_up",
    "title": "合同学習会から6か月",
    "title_en": "Six months after the joint session",
    "intro": "市民の方にも職員にも、同じ質問をしています。2分ほどで終わります。",
    "intro_en": (
        "Citizens and city staff are asked the same questions. It takes two minutes."
    ),
    "questions": [
        LEARNED,
        SHARED,
        one(
            "since",
            "学習会で決めた次の一歩は、進んでいますか",
            "Have the next steps agreed on been taken?",
            (
                ("進んでいる", "Yes"),
                ("少し進んだ", "A little"),
                ("進んでいない", "No"),
                ("わからない", "I do not know"),
            ),
        ),
        several(
            "changed",
            "学習会のあと、あてはまることはありますか",
            "Which of these are true since then?",
            (
                ("相手の側に相談した", "I asked the other side for advice"),
                ("ほかの参加者と連絡をとった", "I was in touch with other participants"),
                ("活動や仕事のしかたを変えた", "I changed how I work"),
                ("学んだことを人に話した", "I told others what I learned"),
                ("あてはまるものはない", "None of these"),
            ),
        ),
        text("tell", "そのほか、お聞かせください", "Anything else"),
    ],
}


def seed(apps, schema_editor):
    templates = apps.get_model("enrollments", "SurveyTemplate").objects
    if not templates.filter(department=None, occasion="follow_up").exists():
        questions = [{**one, "help_text_en": ""} for one in TEMPLATE["questions"]]
        templates.create(**{**TEMPLATE, "questions": questions})


class Migration(migrations.Migration):
    dependencies = [("enrollments", "0031_follow_ups")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
