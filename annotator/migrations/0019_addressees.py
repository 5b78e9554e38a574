"""Whom something is said to belongs to the link whose speaker says it: a claim has as many as it has links.

A claim's addressee goes to the outermost link that was said (not relayed, reported or reprinted) of its first
chain, or to its innermost link where none was; a claim without a link gets one that names nobody. Going back,
a claim keeps one addressee, the first that is an actor; those who are only described are lost.
"""

import django.db.models.deletion
from django.db import migrations, models

import sources.models.constraints

KINDS = [
    *("claim", "actor", "event", "cue", "role", "reason", "time", "place", "hedge", "gloss", "quoted"),
    "addressee",
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


def reference(to, related_name, **options):
    return models.ForeignKey(
        to,
        django.db.models.deletion.PROTECT,
        related_name=related_name,
        db_constraint=False,
        db_index=False,
        **options,
    )


OPTIONAL = {"null": True, "blank": True}
PARTY = migrations.CreateModel(
    name="Party",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("position", models.PositiveSmallIntegerField(default=0)),
        ("words", models.CharField(blank=True, max_length=300)),
        ("actor", reference("annotator.actor", "parties", **OPTIONAL)),
        ("attribution", reference("annotator.attribution", "addressees")),
        ("mention", reference("annotator.actormention", "parties", **OPTIONAL)),
        (
            "project",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.project",
            ),
        ),
    ],
    options={
        "constraints": [
            models.UniqueConstraint(fields=("project", "id"), name="party_in_project"),
            models.UniqueConstraint(fields=("attribution", "actor"), name="party_once"),
            models.CheckConstraint(
                condition=models.Q(
                    ("actor__isnull", False), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="party_is_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(("mention", None), ("actor__isnull", False), _connector="OR"),
                name="party_mention_of_somebody",
            ),
            sources.models.constraints.CompositeForeignKey(
                fields=("project", "attribution"), name="party_link_same_project", to="annotator.Attribution"
            ),
            sources.models.constraints.CompositeForeignKey(
                fields=("project", "actor"), name="party_actor_same_project", to="annotator.Actor"
            ),
            sources.models.constraints.CompositeForeignKey(
                deferred="immediate",
                fields=("project", "mention", "actor"),
                name="party_mention_of_actor",
                to="annotator.ActorMention",
                to_fields=("project", "annotation", "actor"),
            ),
        ],
        "indexes": [
            models.Index(
                condition=models.Q(("actor__isnull", False)), fields=["actor"], name="parties_of_actor"
            ),
            models.Index(
                condition=models.Q(("mention__isnull", False)), fields=["mention"], name="parties_of_mention"
            ),
        ],
    },
)

SUPPORT_OWNERS = """
ALTER TABLE annotator_supportingspan DROP CONSTRAINT support_of_exactly_one,
    ADD CONSTRAINT support_of_exactly_one CHECK (num_nonnulls({columns}) = 1);
"""
NOW = SUPPORT_OWNERS.format(columns="link_id, source_id, party_id, actor_id, claim_id, event_id")
BEFORE = SUPPORT_OWNERS.format(columns="link_id, source_id, actor_id, claim_id, event_id")


def in_function(signature, *pairs):
    """SQL that says something else in a function, whatever else was changed in it since it was made."""
    body = f"pg_get_functiondef('{signature}'::regprocedure)"
    for old, new in pairs:
        body = f"replace({body}, $a${old}$a$, $b${new}$b$)"
    return f"DO $do$ BEGIN EXECUTE {body}; END $do$;\n"


ANONYMOUS = "sourceline_anonymous_stays()"
CLAIM_ROWS = """ELSIF TG_TABLE_NAME = 'annotator_claim' THEN
        SELECT array_agg(DISTINCT n.addressee_id) INTO touched FROM new_rows n WHERE n.addressee_id IS NOT NULL;
    ELSE"""
CLAIM_USES = "SELECT c.annotation_id FROM annotator_claim c WHERE c.addressee_id = ac.id"
PARTY_USES = """SELECT l.claim_id FROM annotator_party y
                JOIN annotator_attribution l ON l.id = y.attribution_id WHERE y.actor_id = ac.id"""
FITS = "sourceline_support_fits()"
ROLE_FITS = "OR (a.kind = 'role') <> (n.source_id IS NOT NULL)"
PARTY_FITS = f"""{ROLE_FITS}
       OR (a.kind = 'addressee') <> (n.party_id IS NOT NULL)"""
PURGE = "sourceline_purge_project(bigint, bigint)"
SOURCES, PARTIES = "'annotator_attributionsource', ", "'annotator_party', 'annotator_attributionsource', "


def anonymous_stays(table):
    return "".join(
        f"""
CREATE TRIGGER anonymous_stays_{when} AFTER {when} ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_anonymous_stays();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER anonymous_stays_{when};"""
        for when in ("insert", "update")
    )


def no_anonymous_stays(table):
    return f"""
DROP TRIGGER anonymous_stays_insert ON {table};
DROP TRIGGER anonymous_stays_update ON {table};
"""


