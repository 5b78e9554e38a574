"""A sign-up by an invitation takes one of its places; who was removed stays out; a manager is not switched off."""

from django.db import migrations, models

INSTALL = """
-- An invitation that is accepted is open, and is not used more often than it may be: by those who accepted it
-- and those who made their account by it. Of those who accept at once each holds it until the end of their
-- transaction, and then the next counts them.
CREATE OR REPLACE FUNCTION sourceline_acceptance_of_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked sources_invitation;
BEGIN
    PERFORM sourceline_need_read_committed('sources_acceptance');
    SELECT i.* INTO asked FROM sources_invitation i WHERE i.id = NEW.invitation_id FOR NO KEY UPDATE;
    PERFORM FROM sources_membership m
        WHERE (m.project_id, m.user_id, m.role) = (asked.project_id, asked.made_by_id, 'manager') FOR SHARE;
    IF NOT FOUND OR asked.revoked_at IS NOT NULL OR asked.expires_at <= clock_timestamp()
       OR asked.uses_most < (SELECT count(*) FROM
                                 (SELECT a.user_id FROM sources_acceptance a WHERE a.invitation_id = asked.id
                                  UNION SELECT u.id FROM sources_user u WHERE u.signed_up_by = asked.uuid) x) THEN
        RAISE EXCEPTION 'acceptance_of_an_open_invitation: % is revoked, over or used up', asked.uuid
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'acceptance_of_an_open_invitation',
                  TABLE = 'sources_acceptance';
    END IF;
    RETURN NULL;
END $$;

-- Whom somebody else removed, or gave a lower role, does not come back by an invitation from before. What came
-- before is told by the order of the history: of two rows in one transaction the clock says the same.
CREATE FUNCTION sourceline_removed_stay_out() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    roles constant text[] := ARRAY['viewer', 'annotator', 'reviewer', 'manager'];
BEGIN
    PERFORM FROM sources_change c
        WHERE c."table" = 'sources_membership' AND c.project_id = NEW.project_id
          AND c.id > coalesce((SELECT min(i.id) FROM sources_change i
                               WHERE (i."table", i.row_id) = ('sources_invitation', NEW.invitation_id)), 0)
          AND (c.before ->> 'user_id')::bigint = NEW.user_id AND c.user_id IS DISTINCT FROM NEW.user_id
          AND (c.operation = 'DELETE'
               OR array_position(roles, c.after ->> 'role') < array_position(roles, c.before ->> 'role'));
    IF FOUND THEN
        RAISE EXCEPTION 'acceptance_by_no_removed_member: % was removed, or given less, since', NEW.user_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'acceptance_by_no_removed_member',
                  TABLE = 'sources_acceptance';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER acceptance_by_no_removed_member AFTER INSERT ON sources_acceptance
    FOR EACH ROW EXECUTE FUNCTION sourceline_removed_stay_out();
ALTER TABLE sources_acceptance ENABLE ALWAYS TRIGGER acceptance_by_no_removed_member;

-- Nobody is switched off who alone manages a project. Of two at once the second waits, and then counts anew.
CREATE FUNCTION sourceline_keep_a_manager_awake() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    left_to_nobody text;
BEGIN
    PERFORM sourceline_need_read_committed('sources_user');
    PERFORM FROM sources_project p JOIN sources_membership m ON m.project_id = p.id
        WHERE (m.user_id, m.role) = (NEW.id, 'manager') ORDER BY p.id FOR NO KEY UPDATE OF p;
    SELECT string_agg(p.slug, ', ' ORDER BY p.slug) INTO left_to_nobody
        FROM sources_project p JOIN sources_membership mine ON mine.project_id = p.id
        WHERE (mine.user_id, mine.role) = (NEW.id, 'manager')
          AND NOT EXISTS (SELECT FROM sources_membership m JOIN sources_user u ON u.id = m.user_id
                          WHERE m.project_id = p.id AND m.role = 'manager' AND u.is_active);
    IF left_to_nobody IS NOT NULL THEN
        RAISE EXCEPTION 'switched_off_leaves_a_manager: without % nobody would manage %; make somebody else a manager first',
                NEW.username, left_to_nobody
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'switched_off_leaves_a_manager',
                  TABLE = 'sources_user';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER switched_off_leaves_a_manager AFTER UPDATE ON sources_user
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active)
    EXECUTE FUNCTION sourceline_keep_a_manager_awake();
ALTER TABLE sources_user ENABLE ALWAYS TRIGGER switched_off_leaves_a_manager;
"""

REMOVE = """
DROP FUNCTION sourceline_removed_stay_out(), sourceline_keep_a_manager_awake() CASCADE;
CREATE OR REPLACE FUNCTION sourceline_acceptance_of_open() RETURNS trigger
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
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0019_address_rules")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="signed_up_by",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("signed_up_by__isnull", False)),
                fields=["signed_up_by"],
                name="user_by_invitation",
            ),
        ),
        migrations.RunSQL(INSTALL, REMOVE),
    ]
