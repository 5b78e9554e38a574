"""Whom a claim blames, accuses or credits: the same kind of row as whom a link speaks to, but of the claim."""

import django.db.models.deletion
from django.db import migrations, models

import sources.models.constraints

KINDS = [
    *("claim", "actor", "event", "cue", "role", "reason", "time", "place", "hedge", "gloss", "quoted"),
    *("addressee", "target"),
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


def reference(to, related_name):
    return models.ForeignKey(
        to,
        django.db.models.deletion.PROTECT,
        related_name=related_name,
        db_constraint=False,
        db_index=False,
        null=True,
        blank=True,
    )


def in_function(signature, *pairs):
    """SQL that says something else in a function, whatever else was changed in it since it was made."""
    body = f"pg_get_functiondef('{signature}'::regprocedure)"
    for old, new in pairs:
        body = f"replace({body}, $a${old}$a$, $b${new}$b$)"
    return f"DO $do$ BEGIN EXECUTE {body}; END $do$;\n"


ANONYMOUS, FITS = "sourceline_anonymous_stays()", "sourceline_support_fits()"
LINK_USES = """SELECT l.claim_id FROM annotator_party y
                JOIN annotator_attribution l ON l.id = y.attribution_id WHERE y.actor_id = ac.id"""
BOTH_USES = """SELECT coalesce(y.claim_id, l.claim_id) FROM annotator_party y
                LEFT JOIN annotator_attribution l ON l.id = y.attribution_id WHERE y.actor_id = ac.id"""
ONE_KIND = "OR (a.kind = 'addressee') <> (n.party_id IS NOT NULL)"
TWO_KINDS = """OR (a.kind IN ('addressee', 'target')) <> (n.party_id IS NOT NULL)
       OR (a.kind = 'target') <> EXISTS (SELECT FROM annotator_party y
                                         WHERE y.id = n.party_id AND y.claim_id IS NOT NULL)"""
INSTALL = (
    in_function(ANONYMOUS, (LINK_USES, BOTH_USES))
    + in_function(FITS, (ONE_KIND, TWO_KINDS))
    + """
SELECT sourceline_forbid('annotator_party', 'UPDATE', 'party_stays_where_it_is',
    '(OLD.attribution_id, OLD.claim_id) IS DISTINCT FROM (NEW.attribution_id, NEW.claim_id)');
"""
)
REMOVE = (
    in_function(ANONYMOUS, (BOTH_USES, LINK_USES))
    + in_function(FITS, (TWO_KINDS, ONE_KIND))
    + "DROP TRIGGER party_stays_where_it_is ON annotator_party;"
)
# Going back, nobody is a target any more.
FORGET = """
CREATE TEMPORARY TABLE meant ON COMMIT DROP AS
    SELECT s.annotation_id FROM annotator_supportingspan s
    JOIN annotator_party y ON y.id = s.party_id WHERE y.claim_id IS NOT NULL;
DELETE FROM annotator_supportingspan WHERE annotation_id IN (SELECT annotation_id FROM meant);
DELETE FROM annotator_annotationsentence WHERE annotation_id IN (SELECT annotation_id FROM meant);
DELETE FROM annotator_annotation WHERE id IN (SELECT annotation_id FROM meant);
DELETE FROM annotator_party WHERE claim_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0019_addressees")]
    operations = [
        migrations.AlterField("party", "attribution", reference("annotator.attribution", "addressees")),
        migrations.AddField("party", "claim", reference("annotator.claim", "targets")),
        migrations.AddConstraint(
            "party", models.UniqueConstraint(fields=("claim", "actor"), name="party_target_once")
        ),
        migrations.AddConstraint(
            "party",
            models.CheckConstraint(
                condition=models.Q(("attribution", None), ("claim__isnull", False))
                | models.Q(("attribution__isnull", False), ("claim", None)),
                name="party_of_exactly_one",
            ),
        ),
        migrations.AddConstraint(
            "party",
            sources.models.constraints.CompositeForeignKey(
                fields=("project", "claim"),
                name="party_claim_same_project",
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ),
        *kinds(KINDS),
        migrations.RunSQL(INSTALL, REMOVE),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
    ]
