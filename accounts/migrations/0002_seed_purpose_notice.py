"""The purpose of use that application forms state until the city writes its own."""

from datetime import date

from django.db import migrations

BODY = (
    "いただいた個人情報は、申込みの受付、受講の可否や日程の変更・中止のご連絡、"
    "当日の名簿の作成のためだけに使い、ほかの目的には使いません。"
)
BODY_EN = (
    "We use your details only to handle your application, to tell you about your place "
    "and any changes or cancellations, and to prepare the list for the day."
)


def seed(apps, schema_editor):
    notice = apps.get_model("accounts", "PurposeNotice")
    notice.objects.get_or_create(
        key="application",
        version=1,
        defaults={
            "body": BODY,
            "body_en": BODY_EN,
            "effective_from": date(2026, 4, 1),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
