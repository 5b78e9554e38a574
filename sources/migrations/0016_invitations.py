"""Invitations, and a project that always has somebody who manages it."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sources.models.constraints
from sources.models.at_once import MigrationAtOnce

INSTALL = """
-- An invitation stays what it was made; it is mailed once and revoked once.
SELECT sourceline_forbid('sources_invitation', 'UPDATE', 'invitation_stays_what_it_is',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.role, OLD.email, OLD.uses_most, OLD.token_sha256, OLD.token_prefix,
      OLD.expires_at, OLD.made_by_id, OLD.made_at) IS DISTINCT FROM
     (NEW.id, NEW.uuid, NEW.project_id, NEW.role, NEW.email, NEW.uses_most, NEW.token_sha256, NEW.token_prefix,
      NEW.expires_at, NEW.made_by_id, NEW.made_at)
     OR (OLD.mailed_at IS NOT NULL
         AND (OLD.mailed_sha256, OLD.mailed_at) IS DISTINCT FROM (NEW.mailed_sha256, NEW.mailed_at))
     OR (OLD.revoked_at IS NOT NULL
         AND (OLD.revoked_at, OLD.revoked_by_id) IS DISTINCT FROM (NEW.revoked_at, NEW.revoked_by_id))');
SELECT sourceline_forbid('sources_invitation', 'DELETE', 'invitation_kept');
SELECT sourceline_forbid('sources_acceptance', 'UPDATE OR DELETE', 'acceptance_kept');
SELECT sourceline_keep_history('sources_invitation', 'id');
SELECT sourceline_keep_history('sources_acceptance', 'id');

-- Managers invite. Whoever takes that role from the maker meanwhile waits, or is waited for.
CREATE FUNCTION sourceline_invitation_by_a_manager() RETURNS trigger
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
CREATE TRIGGER invitation_by_a_manager AFTER INSERT ON sources_invitation
    FOR EACH ROW EXECUTE FUNCTION sourceline_invitation_by_a_manager();

-- An invitation that is accepted is open, and is not used more often than it may be: of those who accept at
-- once each holds it until the end of their transaction, and then the next counts them.
CREATE FUNCTION sourceline_acceptance_of_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked sources_invitation;
BEGIN
    PERFORM sourceline_need_read_committed('sources_acceptance');
    SELECT i.* INTO asked FROM sources_invitation i WHERE i.id = NEW.invitation_id FOR NO KEY UPDATE;
    PERFORM FROM sources_membership m
        WHERE (m.project_id, m.user_id, m.role) = (asked.project_id, asked.made_by_id, 'manager') FOR SHARE;
    IF NOT FOUND OR asked.revoked_at IS NOT NULL OR asked.expires_at <= clock_timestamp()
       OR asked.uses_most < (SELECT count(*) FROM sources_acceptance a WHERE a.invitation_id = asked.id) THEN
        RAISE EXCEPTION 'acceptance_of_an_open_invitation: % is revoked, over or used up', asked.uuid
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'acceptance_of_an_open_invitation',
                  TABLE = 'sources_acceptance';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER acceptance_of_an_open_invitation AFTER INSERT ON sources_acceptance
    FOR EACH ROW EXECUTE FUNCTION sourceline_acceptance_of_open();

-- Who a membership is of and where does not change; and a project keeps somebody who can sign in and manages
-- it. Of two managers who leave at once the second waits for the first, and then counts anew.
SELECT sourceline_forbid('sources_membership', 'UPDATE', 'membership_stays_whose_it_is',
    '(OLD.id, OLD.project_id, OLD.user_id) IS DISTINCT FROM (NEW.id, NEW.project_id, NEW.user_id)');
