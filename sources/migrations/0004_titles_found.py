"""Articles are found by the words of their titles."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_text_words")]
    operations = [
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(models.F("title"), models.Value("D"), function="sourceline_words"),
                name="article_titles_found",
            ),
        )
    ]
