"""A claim, its speakers' mentions and the words that belong to it stand on one text."""

from django.db import migrations

# Each row is read again when the transaction ends: what was written in it may have been changed or be gone.
INSTALL = """
CREATE FUNCTION sourceline_claim_whole() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_sources bigint[] := '{}';
    of_parties bigint[] := '{}';
    of_spans bigint[] := '{}';
    of_links bigint[];
    claims bigint[];
    parts bigint[];
    bad bigint;
BEGIN
    PERFORM sourceline_need_read_committed(TG_TABLE_NAME::text);
    CASE TG_TABLE_NAME
    WHEN 'annotator_attributionsource' THEN of_sources := ARRAY[NEW.id];
    WHEN 'annotator_party' THEN of_parties := ARRAY[NEW.id];
    WHEN 'annotator_supportingspan' THEN of_spans := ARRAY[NEW.annotation_id];
    ELSE
        of_links := ARRAY(SELECT l.id FROM annotator_attribution l WHERE l.claim_id = NEW.id);
        of_sources := ARRAY(SELECT s.id FROM annotator_attributionsource s WHERE s.mention_id = NEW.id
            UNION SELECT s.id FROM annotator_attributionsource s WHERE s.attribution_id = ANY (of_links));
        of_parties := ARRAY(SELECT y.id FROM annotator_party y WHERE y.mention_id = NEW.id
            UNION SELECT y.id FROM annotator_party y WHERE y.claim_id = NEW.id
            UNION SELECT y.id FROM annotator_party y WHERE y.attribution_id = ANY (of_links));
        of_spans := ARRAY(SELECT NEW.id
            UNION SELECT u.annotation_id FROM annotator_supportingspan u WHERE u.claim_id = NEW.id
            UNION SELECT u.annotation_id FROM annotator_supportingspan u WHERE u.link_id = ANY (of_links)
            UNION SELECT u.annotation_id FROM annotator_supportingspan u WHERE u.source_id = ANY (of_sources)
            UNION SELECT u.annotation_id FROM annotator_supportingspan u WHERE u.party_id = ANY (of_parties));
    END CASE;
    SELECT array_agg(pair.claim), array_agg(pair.part) INTO claims, parts FROM (
        SELECT l.claim_id AS claim, s.mention_id AS part FROM annotator_attributionsource s
        JOIN annotator_attribution l ON l.id = s.attribution_id WHERE s.id = ANY (of_sources)
        UNION ALL
        SELECT coalesce(y.claim_id, l.claim_id), y.mention_id FROM annotator_party y
        LEFT JOIN annotator_attribution l ON l.id = y.attribution_id WHERE y.id = ANY (of_parties)
        UNION ALL
        SELECT coalesce(u.claim_id, l.claim_id, sl.claim_id, y.claim_id, yl.claim_id), u.annotation_id
        FROM annotator_supportingspan u
        LEFT JOIN annotator_attribution l ON l.id = u.link_id
        LEFT JOIN annotator_attributionsource s ON s.id = u.source_id
        LEFT JOIN annotator_attribution sl ON sl.id = s.attribution_id
        LEFT JOIN annotator_party y ON y.id = u.party_id
        LEFT JOIN annotator_attribution yl ON yl.id = y.attribution_id
        WHERE u.annotation_id = ANY (of_spans)
    ) pair WHERE pair.claim IS NOT NULL AND pair.part IS NOT NULL;
    IF claims IS NULL THEN
        RETURN NULL;
    END IF;
    -- Nobody moves one of them between our look and our commit.
    PERFORM FROM annotator_annotation a WHERE a.id = ANY (claims || parts) ORDER BY a.id FOR SHARE;
    SELECT part.id INTO bad FROM unnest(claims, parts) AS pair (claim, part)
    JOIN annotator_annotation claim ON claim.id = pair.claim
    JOIN annotator_annotation part ON part.id = pair.part
    WHERE part.snapshot_id <> claim.snapshot_id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: annotation % stands on another text than its claim', TG_NAME, bad
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_moves_whole AFTER UPDATE OF snapshot_id ON annotator_annotation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.snapshot_id IS DISTINCT FROM NEW.snapshot_id)
    EXECUTE FUNCTION sourceline_claim_whole();
CREATE CONSTRAINT TRIGGER source_in_text_of_claim AFTER INSERT OR UPDATE OF mention_id, attribution_id
    ON annotator_attributionsource DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.mention_id IS NOT NULL) EXECUTE FUNCTION sourceline_claim_whole();
CREATE CONSTRAINT TRIGGER party_in_text_of_claim AFTER INSERT OR UPDATE OF mention_id, claim_id, attribution_id
    ON annotator_party DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.mention_id IS NOT NULL) EXECUTE FUNCTION sourceline_claim_whole();
CREATE CONSTRAINT TRIGGER support_in_text_of_claim
    AFTER INSERT OR UPDATE OF claim_id, link_id, source_id, party_id ON annotator_supportingspan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_claim_whole();
ALTER TABLE annotator_annotation ENABLE ALWAYS TRIGGER claim_moves_whole;
ALTER TABLE annotator_attributionsource ENABLE ALWAYS TRIGGER source_in_text_of_claim;
ALTER TABLE annotator_party ENABLE ALWAYS TRIGGER party_in_text_of_claim;
ALTER TABLE annotator_supportingspan ENABLE ALWAYS TRIGGER support_in_text_of_claim;
REVOKE EXECUTE ON FUNCTION sourceline_claim_whole FROM PUBLIC;
"""
REMOVE = "DROP FUNCTION sourceline_claim_whole() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("annotator", "0027_outlets_stand")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
