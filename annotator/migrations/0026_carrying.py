"""What became of annotations when their article was taken again: they come to another text as recorded alone."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import annotator.models.extent_field
import sources.models.constraints

INSTALL = """
-- What is recorded is true when it is recorded: the annotation stands there, and the other text is a later one
-- of the same article.
CREATE FUNCTION sourceline_carrying_true() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad bigint;
BEGIN
    PERFORM sourceline_need_read_committed('annotator_carrying');
    -- Nobody moves the annotation between our look and our commit.
    PERFORM FROM annotator_annotation a WHERE a.id IN (SELECT n.annotation_key FROM new_rows n)
        ORDER BY a.id FOR SHARE;
    SELECT n.annotation_key INTO bad
    FROM new_rows n
    LEFT JOIN annotator_annotation a ON a.id = n.annotation_key AND a.project_id = n.project_id
        AND a.snapshot_id = n.old_snapshot_id
        AND (a.extent, a.quotes, a.version) = (n.extent, n.quotes, n.version)
    JOIN sources_snapshot earlier ON earlier.id = n.old_snapshot_id
    JOIN sources_snapshot later ON later.id = n.new_snapshot_id
    WHERE a.id IS NULL OR earlier.article_id <> later.article_id OR later.number <= earlier.number
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'carrying_of_what_stands: annotation % does not stand there, or the text is no later one',
            bad USING ERRCODE = 'check_violation', CONSTRAINT = 'carrying_of_what_stands',
                      TABLE = 'annotator_carrying';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER carrying_of_what_stands AFTER INSERT ON annotator_carrying
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_carrying_true();

-- In which transaction a place was settled: in it alone may the annotation go there.
ALTER TABLE annotator_carrying ADD COLUMN settled_in text;
CREATE FUNCTION sourceline_stamp_carrying() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.settled_in := CASE WHEN NEW.placed IS NOT NULL THEN sourceline_this_transaction() END;
    RETURN NEW;
END $$;
CREATE TRIGGER carrying_stamped BEFORE INSERT OR UPDATE ON annotator_carrying
    FOR EACH ROW EXECUTE FUNCTION sourceline_stamp_carrying();

-- A place that is settled is where the annotation stands when the transaction ends, unless it went on from
-- there or was deleted.
CREATE FUNCTION sourceline_carrying_done() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM annotator_annotation a WHERE a.id = NEW.annotation_key
               AND a.version <= NEW.version_placed
               AND (a.snapshot_id, a.extent, a.version) IS DISTINCT FROM
                   (NEW.new_snapshot_id, NEW.placed, NEW.version_placed)) THEN
        RAISE EXCEPTION 'carrying_done_as_recorded: annotation % is not where it was carried', NEW.annotation_key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'carrying_done_as_recorded',
                  TABLE = 'annotator_carrying';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER carrying_done_as_recorded AFTER INSERT OR UPDATE ON annotator_carrying
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.placed IS NOT NULL)
    EXECUTE FUNCTION sourceline_carrying_done();
ALTER TABLE annotator_carrying ENABLE ALWAYS TRIGGER carrying_of_what_stands,
    ENABLE ALWAYS TRIGGER carrying_stamped, ENABLE ALWAYS TRIGGER carrying_done_as_recorded;

SELECT sourceline_forbid('annotator_carrying', 'UPDATE', 'carrying_only_settled',
    '(OLD.id, OLD.project_id, OLD.annotation_key, OLD.unit, OLD.old_snapshot_id, OLD.new_snapshot_id, OLD.extent,
      OLD.quotes, OLD.version, OLD.found, OLD.proposed, OLD.score, OLD.reason, OLD.print_only, OLD.places,
      OLD.made_at) IS DISTINCT FROM
     (NEW.id, NEW.project_id, NEW.annotation_key, NEW.unit, NEW.old_snapshot_id, NEW.new_snapshot_id, NEW.extent,
      NEW.quotes, NEW.version, NEW.found, NEW.proposed, NEW.score, NEW.reason, NEW.print_only, NEW.places,
      NEW.made_at)
     OR OLD.state NOT IN (''waiting'', ''left'')');