INSTALL = (
    no_anonymous_stays("annotator_claim")
    + in_function(ANONYMOUS, (CLAIM_ROWS, "ELSE"), (CLAIM_USES, PARTY_USES))
    + anonymous_stays("annotator_party")
    + in_function(FITS, (ROLE_FITS, PARTY_FITS))
    + in_function(PURGE, (SOURCES, PARTIES))
    + "SELECT sourceline_keep_history('annotator_party'::regclass, 'id');"
)
REMOVE = (
    no_anonymous_stays("annotator_party")
    + in_function(ANONYMOUS, ("ELSE\n", f"{CLAIM_ROWS}\n"), (PARTY_USES, CLAIM_USES))
    + anonymous_stays("annotator_claim")
    + in_function(FITS, (PARTY_FITS, ROLE_FITS))
    + in_function(PURGE, (PARTIES, SOURCES))
    + """
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT tgname FROM pg_trigger
             WHERE NOT tgisinternal AND tgrelid = 'annotator_party'::regclass LOOP
        EXECUTE format('DROP TRIGGER %I ON annotator_party', t.tgname);
    END LOOP;
END $$;
"""
)

TO_LINKS = """
INSERT INTO annotator_attribution (uuid, project_id, claim_id, chain, position, role, act, quotation_type, basis)
SELECT gen_random_uuid(), c.project_id, c.annotation_id, 1, 0, 'said', 'says', '', 'stated'
FROM annotator_claim c WHERE c.addressee_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM annotator_attribution l WHERE l.claim_id = c.annotation_id);
INSERT INTO annotator_party (project_id, attribution_id, position, actor_id, mention_id, words)
SELECT c.project_id, l.id, 0, c.addressee_id, c.addressee_mention_id, ''
FROM annotator_claim c
CROSS JOIN LATERAL (
    SELECT l.id FROM annotator_attribution l WHERE l.claim_id = c.annotation_id
    ORDER BY l.chain, l.role = 'said' DESC, CASE WHEN l.role = 'said' THEN -l.position ELSE l.position END
    LIMIT 1) l
WHERE c.addressee_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""
TO_CLAIMS = """
UPDATE annotator_claim c SET addressee_id = heard.actor_id, addressee_mention_id = heard.mention_id
FROM (
    SELECT DISTINCT ON (l.claim_id) l.claim_id, y.actor_id, y.mention_id
    FROM annotator_party y JOIN annotator_attribution l ON l.id = y.attribution_id
    WHERE y.actor_id IS NOT NULL
    ORDER BY l.claim_id, l.chain, l.role = 'said' DESC, l.position DESC, y.position) heard
WHERE heard.claim_id = c.annotation_id;
CREATE TEMPORARY TABLE heard_in ON COMMIT DROP AS SELECT DISTINCT attribution_id FROM annotator_party;
CREATE TEMPORARY TABLE described ON COMMIT DROP AS
    SELECT annotation_id FROM annotator_supportingspan WHERE party_id IS NOT NULL;
DELETE FROM annotator_supportingspan WHERE party_id IS NOT NULL;
DELETE FROM annotator_annotationsentence WHERE annotation_id IN (SELECT annotation_id FROM described);
DELETE FROM annotator_annotation WHERE id IN (SELECT annotation_id FROM described);
DELETE FROM annotator_party;
DELETE FROM annotator_attribution l WHERE l.id IN (SELECT attribution_id FROM heard_in)
    AND NOT EXISTS (SELECT FROM annotator_attributionsource s WHERE s.attribution_id = l.id)
    AND NOT EXISTS (SELECT FROM annotator_supportingspan s WHERE s.link_id = l.id);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0018_event_factuality")]
    operations = [
        PARTY,
        migrations.AddField("supportingspan", "party", reference("annotator.party", "spans", **OPTIONAL)),
        migrations.AddIndex(
            "supportingspan",
            models.Index(
                condition=models.Q(("party__isnull", False)), fields=["party"], name="support_of_party"
            ),
        ),
        migrations.AddConstraint(
            "supportingspan",
            sources.models.constraints.CompositeForeignKey(
                fields=("project", "party"), name="support_party_same_project", to="annotator.Party"
            ),
        ),
        *kinds(KINDS),
        migrations.RunSQL(NOW, BEFORE),
        migrations.RunSQL(INSTALL, REMOVE),
        migrations.RunSQL(TO_LINKS, TO_CLAIMS),
        *(
            migrations.RemoveConstraint("claim", name)
            for name in (
                "claim_addressee_mention_of_somebody",
                "claim_addressee_mention_of_actor",
                "claim_addressee_same_project",
            )
        ),
        migrations.RemoveIndex("claim", "claims_to_mention"),
        migrations.RunSQL(
            "DROP INDEX claims_to_addressee;",
            "CREATE INDEX claims_to_addressee ON annotator_claim (addressee_id) WHERE addressee_id IS NOT NULL;",
        ),
        migrations.RemoveField("claim", "addressee_mention"),
        migrations.RemoveField("claim", "addressee"),
    ]
