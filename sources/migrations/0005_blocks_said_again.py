"""Which parts of a text say again what it says elsewhere is found without reading all parts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_titles_found")]
    operations = [
        migrations.AddIndex(
            "block",
            models.Index(
                fields=["project", "snapshot"],
                name="blocks_said_again",
                condition=models.Q(("repeats__isnull", False), ("role", "pull_quote"), _connector="OR"),
            ),
        )
    ]