SELECT sourceline_forbid('annotator_carrying', 'DELETE', 'carrying_kept');
SELECT sourceline_keep_history('annotator_carrying', 'id');

-- An annotation keeps its text, but for a carrying that is settled in the same transaction.
DROP TRIGGER annotation_stays_in_its_text ON annotator_annotation;
SELECT sourceline_forbid('annotator_annotation', 'UPDATE', 'annotation_stays_itself',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.kind) IS DISTINCT FROM (NEW.id, NEW.uuid, NEW.project_id, NEW.kind)');
CREATE FUNCTION sourceline_annotation_carried() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM annotator_carrying c
               WHERE c.annotation_key = OLD.id AND c.project_id = OLD.project_id
                 AND (c.old_snapshot_id, c.new_snapshot_id) = (OLD.snapshot_id, NEW.snapshot_id)
                 AND (c.extent, c.version) = (OLD.extent, OLD.version)
                 AND (c.placed, c.version_placed) = (NEW.extent, NEW.version)
                 AND c.settled_in = sourceline_this_transaction()) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'annotation_stays_in_its_text: no carrying of annotation % to another text is recorded', OLD.uuid
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'annotation_stays_in_its_text',
              TABLE = 'annotator_annotation';
END $$;
CREATE TRIGGER annotation_stays_in_its_text BEFORE UPDATE ON annotator_annotation
    FOR EACH ROW WHEN (OLD.snapshot_id IS DISTINCT FROM NEW.snapshot_id)
    EXECUTE FUNCTION sourceline_annotation_carried();

-- What lies within the words of a claim still does when one of them has come to another text.
DROP TRIGGER part_within_claim_moved ON annotator_annotation;
CREATE CONSTRAINT TRIGGER part_within_claim_moved AFTER UPDATE OF extent, snapshot_id ON annotator_annotation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.extent, OLD.snapshot_id) IS DISTINCT FROM (NEW.extent, NEW.snapshot_id)
          AND NEW.kind IN ('claim', 'gloss', 'quoted'))
    EXECUTE FUNCTION sourceline_part_within_claim('id');

-- The words of its numbers and of those it speaks to or of stand in the text that a claim has come to.
CREATE FUNCTION sourceline_words_come_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    claims bigint[];
    said text[];
BEGIN
    SELECT array_agg(q.claim_id), array_agg(q.words) INTO claims, said
    FROM annotator_quantity q WHERE q.claim_id = NEW.id;
    PERFORM sourceline_words_stand(claims, said, 'quantity_words_stand', TG_TABLE_NAME);
    SELECT array_agg(NEW.id), array_agg(y.words) INTO claims, said
    FROM annotator_party y LEFT JOIN annotator_attribution l ON l.id = y.attribution_id
    WHERE coalesce(y.claim_id, l.claim_id) = NEW.id AND y.words <> '';
    PERFORM sourceline_words_stand(claims, said, 'party_words_stand', TG_TABLE_NAME);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER words_come_along AFTER UPDATE OF snapshot_id ON annotator_annotation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.snapshot_id IS DISTINCT FROM NEW.snapshot_id AND NEW.kind = 'claim')
    EXECUTE FUNCTION sourceline_words_come_along();
ALTER TABLE annotator_annotation ENABLE ALWAYS TRIGGER annotation_stays_in_its_text,
    ENABLE ALWAYS TRIGGER part_within_claim_moved, ENABLE ALWAYS TRIGGER words_come_along;
REVOKE EXECUTE ON FUNCTION sourceline_carrying_true, sourceline_carrying_done, sourceline_annotation_carried,
    sourceline_words_come_along FROM PUBLIC;

