"""What articles repeat of their outlets, and which outlets a dataset has."""

IDENTIFIERS = " AND ".join(
    f"t.outlet_{name} = coalesce(o.{name}, '')" for name in ("issn", "issn_l", "domains", "wikidata")
)
NUMBERED = "(SELECT article_id, max(CAST(number AS INTEGER)) AS n FROM snapshots GROUP BY article_id)"
OF_OUTLETS = (
    (
        "articles",
        "LEFT JOIN outlets o ON o.outlet_id = t.outlet_id",
        f"t.outlet_seen = coalesce(o.name, '') AND {IDENTIFIERS} AND coalesce(o.merged_into_id, '') = ''",
        "name, identifiers or sites are not those of its outlet",
    ),
    (
        "articles",
        "LEFT JOIN outlets o ON o.outlet_id = t.outlet_original_id",
        "t.outlet_original = coalesce(o.name, '') AND coalesce(o.merged_into_id, '') = ''",
        "outlet_original is not the name of the outlet whose story it is",
    ),
    (
        "articles",
        f"LEFT JOIN {NUMBERED} o ON o.article_id = t.article_id",
        "CAST(t.n_texts AS INTEGER) >= coalesce(o.n, 0)",
        "n_texts is less than the number of one of its texts",
    ),
    (
        "outlets",
        "",
        "t.merged_into_id <> t.outlet_id AND (t.merged_into_id <> '' OR t.outlet_id IN "
        "(SELECT outlet_id FROM articles UNION SELECT outlet_original_id FROM articles))",
        "no article here names it, and it is one with no other",
    ),
)
