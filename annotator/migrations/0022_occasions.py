"""In what setting a link's speakers speak: short words, and where they stand in the text."""

from django.db import migrations, models

KINDS = [
    *("claim", "actor", "event", "cue", "role", "reason", "time", "place", "hedge", "gloss", "quoted"),
    *("addressee", "target", "occasion"),
]
LABELS = {"quoted": "Quotation marks"}


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


def in_function(signature, old, new):
    """SQL that says something else in a function, whatever else was changed in it since it was made."""
    body = f"pg_get_functiondef('{signature}'::regprocedure)"
    return f"DO $do$ BEGIN EXECUTE replace({body}, $a${old}$a$, $b${new}$b$); END $do$;\n"


FITS = "sourceline_support_fits()"
CUES = "(n.link_id IS NOT NULL AND a.kind <> 'cue')"
BOTH = """(n.link_id IS NOT NULL AND a.kind NOT IN ('cue', 'occasion'))
       OR (a.kind = 'occasion' AND (n.link_id IS NULL OR n.cue_type_id IS NOT NULL))"""
FORGET = """
CREATE TEMPORARY TABLE settings ON COMMIT DROP AS SELECT id FROM annotator_annotation WHERE kind = 'occasion';
DELETE FROM annotator_supportingspan WHERE annotation_id IN (SELECT id FROM settings);
DELETE FROM annotator_annotationsentence WHERE annotation_id IN (SELECT id FROM settings);
DELETE FROM annotator_annotation WHERE id IN (SELECT id FROM settings);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0021_saved_searches")]
    operations = [
        migrations.AddField(
            "attribution", "occasion", models.CharField(blank=True, default="", max_length=100), False
        ),
        *kinds(KINDS),
        migrations.RunSQL(in_function(FITS, CUES, BOTH), in_function(FITS, BOTH, CUES)),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
    ]
