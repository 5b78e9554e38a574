"""Where and when a claim was printed is read off an index, and not off rows that hold all of its words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotator", "0019_word_runs_by_plan")]
    operations = [
        migrations.AddIndex(
            "claimwords",
            models.Index(
                fields=["claim"], include=["article", "publication", "published"], name="claims_printed"
            ),
        )
    ]
