"""The words of a number and of a party stand in the text of their claim."""

from django.db import migrations

# As sources/text/standing.py reads a text.
CONTROLS = (*range(1, 0x20), *range(0x7F, 0xA0))
SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
BLANKS = (*CONTROLS, *SPACES)
OVERRIDES = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))


def escaped(codes):
    return "".join(rf"\{code:04X}" for code in codes)


INSTALL = f"""
-- A text on one line: each run of blanks one space, without characters that override its direction.
CREATE FUNCTION sourceline_one_line(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT regexp_replace(
        translate(words, U&'{escaped(BLANKS)}{escaped(OVERRIDES)}', repeat(' ', {len(BLANKS)})), ' +', ' ', 'g')
$$;

-- Text, annotation and owner never change, so one look at each new row's words is enough. A row that an update gives
-- another key has none before it, and all of it is new. The text of each claim is read once a statement.
CREATE FUNCTION sourceline_words_stand(claims bigint[], said text[], rule text, relation text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad text;
BEGIN
    WITH texts AS MATERIALIZED (
        SELECT s.id, sourceline_one_line(s.text) AS line FROM sources_snapshot s
        WHERE s.id IN (SELECT a.snapshot_id FROM annotator_annotation a WHERE a.id = ANY (claims))
    )
    SELECT n.words INTO bad
    FROM unnest(claims, said) AS n (claim, words)
    JOIN annotator_annotation a ON a.id = n.claim
    JOIN texts t ON t.id = a.snapshot_id
    CROSS JOIN LATERAL unnest(string_to_array(n.words, ' … ')) AS part
    WHERE part = '' OR strpos(t.line, part) = 0
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: “%” does not stand in the text', rule, bad
            USING ERRCODE = 'check_violation', CONSTRAINT = rule, TABLE = relation;
    END IF;
END $$;

CREATE FUNCTION sourceline_number_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    claims bigint[];
    said text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(n.claim_id), array_agg(n.words) INTO claims, said FROM new_rows n;
    ELSE
        SELECT array_agg(n.claim_id), array_agg(n.words) INTO claims, said
        FROM new_rows n LEFT JOIN old_rows o ON o.id = n.id
        WHERE (n.claim_id, n.words) IS DISTINCT FROM (o.claim_id, o.words);
    END IF;
    PERFORM sourceline_words_stand(claims, said, 'quantity_words_stand', TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE FUNCTION sourceline_party_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    claims bigint[];
    said text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(coalesce(n.claim_id, l.claim_id)), array_agg(n.words) INTO claims, said
        FROM new_rows n LEFT JOIN annotator_attribution l ON l.id = n.attribution_id;
    ELSE
        SELECT array_agg(coalesce(n.claim_id, l.claim_id)), array_agg(n.words) INTO claims, said
        FROM new_rows n LEFT JOIN old_rows o ON o.id = n.id
        LEFT JOIN annotator_attribution l ON l.id = n.attribution_id
        WHERE (n.claim_id, n.attribution_id, n.words) IS DISTINCT FROM (o.claim_id, o.attribution_id, o.words);
    END IF;
    PERFORM sourceline_words_stand(claims, said, 'party_words_stand', TG_TABLE_NAME);
    RETURN NULL;
END $$;
"""
TRIGGERS = "".join(
    f"""
CREATE TRIGGER {rule}_{event.lower()} AFTER {event} ON {table}
    REFERENCING {seen} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {rule}_{event.lower()};
"""
    for rule, table, function in (
        ("quantity_words_stand", "annotator_quantity", "sourceline_number_stands"),
        ("party_words_stand", "annotator_party", "sourceline_party_stands"),
    )
    for event, seen in (
        ("INSERT", "NEW TABLE AS new_rows"),
        ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    )
)
CLOSE = "REVOKE EXECUTE ON FUNCTION sourceline_number_stands, sourceline_party_stands FROM PUBLIC;"
REMOVE = """
DROP FUNCTION sourceline_number_stands(), sourceline_party_stands() CASCADE;
DROP FUNCTION sourceline_words_stand(bigint[], text[], text, text);
DROP FUNCTION sourceline_one_line(text);
"""


class Migration(migrations.Migration):
    dependencies = [("annotator", "0014_dates_said")]
    operations = [migrations.RunSQL(INSTALL + TRIGGERS + CLOSE, REMOVE)]
