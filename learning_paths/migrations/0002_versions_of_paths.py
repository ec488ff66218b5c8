import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLES = [("leader", "リーダー"), ("coordinator", "コーディネーター")]
MEMBER_ROLES = [("leader", "代表"), ("coordinator", "担当"), ("member", "会員")]
KINDS = [
    ("courses", "選んだ講座"),
    ("theme", "テーマの講座ならどれでも"),
    ("series", "シリーズの単元"),
    ("joint", "市民・職員合同学習会"),
]


class Migration(migrations.Migration):
    """What versions need, still open: 0003 fills it in, 0004 closes it."""

    dependencies = [
        ("courses", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("learning_paths", "0001_initial"),
    ]

    operations = [
        migrations.AddField("membership", "key", models.UUIDField(editable=False, null=True)),
        migrations.AddField(
            "path",
            "role",
            models.CharField(blank=True, choices=ROLES, default="", max_length=12, verbose_name="役割"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "PathVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="版")),
                ("needed_optional", models.PositiveSmallIntegerField(default=0, verbose_name="任意のステップのうち必要な数")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="変わったこと")),
                ("made_at", models.DateTimeField(verbose_name="作成日時")),
                ("made_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("path", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="learning_paths.path")),
            ],
            options={
                "verbose_name": "道すじの版",
                "verbose_name_plural": "道すじの版",
                "ordering": ["path", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("path", "number"), name="learning_paths_pathversion_once")
                ],
            },
        ),
        migrations.AddField(
            "grouppath",
            "version",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="followers", to="learning_paths.pathversion"),
        ),
        migrations.AddField(
            "grouppath",
            "stopped_on",
            models.DateField(blank=True, null=True, verbose_name="やめた日"),
        ),
        migrations.CreateModel(
            "EarnedStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("name", models.CharField(max_length=120, verbose_name="ステップ名")),
                ("kept_on", models.DateField(verbose_name="引き継いだ日")),
                ("followed", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="earned_steps", to="learning_paths.grouppath")),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="learning_paths.pathversion")),
            ],
            options={
                "verbose_name": "達成したステップ",
                "verbose_name_plural": "達成したステップ",
                "ordering": ["kept_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("followed", "key"), name="learning_paths_earnedstep_once")
                ],
            },
        ),
        migrations.RemoveConstraint("step", "learning_paths_step_position_unique"),
        migrations.AlterModelOptions(
            "step", {"verbose_name": "ステップ", "verbose_name_plural": "ステップ"}
        ),
        migrations.AddField(
            "step",
            "version",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="learning_paths.pathversion"),
        ),
        migrations.AddField("step", "key", models.UUIDField(editable=False, null=True)),
        migrations.AddField(
            "step",
            "kind",
            models.CharField(choices=KINDS, default="courses", max_length=10, verbose_name="何を受けるか"),
        ),
        migrations.AddField(
            "step",
            "theme",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="courses.theme", verbose_name="テーマ"),
        ),
        migrations.AddField(
            "step",
            "series",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="courses.series", verbose_name="シリーズ"),
        ),
        migrations.AddField(
            "step",
            "needed_role",
            models.CharField(blank=True, choices=MEMBER_ROLES, default="", max_length=12, verbose_name="だれの修了を数えるか"),
            preserve_default=False,
        ),
        migrations.AddField(
            "step",
            "fresh_months",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="始める何か月前からの修了を数えるか"),
        ),
        migrations.AddField(
            "step",
            "within_months",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="始めてから何か月以内の修了を数えるか"),
        ),
        migrations.AddField(
            "step",
            "after",
            models.ManyToManyField(blank=True, related_name="before", to="learning_paths.step", verbose_name="先に終えるステップ"),
        ),
        migrations.AddField(
            "step",
            "competencies",
            models.ManyToManyField(blank=True, related_name="steps", to="courses.competency", verbose_name="身につく力量"),
        ),
        migrations.AlterField(
            "step",
            "courses",
            models.ManyToManyField(blank=True, related_name="steps", to="courses.course", verbose_name="講座"),
        ),
    ]
