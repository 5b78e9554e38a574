"""When each link told it, the period a claim speaks of, what is told repeatedly, and intervals that are open."""

from django.db import migrations, models
from django.db.models.functions import Coalesce

from sources.models.at_once import MigrationAtOnce

KINDS = [
    *("claim", "actor", "event", "cue", "role", "reason", "time", "place", "hedge", "gloss", "quoted"),
    *("addressee", "target", "occasion", "period"),
]
LABELS = {"quoted": "Quotation marks"}
BASES = [("textual", "In the text"), ("interpretive", "Interpreted"), ("inferential", "Inferred")]
CONFIDENCES = [("certain", "Certain"), ("probable", "Probable"), ("possible", "Possible")]


def kinds(values):
    choices = [(value, LABELS.get(value, value.title())) for value in values]
    return [
        migrations.RemoveConstraint("annotation", "annotation_kind_known"),
        migrations.AlterField("annotation", "kind", models.CharField(choices=choices, max_length=10)),
        migrations.AddConstraint(
            "annotation",
            models.CheckConstraint(condition=models.Q(kind__in=values), name="annotation_kind_known"),
        ),
    ]


def has_range(model, field):
    """A date has its first or its last day or, in their order, both."""
    low, high = f"{field}_min", f"{field}_max"
    return models.CheckConstraint(
        condition=models.Q(**{field: "", low: None, high: None})
        | ~models.Q(**{field: ""})
        & (
            models.Q(**{f"{low}__isnull": False, high: None})
            | models.Q(**{low: None, f"{high}__isnull": False})
            | models.Q(**{f"{low}__isnull": False, f"{high}__isnull": False, f"{low}__lte": models.F(high)})
        ),
        name=f"{model}_{field}_has_range",
    )


def one_of(model, field, values):
    condition = models.Q(**{f"{field}__in": values})
    return models.CheckConstraint(condition=condition, name=f"{model}_{field}_known")


def dated(model, field):
    """A date with its range, what it rests on and how sure the analyst is."""
    said = {"blank": True, "default": ""}
    basis, confidence = f"{field}_basis", f"{field}_confidence"
    sure = models.CharField(choices=CONFIDENCES, max_length=10, **said)
    return [
        migrations.AddField(model, field, models.CharField(max_length=60, **said), False),
        migrations.AddField(model, basis, models.CharField(choices=BASES, default="textual", max_length=15)),
        migrations.AddField(model, confidence, sure, False),
        migrations.AddField(model, f"{field}_min", models.DateField(blank=True, null=True)),
        migrations.AddField(model, f"{field}_max", models.DateField(blank=True, null=True)),
        migrations.AddConstraint(model, one_of(model, basis, [key for key, _ in BASES])),
        migrations.AddConstraint(model, one_of(model, confidence, [*(key for key, _ in CONFIDENCES), ""])),
        migrations.AddConstraint(model, has_range(model, field)),
    ]


def opened(model, field):
    return [
        migrations.RemoveConstraint(model, f"{model}_{field}_has_range"),
        migrations.AddConstraint(model, has_range(model, field)),
    ]


def in_function(signature, old, new):
    """SQL that says something else in a function, whatever else was changed in it since it was made."""
    body = f"pg_get_functiondef('{signature}'::regprocedure)"
    return f"DO $do$ BEGIN EXECUTE replace({body}, $a${old}$a$, $b${new}$b$); END $do$;\n"


FITS = "sourceline_support_fits()"
UNDATED = """(n.link_id IS NOT NULL AND a.kind NOT IN ('cue', 'occasion'))
       OR (a.kind = 'occasion' AND (n.link_id IS NULL OR n.cue_type_id IS NOT NULL))"""
DATED = """(n.link_id IS NOT NULL AND a.kind NOT IN ('cue', 'occasion', 'time'))
       OR (a.kind = 'occasion' AND n.link_id IS NULL)
       OR (a.kind = 'period' AND n.claim_id IS NULL)
       OR (n.link_id IS NOT NULL AND a.kind <> 'cue' AND n.cue_type_id IS NOT NULL)"""
# Going back, links have no dates and claims no periods, and an interval that is open is no date.
FORGET = """
CREATE TEMPORARY TABLE timed ON COMMIT DROP AS
    SELECT s.annotation_id AS id FROM annotator_supportingspan s
    JOIN annotator_annotation a ON a.id = s.annotation_id
    WHERE a.kind = 'period' OR (a.kind = 'time' AND s.link_id IS NOT NULL);
DELETE FROM annotator_supportingspan WHERE annotation_id IN (SELECT id FROM timed);
DELETE FROM annotator_annotationsentence WHERE annotation_id IN (SELECT id FROM timed);
DELETE FROM annotator_annotation WHERE id IN (SELECT id FROM timed);
UPDATE annotator_claim SET said_on = '', said_on_min = NULL, said_on_max = NULL
    WHERE said_on <> '' AND (said_on_min IS NULL OR said_on_max IS NULL);
UPDATE annotator_event SET date = '', date_min = NULL, date_max = NULL, version = version + 1
    WHERE date <> '' AND (date_min IS NULL OR date_max IS NULL);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(MigrationAtOnce):
    dependencies = [("annotator", "0013_word_runs")]
    operations = [
        migrations.AddField("attribution", "repeated", models.BooleanField(default=False)),
        *dated("attribution", "said_on"),
        migrations.AddConstraint(
            "attribution",
            models.CheckConstraint(
                condition=models.Q(said_on="") | models.Q(position__gt=0) | models.Q(chain__gt=1),
                name="attribution_first_dated_by_claim",
            ),
        ),
        *dated("claim", "period"),
        *opened("claim", "said_on"),
        *opened("event", "date"),
        migrations.RemoveIndex("event", "event_list_by_date"),
        migrations.AddIndex(
            "event",
            models.Index("project", Coalesce("date_min", "date_max"), "id", name="event_list_by_first_day"),
        ),
        *kinds(KINDS),
        migrations.RunSQL(in_function(FITS, UNDATED, DATED), in_function(FITS, DATED, UNDATED)),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
    ]
