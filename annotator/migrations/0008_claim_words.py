"""What claims are searched, sorted and counted by, kept by the database."""

from django.db import migrations

INSTALL = """
-- The words of a claim as they now stand. Between quotes, paraphrase, sentences and title lies a mark that is no
-- word, so that no run of words goes over; it leaves its place when it is taken out. The texts are cut so that a
-- vector never outgrows its megabyte: no claim is refused because it is long.
CREATE FUNCTION sourceline_search_claims(claims bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF coalesce(cardinality(claims), 0) = 0 THEN
        RETURN;
    END IF;
    -- Whoever changes a title or another part of the same claims at the same time waits here or is waited for:
    -- what is read below is then seen by the one who comes last.
    PERFORM FROM sources_article r WHERE r.id IN (
        SELECT n.article_id FROM annotator_annotation a JOIN sources_snapshot n ON n.id = a.snapshot_id
        WHERE a.id = ANY (claims)) ORDER BY r.id FOR SHARE;
    PERFORM FROM annotator_claimwords w WHERE w.claim_id = ANY (claims) ORDER BY w.claim_id FOR UPDATE;
    INSERT INTO annotator_claimwords AS w (claim_id, project_id, article_id, publication_id, published, words)
    SELECT c.annotation_id, c.project_id, r.id, r.publication_id, coalesce(r.published_min, '0001-01-01'),
           ts_delete(sourceline_words(left(array_to_string(a.quotes, ' '), 40000), 'A') || gap
                  || sourceline_words(left(c.paraphrase, 4000), 'B') || gap
                  || sourceline_words(left(coalesce(around.sentences, ''), 40000), 'C') || gap
                  || sourceline_words(r.title, 'D'), '¶')
    FROM annotator_claim c
    JOIN annotator_annotation a ON a.id = c.annotation_id
    JOIN sources_snapshot n ON n.id = a.snapshot_id
    JOIN sources_article r ON r.id = n.article_id
    CROSS JOIN (SELECT $gap$'¶':1$gap$::tsvector AS gap) mark
    CROSS JOIN LATERAL (
        SELECT string_agg(substr(n.text, s.start + 1, s."end" - s.start), ' ' ORDER BY s.start) AS sentences
        FROM annotator_annotationsentence l JOIN sources_sentence s ON s.id = l.sentence_id
        WHERE l.annotation_id = a.id) around
    WHERE c.annotation_id = ANY (claims)
    ON CONFLICT (claim_id) DO UPDATE
    SET (article_id, publication_id, published, words)
        = (EXCLUDED.article_id, EXCLUDED.publication_id, EXCLUDED.published, EXCLUDED.words)
    WHERE (w.article_id, w.publication_id, w.published, w.words) IS DISTINCT FROM
          (EXCLUDED.article_id, EXCLUDED.publication_id, EXCLUDED.published, EXCLUDED.words);
END $$;

CREATE FUNCTION sourceline_claim_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint[];
BEGIN
    CASE TG_ARGV[0]
    WHEN 'claims' THEN
        SELECT array_agg(n.annotation_id) INTO touched FROM new_rows n;
    WHEN 'paraphrases' THEN
        SELECT array_agg(n.annotation_id) INTO touched
        FROM new_rows n JOIN old_rows o USING (annotation_id) WHERE n.paraphrase IS DISTINCT FROM o.paraphrase;
    WHEN 'quotes' THEN
        SELECT array_agg(n.id) INTO touched
        FROM new_rows n JOIN old_rows o USING (id) WHERE n.kind = 'claim' AND n.quotes IS DISTINCT FROM o.quotes;
    WHEN 'sentences' THEN
        SELECT array_agg(DISTINCT n.annotation_id) INTO touched
        FROM new_rows n JOIN annotator_claim c ON c.annotation_id = n.annotation_id;
    WHEN 'records' THEN
        SELECT array_agg(w.claim_id) INTO touched
        FROM new_rows n JOIN old_rows o USING (id) JOIN annotator_claimwords w ON w.article_id = n.id
        WHERE (n.title, n.publication_id, n.published_min) IS DISTINCT FROM
              (o.title, o.publication_id, o.published_min);
    END CASE;
    PERFORM sourceline_search_claims(touched);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION sourceline_claim_words FROM PUBLIC;

CREATE TRIGGER claim_words_of_new AFTER INSERT ON annotator_claim REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_claim_words('claims');
CREATE TRIGGER claim_words_of_paraphrases AFTER UPDATE ON annotator_claim
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_claim_words('paraphrases');
CREATE TRIGGER claim_words_of_quotes AFTER UPDATE ON annotator_annotation
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_claim_words('quotes');
CREATE TRIGGER claim_words_of_sentences AFTER INSERT ON annotator_annotationsentence
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_claim_words('sentences');
CREATE TRIGGER claim_words_of_sentences_gone AFTER DELETE ON annotator_annotationsentence
    REFERENCING OLD TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_claim_words('sentences');
CREATE TRIGGER claim_words_of_records AFTER UPDATE ON sources_article
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sourceline_claim_words('records');
ALTER TABLE annotator_claim ENABLE ALWAYS TRIGGER claim_words_of_new,
    ENABLE ALWAYS TRIGGER claim_words_of_paraphrases;
ALTER TABLE annotator_annotation ENABLE ALWAYS TRIGGER claim_words_of_quotes;
ALTER TABLE annotator_annotationsentence ENABLE ALWAYS TRIGGER claim_words_of_sentences,
    ENABLE ALWAYS TRIGGER claim_words_of_sentences_gone;
ALTER TABLE sources_article ENABLE ALWAYS TRIGGER claim_words_of_records;
"""

REMOVE = """
DROP FUNCTION sourceline_claim_words() CASCADE;
DROP FUNCTION sourceline_search_claims(bigint[]);
"""


class Migration(migrations.Migration):
    replaces = [("annotator", "0017_claim_words")]
    dependencies = [("annotator", "0007_event_guards"), ("sources", "0003_text_words")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
