"""An outlet that speaks is one that stands for itself, as an article's is."""

from django.db import migrations

INSTALL = """
CREATE TRIGGER actor_outlet_stands AFTER INSERT OR UPDATE OF publication_id ON annotator_actor
    FOR EACH ROW WHEN (NEW.publication_id IS NOT NULL)
    EXECUTE FUNCTION sourceline_outlet_stands('actor_outlet_stands');
CREATE CONSTRAINT TRIGGER publication_merged_has_no_actor AFTER INSERT OR UPDATE OF merged_into_id
    ON sources_publication DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION sourceline_outlet_left(
        'publication_merged_has_no_actor', 'annotator_actor', 'publication_id');
ALTER TABLE annotator_actor ENABLE ALWAYS TRIGGER actor_outlet_stands;
ALTER TABLE sources_publication ENABLE ALWAYS TRIGGER publication_merged_has_no_actor;
"""
REMOVE = """
DROP TRIGGER actor_outlet_stands ON annotator_actor;
DROP TRIGGER publication_merged_has_no_actor ON sources_publication;
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0026_carrying"), ("sources", "0014_outlets_stand")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
