"""The guards of supporting words: what each kind may belong to, and that a part lies within its claim."""

from django.db import migrations

INSTALL = """
ALTER TABLE annotator_supportingspan ADD CONSTRAINT support_of_exactly_one
    CHECK (num_nonnulls(link_id, source_id, party_id, actor_id, claim_id, event_id) = 1);

-- A kind never changes and neither does the row's key, so one look after each statement is enough.
CREATE FUNCTION sourceline_support_fits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    SELECT a.uuid, a.kind INTO bad
    FROM new_rows n JOIN annotator_annotation a ON a.id = n.annotation_id
    WHERE (n.link_id IS NOT NULL AND a.kind NOT IN ('cue', 'occasion'))
       OR (a.kind = 'occasion' AND (n.link_id IS NULL OR n.cue_type_id IS NOT NULL))
       OR (a.kind = 'cue' AND n.link_id IS NULL AND n.event_id IS NULL)
       OR (a.kind = 'place' AND n.event_id IS NULL)
       OR (a.kind = 'role') <> (n.source_id IS NOT NULL)
       OR (a.kind IN ('addressee', 'target')) <> (n.party_id IS NOT NULL)
       OR (a.kind = 'target') <> EXISTS (SELECT FROM annotator_party y
                                         WHERE y.id = n.party_id AND y.claim_id IS NOT NULL)
       OR (a.kind = 'reason') <> (n.actor_id IS NOT NULL)
       OR (a.kind IN ('hedge', 'gloss', 'quoted') AND n.claim_id IS NULL)
       OR (a.kind = 'hedge') <> (n.whose <> '')
       OR (a.kind = 'quoted') <> (n.use <> '')
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'support_fits_its_kind: % % does not say what its kind has to, or more', bad.kind, bad.uuid
            USING ERRCODE = 'check_violation', CONSTRAINT = 'support_fits_its_kind',
                  TABLE = 'annotator_supportingspan';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER support_fits_insert AFTER INSERT ON annotator_supportingspan
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_support_fits();
CREATE TRIGGER support_fits_update AFTER UPDATE ON annotator_supportingspan
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sourceline_support_fits();

-- What is said of a part of a claim's words lies within them, once the act that moves both is done.
CREATE FUNCTION sourceline_part_within_claim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad uuid;
    changed bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    -- Nobody moves the claim or its part between our look and our commit.
    PERFORM FROM annotator_annotation a
    WHERE a.id IN (SELECT s.claim_id FROM annotator_supportingspan s
                   WHERE changed IN (s.annotation_id, s.claim_id))
    ORDER BY a.id FOR SHARE;
    SELECT part.uuid INTO bad
    FROM annotator_supportingspan s
    JOIN annotator_annotation part ON part.id = s.annotation_id
    JOIN annotator_annotation claim ON claim.id = s.claim_id
    WHERE changed IN (s.annotation_id, s.claim_id) AND part.kind IN ('gloss', 'quoted')
        AND NOT (part.snapshot_id = claim.snapshot_id AND part.extent <@ claim.extent)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'part_within_claim: annotation % does not lie within the words of its claim', bad
            USING ERRCODE = 'check_violation', CONSTRAINT = 'part_within_claim', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER part_within_claim_support AFTER INSERT OR UPDATE ON annotator_supportingspan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.claim_id IS NOT NULL)
    EXECUTE FUNCTION sourceline_part_within_claim('annotation_id');
CREATE CONSTRAINT TRIGGER part_within_claim_moved AFTER UPDATE OF extent ON annotator_annotation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.extent IS DISTINCT FROM NEW.extent AND NEW.kind IN ('claim', 'gloss', 'quoted'))
    EXECUTE FUNCTION sourceline_part_within_claim('id');
ALTER TABLE annotator_supportingspan ENABLE ALWAYS TRIGGER support_fits_insert,
    ENABLE ALWAYS TRIGGER support_fits_update, ENABLE ALWAYS TRIGGER part_within_claim_support;
ALTER TABLE annotator_annotation ENABLE ALWAYS TRIGGER part_within_claim_moved;
REVOKE EXECUTE ON FUNCTION sourceline_support_fits, sourceline_part_within_claim FROM PUBLIC;
"""

REMOVE = """
DROP FUNCTION sourceline_support_fits(), sourceline_part_within_claim() CASCADE;
ALTER TABLE annotator_supportingspan DROP CONSTRAINT support_of_exactly_one;
"""


class Migration(migrations.Migration):
    replaces = [("annotator", "0010_attribution_guards")]
    dependencies = [("annotator", "0002_annotation_guards")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
