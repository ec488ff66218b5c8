from django.db import migrations, models


class Migration(migrations.Migration):
    """Internal: nothing of it stands on a public page."""

    dependencies = [("courses", "0011_what_a_series_needs")]

    operations = [
        migrations.AddField(
            model_name="instructor",
            name="contact_email",
            field=models.EmailField(
                blank=True,
                default="",
                max_length=254,
                verbose_name="メールアドレス（内部）",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="instructor",
            name="contact_phone",
            field=models.CharField(
                blank=True, default="", max_length=20, verbose_name="電話番号（内部）"
            ),
            preserve_default=False,
        ),
    ]
