import enrollments.models.application
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("enrollments", "0012_backfill_door_codes")]

    operations = [
        migrations.AlterField(
            model_name="participant",
            name="door_code",
            field=models.CharField(
                default=enrollments.models.application.new_door_code,
                editable=False,
                max_length=12,
                unique=True,
            ),
        ),
    ]
