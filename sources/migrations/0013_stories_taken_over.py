"""What was taken over from an outlet is found without reading all articles."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0012_alike_by_index"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("original_publication__isnull", False)),
                fields=["original_publication"],
                name="article_taken_from",
            ),
        ),
    ]
