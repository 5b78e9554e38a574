"""A place that a sign-up took and never used is free again after three days, or when the account is switched off."""

from django.db import migrations

INSTALL = """
-- As before, but that of those who made their account by it only the latest hold a place of it.
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
                                  UNION SELECT u.id FROM sources_user u
                                  WHERE u.signed_up_by = asked.uuid AND u.is_active
                                    AND u.date_joined > clock_timestamp() - interval '3 days') x) THEN
        RAISE EXCEPTION 'acceptance_of_an_open_invitation: % is revoked, over or used up', asked.uuid
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'acceptance_of_an_open_invitation',
                  TABLE = 'sources_acceptance';
    END IF;
    RETURN NULL;
END $$;
"""

REMOVE = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0020_places_held")]

    operations = [migrations.RunSQL(INSTALL, REMOVE)]
