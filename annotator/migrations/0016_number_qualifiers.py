from django.db import migrations, models
from django.db.models import F, Q

# What the ends tell by themselves. The words can say more, and that is for whoever reads them.
TELL = """
UPDATE annotator_quantity SET qualifier = CASE
    WHEN high IS NULL THEN 'at_least' WHEN low IS NULL THEN 'at_most'
    WHEN low < high THEN 'range' ELSE 'exactly' END
"""
# "Dozens" had no way to be said before; of what is counted there was at least none.
UNTELL = "UPDATE annotator_quantity SET low = 0 WHERE low IS NULL AND high IS NULL"

QUALIFIERS = [
    ("exactly", "Exactly"),
    ("about", "About"),
    ("at_least", "At least"),
    ("more_than", "More than"),
    ("at_most", "At most"),
    ("fewer_than", "Fewer than"),
    ("range", "From – to"),
]


class Migration(migrations.Migration):
    dependencies = [("annotator", "0015_code_names_once")]

    operations = [
        migrations.AddField(
            "quantity",
            "qualifier",
            models.CharField(choices=QUALIFIERS, default="exactly", max_length=10),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("quantity", "quantity_has_number"),
        migrations.RunSQL(TELL, UNTELL),
        migrations.AddConstraint(
            "quantity",
            models.CheckConstraint(
                condition=Q(qualifier="exactly", low__isnull=False, high__isnull=False, high=F("low"))
                | Q(qualifier="about", low__isnull=False, high__isnull=False)
                | Q(qualifier="about", low__isnull=True, high__isnull=True)
                | Q(qualifier__in=("at_least", "more_than"), low__isnull=False, high__isnull=True)
                | Q(qualifier__in=("at_most", "fewer_than"), low__isnull=True, high__isnull=False)
                | Q(qualifier="range", low__isnull=False, high__isnull=False, high__gt=F("low")),
                name="quantity_bounded_as_said",
            ),
        ),
    ]
