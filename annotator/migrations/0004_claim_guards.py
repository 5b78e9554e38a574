"""The guards of claims, of the links of their chains and of their reviews: they stay where they are, and are kept."""

from django.db import migrations

INSTALL = """
SELECT sourceline_forbid('annotator_claim', 'UPDATE', 'claim_stays_with_its_annotation',
    '(OLD.annotation_id, OLD.uuid, OLD.project_id) IS DISTINCT FROM (NEW.annotation_id, NEW.uuid, NEW.project_id)');
SELECT sourceline_forbid('annotator_claim', 'DELETE', 'claim_withdrawn_not_deleted');
SELECT sourceline_forbid('annotator_attribution', 'UPDATE', 'attribution_stays_with_its_claim',
    '(OLD.id, OLD.uuid, OLD.project_id, OLD.claim_id) IS DISTINCT FROM (NEW.id, NEW.uuid, NEW.project_id, NEW.claim_id)');
SELECT sourceline_forbid('annotator_party', 'UPDATE', 'party_stays_where_it_is',
    '(OLD.attribution_id, OLD.claim_id) IS DISTINCT FROM (NEW.attribution_id, NEW.claim_id)');
SELECT sourceline_forbid('annotator_review', 'UPDATE OR DELETE', 'review_immutable');
"""

REMOVE = """
DROP TRIGGER claim_stays_with_its_annotation ON annotator_claim;
DROP TRIGGER claim_withdrawn_not_deleted ON annotator_claim;
DROP TRIGGER attribution_stays_with_its_claim ON annotator_attribution;
DROP TRIGGER party_stays_where_it_is ON annotator_party;
DROP TRIGGER review_immutable ON annotator_review;
"""


class Migration(migrations.Migration):
    replaces = [("annotator", "0020_targets")]
    dependencies = [("annotator", "0003_support_guards")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
