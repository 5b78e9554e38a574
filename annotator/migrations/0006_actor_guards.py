"""The guards of actors: where an anonymous one may speak, who is whom, and what is part of what."""

from django.db import migrations

ANONYMOUS = """
SELECT sourceline_version('annotator_actor', 'actor_version_counts_up');
SELECT sourceline_forbid('annotator_actor', 'DELETE', 'actor_kept');

-- An anonymous speaker is somebody in one article only, whichever row says so. Every place that ties an actor
-- to a text is looked at again when that row or the actor itself changes.
CREATE FUNCTION sourceline_anonymous_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint[];
    stray text;
BEGIN
    IF TG_TABLE_NAME = 'annotator_actor' THEN
        PERFORM sourceline_need_read_committed('annotator_actor');
        SELECT array_agg(n.id) INTO touched FROM new_rows n WHERE n.naming = 'anonymous';
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
            SELECT coalesce(y.claim_id, l.claim_id) FROM annotator_party y
                LEFT JOIN annotator_attribution l ON l.id = y.attribution_id WHERE y.actor_id = ac.id
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
                                    'annotator_supportingspan', 'annotator_party'] LOOP
        EXECUTE format('CREATE TRIGGER anonymous_stays_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sourceline_anonymous_stays()', relation);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER anonymous_stays_insert', relation);
    END LOOP;
    FOREACH relation IN ARRAY ARRAY['annotator_actormention', 'annotator_attributionsource',
                                    'annotator_supportingspan', 'annotator_party', 'annotator_actor'] LOOP
        EXECUTE format('CREATE TRIGGER anonymous_stays_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sourceline_anonymous_stays()', relation);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER anonymous_stays_update', relation);
    END LOOP;
END $$;
"""

NOT_ANONYMOUS = """
DROP FUNCTION sourceline_anonymous_stays() CASCADE;
DROP TRIGGER actor_kept ON annotator_actor;
DROP TRIGGER actor_version_counts_up ON annotator_actor;
"""

