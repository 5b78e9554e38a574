"""The history names requests, and what is archived stays as it is."""

import django.contrib.postgres.indexes
import django.db.models.functions.datetime
from django.db import migrations, models

from sources.models.at_once import MigrationAtOnce

INSTALL = """
-- As before, with the request; and nothing is written into a project that is archived, but for what is done with
-- it as a whole: exports are made of it, people may leave it, and it is purged.
CREATE OR REPLACE FUNCTION sourceline_write_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := nullif(current_setting('sourceline.user', true), '')::bigint;
    act text := coalesce(current_setting('sourceline.act', true), '');
    asked text := coalesce(current_setting('sourceline.request', true), '');
    key text := TG_ARGV[0];
    archived bigint;
BEGIN
    IF TG_TABLE_NAME NOT IN ('sources_project', 'annotator_release')
       AND NOT (TG_TABLE_NAME = 'sources_membership' AND TG_OP = 'DELETE') THEN
        IF TG_OP = 'DELETE' THEN
            SELECT p.id INTO archived FROM sources_project p WHERE p.archived_at IS NOT NULL
                AND p.id IN (SELECT o.project_id FROM old_rows o)
                AND p.id::text <> coalesce(current_setting('sourceline.purge', true), '') LIMIT 1;
        ELSE
            SELECT p.id INTO archived FROM sources_project p WHERE p.archived_at IS NOT NULL
                AND p.id IN (SELECT n.project_id FROM new_rows n) LIMIT 1;
        END IF;
        IF archived IS NOT NULL THEN
            RAISE EXCEPTION 'archived_is_read_only: project % is archived, % of % is refused',
                archived, TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'archived_is_read_only', TABLE = TG_TABLE_NAME;
        END IF;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO sources_change
            (transaction, user_id, request, request_id, project_id, "table", operation, row_id, after)
        SELECT txid_current(), who, act, asked, coalesce(j ->> 'project_id', j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, (j ->> key)::bigint, j
        FROM (SELECT to_jsonb(n) AS j FROM new_rows n) x;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO sources_change
            (transaction, user_id, request, request_id, project_id, "table", operation, row_id, before)
        SELECT txid_current(), who, act, asked, coalesce(j ->> 'project_id', j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, (j ->> key)::bigint, j
        FROM (SELECT to_jsonb(o) AS j FROM old_rows o) x;
    ELSE
        INSERT INTO sources_change
            (transaction, user_id, request, request_id, project_id, "table", operation, row_id, before, after)
        SELECT txid_current(), who, act, asked,
               coalesce(n.j ->> 'project_id', o.j ->> 'project_id', n.j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, coalesce(n.j ->> key, o.j ->> key)::bigint, o.j, n.j
        FROM (SELECT to_jsonb(x) AS j FROM old_rows x) o
        FULL JOIN (SELECT to_jsonb(x) AS j FROM new_rows x) n ON o.j ->> key = n.j ->> key
        WHERE o.j IS DISTINCT FROM n.j;
    END IF;
    RETURN NULL;
END $$;
SELECT sourceline_forbid('sources_backuptaken', 'UPDATE OR DELETE', 'backup_taken_kept');

-- Of a project or a person that is not there the foreign keys say so, when the transaction ends.
CREATE OR REPLACE FUNCTION sourceline_invitation_by_a_manager() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM sources_membership m
        WHERE (m.project_id, m.user_id, m.role) = (NEW.project_id, NEW.made_by_id, 'manager') FOR SHARE;
    IF NOT FOUND
       AND EXISTS (SELECT FROM sources_project p, sources_user u
                   WHERE (p.id, u.id) = (NEW.project_id, NEW.made_by_id)) THEN
        RAISE EXCEPTION 'invitation_by_a_manager: % does not manage project %', NEW.made_by_id, NEW.project_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invitation_by_a_manager',
                  TABLE = 'sources_invitation';
    END IF;
    RETURN NULL;
END $$;
"""

REMOVE = """
CREATE OR REPLACE FUNCTION sourceline_write_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint := nullif(current_setting('sourceline.user', true), '')::bigint;
    act text := coalesce(current_setting('sourceline.act', true), '');
    key text := TG_ARGV[0];
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO sources_change (transaction, user_id, request, project_id, "table", operation, row_id, after)
        SELECT txid_current(), who, act, coalesce(j ->> 'project_id', j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, (j ->> key)::bigint, j
        FROM (SELECT to_jsonb(n) AS j FROM new_rows n) x;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO sources_change (transaction, user_id, request, project_id, "table", operation, row_id, before)
        SELECT txid_current(), who, act, coalesce(j ->> 'project_id', j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, (j ->> key)::bigint, j
        FROM (SELECT to_jsonb(o) AS j FROM old_rows o) x;
    ELSE
        INSERT INTO sources_change
            (transaction, user_id, request, project_id, "table", operation, row_id, before, after)
        SELECT txid_current(), who, act,
               coalesce(n.j ->> 'project_id', o.j ->> 'project_id', n.j ->> 'id')::bigint,
               TG_TABLE_NAME, TG_OP, coalesce(n.j ->> key, o.j ->> key)::bigint, o.j, n.j
        FROM (SELECT to_jsonb(x) AS j FROM old_rows x) o
        FULL JOIN (SELECT to_jsonb(x) AS j FROM new_rows x) n ON o.j ->> key = n.j ->> key
        WHERE o.j IS DISTINCT FROM n.j;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER backup_taken_kept ON sources_backuptaken;
CREATE OR REPLACE FUNCTION sourceline_invitation_by_a_manager() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM sources_membership m
        WHERE (m.project_id, m.user_id, m.role) = (NEW.project_id, NEW.made_by_id, 'manager') FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'invitation_by_a_manager: % does not manage project %', NEW.made_by_id, NEW.project_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invitation_by_a_manager',
                  TABLE = 'sources_invitation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(MigrationAtOnce):
    dependencies = [
        ("sources", "0017_outlets_deleted"),
    ]

    operations = [
        migrations.CreateModel(
            name="BackupTaken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="change",
            name="request_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["project_id", "user_id", "-id"], name="change_by_person"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="change_at"),
        ),
        migrations.AddConstraint(
            model_name="backuptaken",
            constraint=models.CheckConstraint(
                condition=models.Q(("began_at__lte", models.F("taken_at"))),
                name="backup_began_before_it_was_taken",
            ),
        ),
        migrations.AddConstraint(
            model_name="backuptaken",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="backup_digested"
            ),
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