-- Purging takes them before the texts. Said of the function as it stands, whatever else was added to it.
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_release', $$, $$'annotator_carrying', 'annotator_release', $$);
END $do$;
"""

REMOVE = """
DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('sourceline_purge_project(bigint, bigint)'::regprocedure),
        $$'annotator_carrying', $$, '');
END $do$;
DROP TRIGGER annotation_stays_itself ON annotator_annotation;
DROP FUNCTION sourceline_annotation_carried(), sourceline_words_come_along() CASCADE;
SELECT sourceline_forbid('annotator_annotation', 'UPDATE', 'annotation_stays_in_its_text',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.snapshot_id, OLD.kind) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.snapshot_id, NEW.kind)');
DROP TRIGGER part_within_claim_moved ON annotator_annotation;
CREATE CONSTRAINT TRIGGER part_within_claim_moved AFTER UPDATE OF extent ON annotator_annotation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.extent IS DISTINCT FROM NEW.extent AND NEW.kind IN ('claim', 'gloss', 'quoted'))
    EXECUTE FUNCTION sourceline_part_within_claim('id');
ALTER TABLE annotator_annotation ENABLE ALWAYS TRIGGER part_within_claim_moved;
DROP FUNCTION sourceline_carrying_true(), sourceline_stamp_carrying(), sourceline_carrying_done() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotator", "0025_purging_column_mappings"),
        ("sources", "0005_blocks_said_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Carrying",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("annotation_key", models.BigIntegerField()),
                ("unit", models.BigIntegerField()),
                ("extent", annotator.models.extent_field.ExtentField()),
                (
                    "quotes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("version", models.IntegerField()),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("exact", "Exact"),
                            ("moved", "Moved"),
                            ("changed", "Changed"),
                            ("orphaned", "Orphaned"),
                        ],
                        max_length=10,
                    ),
                ),
                ("proposed", annotator.models.extent_field.ExtentField(blank=True, null=True)),
                ("score", models.FloatField()),
                ("reason", models.TextField()),
                ("print_only", models.BooleanField(default=False)),
                ("places", models.IntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a person"),
                            ("carried", "Carried at once"),
                            ("confirmed", "Confirmed"),
                            ("corrected", "Placed by hand"),
                            ("left", "Left on the old text"),
                            ("taken_off", "Taken off its claim"),
                            ("replaced", "Looked at anew"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("placed", annotator.models.extent_field.ExtentField(blank=True, null=True)),
                ("version_placed", models.IntegerField(blank=True, null=True)),
                ("same_words", models.BooleanField(default=False)),
                ("taken_off", models.JSONField(default=list)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "new_snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.snapshot",
                    ),
                ),
                (
                    "old_snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.snapshot",
                    ),
                ),
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
                "indexes": [
                    models.Index(fields=["annotation_key", "-id"], name="carryings_of_annotation"),
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "left"))),
                        fields=["old_snapshot", "unit"],
                        name="carryings_pending",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("found__in", ["exact", "moved", "changed", "orphaned"])),
                        name="carrying_found_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "waiting",
                                    "carried",
                                    "confirmed",
                                    "corrected",
                                    "left",
                                    "taken_off",
                                    "replaced",
                                ],
                            )
                        ),
                        name="carrying_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("placed__isnull", False),
                                ("state__in", ("carried", "confirmed", "corrected")),
                                ("version_placed__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ("carried", "confirmed", "corrected")), _negated=True),
                                ("placed__isnull", True),
                                ("version_placed__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="carrying_placed_somewhere",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "left"))),
                        fields=("annotation_key",),
                        name="carrying_pending_once",
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "old_snapshot"),
                        name="carrying_old_same_project",
                        to="sources.Snapshot",
                        to_fields=("project", "id"),
                    ),
                    sources.models.constraints.CompositeForeignKey(
                        deferred=None,
                        fields=("project", "new_snapshot"),
                        name="carrying_new_same_project",
                        to="sources.Snapshot",
                        to_fields=("project", "id"),
                    ),
                ],
            },
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