IDENTITIES = """
-- What `merged_into` says follows from the merges in force, at the end of each transaction. Each merge is
-- looked at with its two ends; that no survivor is merged itself is the key actor_merged_into_survivor.
CREATE FUNCTION sourceline_merges_agree() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint := CASE WHEN TG_TABLE_NAME = 'annotator_actor' THEN (to_jsonb(NEW) ->> 'id')::bigint
                           ELSE (to_jsonb(NEW) ->> 'merged_id')::bigint END;
    bad text;
BEGIN
    IF TG_TABLE_NAME = 'annotator_actor' AND TG_OP = 'INSERT' AND to_jsonb(NEW) ->> 'merged_into_id' IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM sourceline_need_read_committed(TG_TABLE_NAME::text);
    SELECT a.name INTO bad
    FROM annotator_actor a
    LEFT JOIN annotator_actormerge m ON m.merged_id = a.id AND m.undone_at IS NULL
    LEFT JOIN annotator_actor s ON s.id = m.survivor_id
    WHERE a.id = ANY (touched || ARRAY(SELECT u.merged_id FROM annotator_actormerge u
                                       WHERE u.survivor_id = touched AND u.undone_at IS NULL))
      AND a.merged_into_id IS DISTINCT FROM s.survivor_id
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'actor_merge_recorded: % is not merged as its merges say', bad
            USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_merge_recorded', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (
        WITH RECURSIVE up(id) AS (
            SELECT m.survivor_id FROM annotator_actormerge m WHERE m.merged_id = touched AND m.undone_at IS NULL
            UNION
            SELECT m.survivor_id FROM up JOIN annotator_actormerge m
                ON m.merged_id = up.id AND m.undone_at IS NULL)
        SELECT FROM up WHERE id = touched) THEN
        RAISE EXCEPTION 'merges_go_in_no_circle: % would be merged into itself', touched
            USING ERRCODE = 'check_violation', CONSTRAINT = 'merges_go_in_no_circle', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT FROM annotator_actor a WHERE a.id = touched AND a.naming = 'anonymous'
               AND EXISTS (SELECT FROM annotator_actor o WHERE o.survivor_id = a.id AND o.id <> a.id))
       OR EXISTS (SELECT FROM annotator_actor a JOIN annotator_actor s ON s.id = a.merged_into_id
                  WHERE a.id = touched AND s.naming = 'anonymous') THEN
        RAISE EXCEPTION 'nobody_merged_into_anonymous: an anonymous speaker is resolved, not merged'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_merged_into_anonymous',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER merges_agree AFTER INSERT OR UPDATE OF merged_into_id, naming ON annotator_actor
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_merges_agree();
CREATE CONSTRAINT TRIGGER merges_agree AFTER INSERT OR UPDATE ON annotator_actormerge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_merges_agree();
ALTER TABLE annotator_actor ENABLE ALWAYS TRIGGER merges_agree;
ALTER TABLE annotator_actormerge ENABLE ALWAYS TRIGGER merges_agree;

-- A resolution in force is of somebody anonymous, to somebody who is not.
CREATE FUNCTION sourceline_resolutions_agree() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint := (to_jsonb(NEW) ->> 'id')::bigint;
BEGIN
    PERFORM sourceline_need_read_committed(TG_TABLE_NAME::text);
    IF EXISTS (SELECT FROM annotator_actorresolution r
               JOIN annotator_actor a ON a.id = r.anonymous_id JOIN annotator_actor n ON n.id = r.named_id
               WHERE r.undone_at IS NULL AND (a.naming <> 'anonymous' OR n.naming = 'anonymous')
                 AND r.id IN (SELECT touched WHERE TG_TABLE_NAME <> 'annotator_actor' UNION ALL
                              SELECT x.id FROM annotator_actorresolution x
                              WHERE TG_TABLE_NAME = 'annotator_actor' AND x.anonymous_id = touched UNION ALL
                              SELECT x.id FROM annotator_actorresolution x
                              WHERE TG_TABLE_NAME = 'annotator_actor' AND x.named_id = touched)) THEN
        RAISE EXCEPTION 'resolution_of_an_anonymous: an anonymous speaker is resolved to one who is not'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'resolution_of_an_anonymous',
                  TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER resolutions_agree AFTER INSERT OR UPDATE ON annotator_actorresolution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_resolutions_agree();
CREATE CONSTRAINT TRIGGER resolutions_agree AFTER UPDATE OF naming ON annotator_actor
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sourceline_resolutions_agree();
ALTER TABLE annotator_actorresolution ENABLE ALWAYS TRIGGER resolutions_agree;
ALTER TABLE annotator_actor ENABLE ALWAYS TRIGGER resolutions_agree;

-- Who merged or resolved what, when and why is not rewritten: it is undone once, and kept.
SELECT sourceline_forbid('annotator_actormerge', 'UPDATE', 'merge_only_undone',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.merged_id, OLD.survivor_id, OLD.reason, OLD.by_id, OLD.at)
     IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.merged_id, NEW.survivor_id, NEW.reason, NEW.by_id, NEW.at)
     OR OLD.undone_at IS NOT NULL');
SELECT sourceline_forbid('annotator_actormerge', 'DELETE', 'merge_kept');
SELECT sourceline_forbid('annotator_actorresolution', 'UPDATE', 'resolution_only_undone',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.anonymous_id, OLD.named_id, OLD.reason, OLD.evidence, OLD.by_id, OLD.at)
     IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.anonymous_id, NEW.named_id, NEW.reason, NEW.evidence, NEW.by_id, NEW.at)
     OR OLD.undone_at IS NOT NULL');
SELECT sourceline_forbid('annotator_actorresolution', 'DELETE', 'resolution_kept');

-- No organisation is part of itself, by whatever way round.
CREATE FUNCTION sourceline_parts_agree() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.tie <> 'part_of' THEN
        RETURN NULL;
    END IF;
    PERFORM sourceline_need_read_committed('annotator_affiliation');
    -- Two who each close one half of a circle take turns.
    PERFORM pg_advisory_xact_lock(hashtextextended('sourceline part_of', NEW.project_id));
    IF EXISTS (
        WITH RECURSIVE up(id) AS (
            SELECT NEW.organisation_id
            UNION
            SELECT f.organisation_id FROM up JOIN annotator_affiliation f
                ON f.actor_id = up.id AND f.tie = 'part_of')
        SELECT FROM up WHERE id = NEW.actor_id) THEN
        RAISE EXCEPTION 'affiliation_goes_in_no_circle: % would be part of itself', NEW.actor_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'affiliation_goes_in_no_circle',
                  TABLE = 'annotator_affiliation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER affiliation_goes_in_no_circle AFTER INSERT OR UPDATE ON annotator_affiliation
    FOR EACH ROW EXECUTE FUNCTION sourceline_parts_agree();
ALTER TABLE annotator_affiliation ENABLE ALWAYS TRIGGER affiliation_goes_in_no_circle;
"""

NO_IDENTITIES = """
DROP TRIGGER merge_only_undone ON annotator_actormerge;
DROP TRIGGER merge_kept ON annotator_actormerge;
DROP TRIGGER resolution_only_undone ON annotator_actorresolution;
DROP TRIGGER resolution_kept ON annotator_actorresolution;
DROP FUNCTION sourceline_merges_agree(), sourceline_resolutions_agree(), sourceline_parts_agree() CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [("annotator", "0003_anonymous_actors"), ("annotator", "0012_actor_guards")]
    dependencies = [("annotator", "0005_codebook_guards")]
    operations = [
        migrations.RunSQL(ANONYMOUS, NOT_ANONYMOUS),
        migrations.RunSQL(IDENTITIES, NO_IDENTITIES),
    ]