CREATE FUNCTION sourceline_keep_a_manager() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF sourceline_purging(OLD.project_id) THEN
        RETURN NULL;
    END IF;
    PERFORM sourceline_need_read_committed('sources_membership');
    PERFORM FROM sources_project p WHERE p.id = OLD.project_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM sources_membership m JOIN sources_user u ON u.id = m.user_id
                   WHERE m.project_id = OLD.project_id AND m.role = 'manager' AND u.is_active) THEN
        RAISE EXCEPTION 'project_keeps_a_manager: nobody would manage project %', OLD.project_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'project_keeps_a_manager',
                  TABLE = 'sources_membership';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER project_keeps_a_manager_update AFTER UPDATE ON sources_membership
    FOR EACH ROW WHEN (OLD.role = 'manager' AND NEW.role <> 'manager')
    EXECUTE FUNCTION sourceline_keep_a_manager();
CREATE TRIGGER project_keeps_a_manager_delete AFTER DELETE ON sources_membership
    FOR EACH ROW WHEN (OLD.role = 'manager') EXECUTE FUNCTION sourceline_keep_a_manager();
ALTER TABLE sources_invitation ENABLE ALWAYS TRIGGER invitation_by_a_manager;
ALTER TABLE sources_acceptance ENABLE ALWAYS TRIGGER acceptance_of_an_open_invitation;
ALTER TABLE sources_membership ENABLE ALWAYS TRIGGER project_keeps_a_manager_update,
    ENABLE ALWAYS TRIGGER project_keeps_a_manager_delete;
"""

REMOVE = """
DROP FUNCTION sourceline_invitation_by_a_manager(), sourceline_acceptance_of_open(),
    sourceline_keep_a_manager() CASCADE;
DROP TRIGGER membership_stays_whose_it_is ON sources_membership;
DROP TRIGGER invitation_stays_what_it_is ON sources_invitation;
DROP TRIGGER invitation_kept ON sources_invitation;
DROP TRIGGER acceptance_kept ON sources_acceptance;
DROP TRIGGER history_insert ON sources_invitation;
DROP TRIGGER history_update ON sources_invitation;
DROP TRIGGER history_delete ON sources_invitation;
DROP TRIGGER history_truncate ON sources_invitation;
DROP TRIGGER history_insert ON sources_acceptance;
DROP TRIGGER history_update ON sources_acceptance;
DROP TRIGGER history_delete ON sources_acceptance;
DROP TRIGGER history_truncate ON sources_acceptance;
"""


class Migration(MigrationAtOnce):
    dependencies = [
        ("sources", "0015_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "Viewer"),
                            ("annotator", "Annotator"),
                            ("reviewer", "Reviewer"),
                            ("manager", "Manager"),
                        ],
                        max_length=20,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("uses_most", models.SmallIntegerField(default=1)),
                ("token_sha256", models.CharField(max_length=64)),
                ("token_prefix", models.CharField(max_length=8)),
                ("mailed_sha256", models.CharField(max_length=64, null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="sources.project",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="sources.invitation",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["project", "-id"], name="invitation_by_project"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["viewer", "annotator", "reviewer", "manager"])),
                name="invitation_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("token_sha256",), name="invitation_token_once"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("mailed_sha256",), name="invitation_mailed_token_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("project", "id"), name="invitation_in_project"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("token_sha256__regex", "^[0-9a-f]{64}$"),
                    models.Q(
                        ("mailed_sha256", None), ("mailed_sha256__regex", "^[0-9a-f]{64}$"), _connector="OR"
                    ),
                ),
                name="invitation_token_digested",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uses_most__gte", 1),
                    ("uses_most__lte", 100),
                    models.Q(("email", ""), ("uses_most", 1), _connector="OR"),
                ),
                name="invitation_uses_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="invitation_expires_after_it_is_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at", None), ("revoked_by", None)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_revoked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mailed_at", None),
                    models.Q(models.Q(("email", ""), _negated=True), ("mailed_sha256__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_mailed_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=sources.models.constraints.CompositeForeignKey(
                deferred=None,
                fields=("project", "invitation"),
                name="acceptance_invitation_same_project",
                to="sources.Invitation",
                to_fields=("project", "id"),
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.UniqueConstraint(fields=("invitation", "user"), name="acceptance_once"),
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
