from django.db import migrations, models
from django.db.models import Q

FACTUALITIES = [
    ("happened", "Happened"),
    ("ongoing", "Ongoing"),
    ("planned", "Planned"),
    ("hypothetical", "Hypothetical"),
    ("denied", "Denied"),
]


class Migration(migrations.Migration):
    dependencies = [("annotator", "0017_claim_words")]

    operations = [
        migrations.AddField(
            "eventmention",
            "factuality",
            models.CharField(choices=FACTUALITIES, default="happened", max_length=12),
        ),
        migrations.AddField(
            "eventmention", "factuality_words", models.CharField(blank=True, default="", max_length=200)
        ),
        migrations.AlterField(
            "eventmention", "factuality_words", models.CharField(blank=True, max_length=200)
        ),
        migrations.AddConstraint(
            "eventmention",
            models.CheckConstraint(
                condition=Q(factuality__in=[key for key, _ in FACTUALITIES]),
                name="event_mention_factuality_known",
            ),
        ),
    ]
