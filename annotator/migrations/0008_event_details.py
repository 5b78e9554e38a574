"""Where an event happened to the point, who took part in which of a fixed list of roles, and words for a place.

What the role was called so far is kept as the participant's `part`.
"""

from django.db import migrations, models

KINDS = ["claim", "actor", "event", "cue", "role", "reason", "time"]
ROLES = ["actor", "recipient", "victim", "party", "mediator", "organiser", "supporter", "witness", "other"]
BASES = [("textual", "In the text"), ("interpretive", "Interpreted"), ("inferential", "Inferred")]
LISTED = ", ".join(f"'{role}'" for role in ROLES)


def choices(values):
    return [(value, value.title()) for value in values]


def kinds(values):
    return [
        migrations.RemoveConstraint("annotation", "annotation_kind_known"),
        migrations.AlterField("annotation", "kind", models.CharField(choices=choices(values), max_length=10)),
        migrations.AddConstraint(
            "annotation",
            models.CheckConstraint(condition=models.Q(kind__in=values), name="annotation_kind_known"),
        ),
    ]


ROLES_TO_PARTS = f"""
UPDATE annotator_eventparticipant SET part = left(role, 100), role = 'other' WHERE role NOT IN ({LISTED});
"""
PARTS_TO_ROLES = """
UPDATE annotator_eventparticipant
   SET role = left(CASE WHEN role = 'other' THEN part ELSE role || ': ' || part END, 60) WHERE part <> '';
"""

# Whatever is not a claim, an actor or an event supports one: a further kind needs no further change here.
OWNER = """
ALTER TABLE annotator_supportingspan DROP CONSTRAINT support_annotation_is_supporting;
ALTER TABLE annotator_annotation
    DROP COLUMN support_owner,
    ADD COLUMN support_owner bigint GENERATED ALWAYS AS (CASE WHEN {condition} THEN id END) STORED,
    ADD CONSTRAINT annotation_support_owner_once UNIQUE (support_owner),
    ADD CONSTRAINT annotation_support_owner FOREIGN KEY (support_owner)
        REFERENCES annotator_supportingspan (annotation_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE annotator_supportingspan ADD CONSTRAINT support_annotation_is_supporting
    FOREIGN KEY (annotation_id) REFERENCES annotator_annotation (support_owner);
"""
SUPPORTED = OWNER.format(condition="kind NOT IN ('claim', 'actor', 'event')")
SUPPORTED_BEFORE = OWNER.format(condition="kind IN ('cue', 'role', 'reason', 'time')")


class Migration(migrations.Migration):
    dependencies = [("annotator", "0007_codebook_guards")]
    operations = [
        *(
            migrations.AddField(
                "event", name, models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)
            )
            for name in ("latitude", "longitude")
        ),
        migrations.AddField(
            "event", "place_geonames", models.CharField(blank=True, max_length=12, default=""), False
        ),
        migrations.AddField(
            "event", "place_wikidata", models.CharField(blank=True, max_length=20, default=""), False
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, latitude__gte=-90, latitude__lte=90)
                & models.Q(longitude__isnull=False, longitude__gte=-180, longitude__lte=180),
                name="event_point_on_earth",
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(place_wikidata="")
                | models.Q(place_wikidata__regex=r"^Q[1-9][0-9]{0,11}$"),
                name="event_place_wikidata_formed",
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(place_geonames="") | models.Q(place_geonames__regex=r"^[1-9][0-9]{0,9}$"),
                name="event_place_geonames_formed",
            ),
        ),
        migrations.RemoveConstraint("eventparticipant", "participant_once"),
        migrations.AddField(
            "eventparticipant", "part", models.CharField(blank=True, max_length=100, default=""), False
        ),
        migrations.AddField(
            "eventparticipant",
            "basis",
            models.CharField(choices=BASES, default="textual", max_length=15),
        ),
        migrations.AlterField(
            "eventparticipant", "role", models.CharField(choices=choices(ROLES), max_length=60)
        ),
        migrations.RunSQL(ROLES_TO_PARTS, PARTS_TO_ROLES),
        migrations.AddConstraint(
            "eventparticipant",
            models.CheckConstraint(condition=models.Q(role__in=ROLES), name="participant_role_known"),
        ),
        migrations.AddConstraint(
            "eventparticipant",
            models.CheckConstraint(
                condition=models.Q(basis__in=[key for key, _ in BASES]), name="participant_basis_known"
            ),
        ),
        migrations.AddConstraint(
            "eventparticipant",
            models.UniqueConstraint(fields=["event", "actor", "role", "part"], name="participant_once"),
        ),
        *kinds([*KINDS, "place"]),
        migrations.RunSQL(SUPPORTED, SUPPORTED_BEFORE),
    ]
