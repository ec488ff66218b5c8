import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One way: which steps a path has is said by its versions from here on."""

    dependencies = [("learning_paths", "0003_first_version_of_each_path")]

    operations = [
        migrations.AlterField(
            "membership",
            "key",
            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.RemoveField("step", "path"),
        migrations.AlterModelOptions(
            "step",
            {
                "ordering": ["version", "position"],
                "verbose_name": "ステップ",
                "verbose_name_plural": "ステップ",
            },
        ),
        migrations.AlterField(
            "step",
            "version",
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="learning_paths.pathversion"),
        ),
        migrations.AlterField(
            "step", "key", models.UUIDField(default=uuid.uuid4, editable=False)
        ),
        migrations.AlterField(
            "grouppath",
            "version",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="followers", to="learning_paths.pathversion"),
        ),
        migrations.AddConstraint(
            "step",
            models.UniqueConstraint(fields=("version", "position"), name="learning_paths_step_position_once"),
        ),
        migrations.AddConstraint(
            "step",
            models.UniqueConstraint(fields=("version", "key"), name="learning_paths_step_key_once"),
        ),
        migrations.AddConstraint(
            "step",
            models.CheckConstraint(
                condition=models.Q(("kind", "theme"), ("series", None), ("theme__isnull", False))
                | models.Q(("kind", "series"), ("series__isnull", False), ("theme", None))
                | models.Q(("kind__in", ["courses", "joint"]), ("series", None), ("theme", None)),
                name="learning_paths_step_kind_known",
            ),
        ),
        migrations.AddConstraint(
            "path",
            models.CheckConstraint(
                condition=models.Q(("stage", None), ("role", ""), _connector="OR"),
                name="learning_paths_path_for_a_stage_or_a_role",
                violation_error_message="ステージか役割の、どちらか一つを選んでください。",
            ),
        ),
    ]
