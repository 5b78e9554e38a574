from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotator", "0003_anonymous_actors")]
    operations = [migrations.RemoveField(model_name="release", name="progress")]
