"""An anonymous speaker is somebody in one article only, whichever row says so.

Every place that ties an actor to a text is looked at again when that row or the actor itself changes.
"""

from django.db import migrations

INSTALL = """
CREATE INDEX claims_to_addressee ON annotator_claim (addressee_id) WHERE addressee_id IS NOT NULL;

CREATE FUNCTION sourceline_anonymous_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint[];
    stray text;
BEGIN
    IF TG_TABLE_NAME = 'annotator_actor' THEN
        PERFORM sourceline_need_read_committed('annotator_actor');
        SELECT array_agg(n.id) INTO touched FROM new_rows n WHERE n.naming = 'anonymous';
    ELSIF TG_TABLE_NAME = 'annotator_claim' THEN
        SELECT array_agg(DISTINCT n.addressee_id) INTO touched FROM new_rows n WHERE n.addressee_id IS NOT NULL;
    ELSE
        SELECT array_agg(DISTINCT n.actor_id) INTO touched FROM new_rows n WHERE n.actor_id IS NOT NULL;
    END IF;
    IF touched IS NULL THEN
        RETURN NULL;
    END IF;
    -- Nobody makes one of them anonymous between our look and our commit.
    PERFORM FROM annotator_actor ac WHERE ac.id = ANY (touched) ORDER BY ac.id FOR SHARE;
    SELECT ac.name INTO stray
    FROM annotator_actor ac
    WHERE ac.id = ANY (touched) AND ac.naming = 'anonymous' AND EXISTS (
        SELECT FROM (
            SELECT m.annotation_id FROM annotator_actormention m WHERE m.actor_id = ac.id
            UNION ALL
            SELECT l.claim_id FROM annotator_attributionsource x
                JOIN annotator_attribution l ON l.id = x.attribution_id WHERE x.actor_id = ac.id
            UNION ALL
            SELECT w.annotation_id FROM annotator_supportingspan w WHERE w.actor_id = ac.id
            UNION ALL
            SELECT c.annotation_id FROM annotator_claim c WHERE c.addressee_id = ac.id
        ) used
        JOIN annotator_annotation a ON a.id = used.annotation_id
        JOIN sources_snapshot s ON s.id = a.snapshot_id
        WHERE s.article_id <> ac.article_id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'anonymous_actor_stays_in_its_article: % belongs to another article', stray
            USING ERRCODE = 'check_violation', CONSTRAINT = 'anonymous_actor_stays_in_its_article',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION sourceline_anonymous_stays FROM PUBLIC;

DO $$
DECLARE relation text;
BEGIN
    FOREACH relation IN ARRAY ARRAY['annotator_actormention', 'annotator_attributionsource',
                                    'annotator_supportingspan', 'annotator_claim'] LOOP
        EXECUTE format('CREATE TRIGGER anonymous_stays_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sourceline_anonymous_stays()', relation);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER anonymous_stays_insert', relation);
    END LOOP;
    FOREACH relation IN ARRAY ARRAY['annotator_actormention', 'annotator_attributionsource',
                                    'annotator_supportingspan', 'annotator_claim', 'annotator_actor'] LOOP
        EXECUTE format('CREATE TRIGGER anonymous_stays_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sourceline_anonymous_stays()', relation);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER anonymous_stays_update', relation);
    END LOOP;
END $$;
"""

REMOVE = """
DROP FUNCTION sourceline_anonymous_stays() CASCADE;
DROP INDEX claims_to_addressee;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0002_guards")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
