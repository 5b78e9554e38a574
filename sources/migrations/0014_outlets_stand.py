"""Whatever names an outlet names one that stands for itself: none is left behind on one that was merged."""

from django.db import migrations

# Whoever names an outlet shares a lock with all who do, and whoever merges one holds it alone
# (sources/actions/locks.py): of two at once, the second sees what the first committed.
INSTALL = """
CREATE FUNCTION sourceline_outlet_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named bigint[] := ARRAY[NEW.publication_id];
    bad text;
BEGIN
    IF TG_TABLE_NAME = 'sources_article' THEN
        named := named || NEW.original_publication_id;
    END IF;
    IF array_remove(named, NULL) = '{}' THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('merging outlets ' || NEW.project_id, 0));
    SELECT p.name INTO bad FROM sources_publication p
    WHERE p.id = ANY (named) AND p.merged_into_id IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: % is one with another outlet', TG_ARGV[0], bad
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER article_outlet_stands AFTER INSERT OR UPDATE OF publication_id, original_publication_id
    ON sources_article FOR EACH ROW EXECUTE FUNCTION sourceline_outlet_stands('article_outlet_stands');

-- Looked at when the transaction ends: it moves what named the outlet.
CREATE FUNCTION sourceline_outlet_left() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_rows text := TG_ARGV[1];
    bad bigint;
    field text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('merging outlets ' || NEW.project_id, 0));
    FOREACH field IN ARRAY TG_ARGV[2:] LOOP
        EXECUTE format('SELECT r.id FROM %I r JOIN sources_publication p ON p.id = r.%I'
                       ' WHERE r.%I = $1 AND p.merged_into_id IS NOT NULL LIMIT 1', of_rows, field, field)
            INTO bad USING NEW.id;
        IF bad IS NOT NULL THEN
            RAISE EXCEPTION '%: % % still names outlet %', TG_ARGV[0], of_rows, bad, NEW.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_ARGV[0],
                      TABLE = 'sources_publication';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER publication_merged_has_no_article AFTER INSERT OR UPDATE OF merged_into_id
    ON sources_publication DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION sourceline_outlet_left(
        'publication_merged_has_no_article', 'sources_article', 'publication_id', 'original_publication_id');
ALTER TABLE sources_article ENABLE ALWAYS TRIGGER article_outlet_stands;
ALTER TABLE sources_publication ENABLE ALWAYS TRIGGER publication_merged_has_no_article;
"""
REMOVE = "DROP FUNCTION sourceline_outlet_stands(), sourceline_outlet_left() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("sources", "0013_stories_taken_over")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
