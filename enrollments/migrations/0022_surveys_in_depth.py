"""Surveys in depth. The tables of questions and answers go: no page has written them, a
survey holds its questions and a sheet its answers as one value each."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_running_a_course'),
        ('courses', '0008_places_announced_and_make_ups'),
        ('enrollments', '0021_traces_and_milestones'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(
            name='SurveyAnswer',
        ),
        migrations.DeleteModel(
            name='SurveyQuestion',
        ),
        migrations.AlterModelOptions(
            name='surveytemplate',
            options={'ordering': ['department', 'pk'], 'verbose_name': 'アンケートのひな形', 'verbose_name_plural': 'アンケートのひな形'},
        ),
        migrations.RemoveConstraint(
            model_name='answersheet',
            name='enrollments_answersheet_side_known',
        ),
        migrations.RemoveField(
            model_name='answersheet',
            name='answered_on',
        ),
        migrations.RemoveField(
            model_name='answersheet',
            name='on_paper',
        ),
        migrations.RemoveField(
            model_name='surveytemplate',
            name='after_each_session',
        ),
        migrations.RemoveField(
            model_name='surveytemplate',
            name='for_joint_sessions',
        ),
        migrations.AddField(
            model_name='answersheet',
            name='answers',
            field=models.JSONField(default=dict, verbose_name='答え'),
        ),
        migrations.AddField(
            model_name='answersheet',
            name='origin',
            field=models.CharField(choices=[('mail', 'メールの案内から'), ('room', '会場のQRコードから'), ('paper', '紙')], default='mail', max_length=10, verbose_name='答え方'),
        ),
        migrations.AddField(
            model_name='application',
            name='wants_surveys',
            field=models.BooleanField(default=True, verbose_name='アンケートのお願いを受け取る'),
        ),
        migrations.AddField(
            model_name='survey',
            name='ask_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='お願いを送る日時'),
        ),
        migrations.AddField(
            model_name='survey',
            name='questions',
            field=models.JSONField(default=list, verbose_name='質問'),
        ),
        migrations.AddField(
            model_name='survey',
            name='remind_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='もう一度お願いする日時'),
        ),
        migrations.AddField(
            model_name='survey',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='もう一度お願いした日時'),
        ),
        migrations.AddField(
            model_name='survey',
            name='room_code',
            field=models.CharField(blank=True, editable=False, max_length=8, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='survey',
            name='settled_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='集計を確定した日時'),
        ),
        migrations.AddField(
            model_name='surveytemplate',
            name='occasion',
            field=models.CharField(choices=[('run', '講座のあと'), ('session', '1回ごと'), ('joint', '市民と職員の合同の回')], default='run', max_length=10, verbose_name='使うとき'),
        ),
        migrations.AddField(
            model_name='surveytemplate',
            name='questions',
            field=models.JSONField(default=list, verbose_name='質問'),
        ),
        migrations.AddField(
            model_name='surveytemplate',
            name='title',
            field=models.CharField(blank=True, max_length=120, verbose_name='題名'),
        ),
        migrations.AddField(
            model_name='surveyticket',
            name='second_digest',
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='messagetemplate',
            name='kind',
            field=models.CharField(choices=[('received', '申込みの受付'), ('accepted', '受講決定'), ('waiting', 'キャンセル待ち'), ('lost', '落選'), ('offered', '繰上げのご案内'), ('offer_reminder', '繰上げの回答のお願い'), ('promoted', '繰上げ'), ('declined', '辞退の確認'), ('expired', '回答期限が過ぎた知らせ'), ('withdrawn', '取り消しの確認'), ('cancelled', '取り消し（主催者）'), ('people_changed', '参加者の変更の確認'), ('address_changed', 'メールアドレスの訂正'), ('session_cancelled', '回の中止'), ('session_moved', '日時変更'), ('run_cancelled', '開催の中止'), ('run_postponed', '開催の延期'), ('run_changed', '開催の変更のまとめ'), ('reminder', '開催前のお知らせ'), ('support', '保育・支援の手配'), ('certificate', '修了証の発行'), ('survey', 'アンケートのお願い'), ('survey_reminder', 'アンケートの2度目のお願い'), ('held_again_asked', '次の開催の知らせの確認'), ('held_again', '次の開催の知らせ'), ('group_invitation', '団体への招待'), ('other', 'そのほか')], max_length=20, verbose_name='種類'),
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('received', '申込みの受付'), ('accepted', '受講決定'), ('waiting', 'キャンセル待ち'), ('lost', '落選'), ('offered', '繰上げのご案内'), ('offer_reminder', '繰上げの回答のお願い'), ('promoted', '繰上げ'), ('declined', '辞退の確認'), ('expired', '回答期限が過ぎた知らせ'), ('withdrawn', '取り消しの確認'), ('cancelled', '取り消し（主催者）'), ('people_changed', '参加者の変更の確認'), ('address_changed', 'メールアドレスの訂正'), ('session_cancelled', '回の中止'), ('session_moved', '日時変更'), ('run_cancelled', '開催の中止'), ('run_postponed', '開催の延期'), ('run_changed', '開催の変更のまとめ'), ('reminder', '開催前のお知らせ'), ('support', '保育・支援の手配'), ('certificate', '修了証の発行'), ('survey', 'アンケートのお願い'), ('survey_reminder', 'アンケートの2度目のお願い'), ('held_again_asked', '次の開催の知らせの確認'), ('held_again', '次の開催の知らせ'), ('group_invitation', '団体への招待'), ('other', 'そのほか')], max_length=20, verbose_name='種類'),
        ),
        migrations.AlterField(
            model_name='survey',
            name='intro',
            field=models.TextField(blank=True, max_length=1000, verbose_name='はじめの文'),
        ),
        migrations.AlterField(
            model_name='surveyticket',
            name='participant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrollments.participant'),
        ),
        migrations.AddConstraint(
            model_name='answersheet',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['everybody', 'citizens', 'staff']), ('origin__in', ['mail', 'room', 'paper'])), name='enrollments_answersheet_words_known'),
        ),
        migrations.AddConstraint(
            model_name='answersheet',
            constraint=models.UniqueConstraint(fields=('survey', 'participant'), name='enrollments_answersheet_once'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('named', False), ('room_code', None), _connector='OR'), name='enrollments_survey_named_has_no_room'),
        ),
        migrations.AddConstraint(
            model_name='surveytemplate',
            constraint=models.CheckConstraint(condition=models.Q(('occasion__in', ['run', 'session', 'joint'])), name='enrollments_surveytemplate_occasion_known'),
        ),
    ]
