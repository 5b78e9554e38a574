"""Which version of the rule made the key of an address: until now there was one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0018_archived")]
    operations = [
        migrations.AddField(
            model_name="articleaddress",
            name="rule",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
    ]
