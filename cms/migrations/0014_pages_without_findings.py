from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0013_findings_become_facts")]

    operations = [
        migrations.RemoveField(model_name="jointsessionpage", name="findings"),
    ]
