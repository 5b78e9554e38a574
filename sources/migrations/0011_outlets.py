"""Outlets are called by several names and stand at several sites, each for itself, and are merged."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import sources.models.constraints
from sources.models.at_once import MigrationAtOnce

# Functions of their own, since a CHECK holds no query. [0-9] and not \d, which takes other scripts' digits.
INSTALL = """
CREATE FUNCTION sourceline_issn_right(issn text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN issn ~ '^[0-9]{4}-[0-9]{3}[0-9X]$' THEN (
        SELECT sum((9 - i) * CASE d WHEN 'X' THEN 10 ELSE d::int END) % 11 = 0
        FROM regexp_split_to_table(replace(issn, '-', ''), '') WITH ORDINALITY AS digits (d, i)
    ) ELSE issn = '' END
$$;
CREATE FUNCTION sourceline_outlet_names(name text, aliases text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(lower(one)) FROM unnest(array_append(aliases, name)) AS one
$$;

ALTER TABLE sources_publication
    ADD CONSTRAINT publication_issn_right CHECK (sourceline_issn_right(issn)),
    ADD CONSTRAINT publication_issn_l_right CHECK (sourceline_issn_right(issn_l)),
    ADD CONSTRAINT publication_aliases_formed CHECK (
        cardinality(aliases) <= 100 AND array_position(aliases, NULL) IS NULL
        AND array_position(aliases, '') IS NULL),
    ADD CONSTRAINT publication_domains_formed CHECK (
        cardinality(domains) <= 50 AND array_position(domains, NULL) IS NULL
        AND array_position(domains, '') IS NULL AND array_to_string(domains, ' ') ~
            '^(([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?( |$))*$');
SELECT sourceline_version('sources_publication', 'publication_version_counts_up');
SELECT sourceline_forbid('sources_publication', 'DELETE', 'publication_kept');

-- Names and domains stand in arrays, of which no unique index knows. Whoever says one holds the lock that
-- the application takes too (sources/actions/locks.py), so that of two at once the second sees the first.
CREATE FUNCTION sourceline_outlet_apart() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    other text;
BEGIN
    IF NEW.merged_into_id IS NOT NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('outlets ' || NEW.project_id, 0));
    SELECT p.name INTO other FROM sources_publication p
    WHERE p.project_id = NEW.project_id AND p.id <> NEW.id AND p.merged_into_id IS NULL
      AND CASE TG_ARGV[0] WHEN 'publication_domain_once' THEN p.domains && NEW.domains
          ELSE sourceline_outlet_names(p.name, p.aliases) && sourceline_outlet_names(NEW.name, NEW.aliases) END
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: % has it', TG_ARGV[0], other
            USING ERRCODE = 'unique_violation', CONSTRAINT = TG_ARGV[0], TABLE = 'sources_publication';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER publication_called_once AFTER INSERT OR UPDATE OF name, aliases, merged_into_id, project_id
    ON sources_publication FOR EACH ROW EXECUTE FUNCTION sourceline_outlet_apart('publication_called_once');
CREATE TRIGGER publication_domain_once AFTER INSERT OR UPDATE OF domains, merged_into_id, project_id
    ON sources_publication FOR EACH ROW EXECUTE FUNCTION sourceline_outlet_apart('publication_domain_once');

-- Into one that stands for itself: whoever merges that one meanwhile waits, and so nothing goes in a circle.
CREATE FUNCTION sourceline_outlet_merged() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM sources_publication p
    WHERE p.id = NEW.merged_into_id AND p.merged_into_id IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'publication_merged_into_survivor: outlet % stands for none', NEW.merged_into_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'publication_merged_into_survivor',
                  TABLE = 'sources_publication';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publication_merged_into_survivor BEFORE INSERT OR UPDATE OF merged_into_id
    ON sources_publication FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION sourceline_outlet_merged();
ALTER TABLE sources_publication ENABLE ALWAYS TRIGGER publication_called_once,
    ENABLE ALWAYS TRIGGER publication_domain_once, ENABLE ALWAYS TRIGGER publication_merged_into_survivor;
"""

REMOVE = """
DROP FUNCTION sourceline_outlet_apart(), sourceline_outlet_merged() CASCADE;
DROP TRIGGER publication_version_counts_up ON sources_publication;
DROP TRIGGER publication_kept ON sources_publication;
ALTER TABLE sources_publication DROP CONSTRAINT publication_issn_right, DROP CONSTRAINT publication_issn_l_right,
    DROP CONSTRAINT publication_aliases_formed, DROP CONSTRAINT publication_domains_formed;
DROP FUNCTION sourceline_issn_right(text), sourceline_outlet_names(text, text[]);
"""

DOMAINS = "UPDATE sources_publication SET domains = ARRAY[lower(domain)] WHERE domain <> ''"
DOMAIN = "UPDATE sources_publication SET domain = domains[1] WHERE domains <> '{}'"


class Migration(MigrationAtOnce):
    dependencies = [
        ("sources", "0010_columns_remembered"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="publication",
            name="publication_name_once",
        ),
        migrations.AddField(
            model_name="publication",
            name="country",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="publication",
            name="domains",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=253), blank=True, default=list, size=None
            ),
        ),
        migrations.RunSQL(DOMAINS, DOMAIN),
        migrations.RemoveField(
            model_name="publication",
            name="domain",
        ),
        migrations.AddField(
            model_name="publication",
            name="issn_l",
            field=models.CharField(blank=True, max_length=9),
        ),
        migrations.AddField(
            model_name="publication",
            name="language",
            field=models.CharField(blank=True, max_length=35),
        ),
        migrations.AddField(
            model_name="publication",
            name="merged_because",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="publication",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_outlets",
                to="sources.publication",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                models.F("project"), django.db.models.functions.text.Lower("name"), name="publication_by_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wikidata", ""), ("wikidata__regex", "^Q[1-9][0-9]{0,11}$"), _connector="OR"
                ),
                name="publication_wikidata_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("country__regex", "^([A-Z]{2})?$")), name="publication_country_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__regex", "^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3})?$")),
                name="publication_language_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="publication_not_merged_with_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "merged_into"),
                name="publication_merged_same_project",
                to="sources.Publication",
                to_fields=("project", "id"),
            ),
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
