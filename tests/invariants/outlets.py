"""Attempts to give an outlet what is another's or nobody's, and to merge it wrongly."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

TABLE = "sources_publication"
ONCE, SITE, SURVIVOR = (
    "publication_called_once",
    "publication_domain_once",
    "publication_merged_into_survivor",
)


def _two(world: World, cursor: Any) -> dict[str, Any]:
    """Three that stand for themselves, and what may name one."""
    made = [rows.another(cursor, world, TABLE) for _ in range(3)]
    there = world.there.article.publication_id
    return {
        "row": made[0],
        "other": made[1],
        "third": made[2],
        "article": world.here.article.pk,
        "actor": world.here.actor.pk,
        "there": there,
        "project": world.here.project.pk,
    }


def _set(rule: str, change: str, *, holder: str = "", which: str = "row", first: str = "") -> Attempt:
    statement = f"UPDATE {TABLE} SET {change}, version = version + 1 WHERE id = %({which})s"
    return running(rule, TABLE, *filter(None, [first]), statement, holder=holder, given=_two, why=change)


MERGED = f"UPDATE {TABLE} SET merged_into_id = %(other)s, version = version + 1 WHERE id = %(row)s"
TAKEN = f"UPDATE {TABLE} SET domains = '{{kai.example}}', version = version + 1 WHERE id = %(other)s"

AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"
LATER = "SET CONSTRAINTS ALL DEFERRED"
VERSION = "version = version + 1"


def _naming(rule: str, table: str, column: str, which: str) -> Attempt:
    """Naming one that was merged."""
    names = f"UPDATE {table} SET {column} = %(row)s, {VERSION} WHERE id = %({which})s"
    return running(rule, table, MERGED, AT_ONCE, LATER, names, given=_two, why=f"{column} of a merged one")


def _merging(rule: str, table: str, column: str, which: str) -> Attempt:
    """Merging one that is named and stays so."""
    names = f"UPDATE {table} SET {column} = %(row)s, {VERSION} WHERE id = %({which})s"
    return running(rule, TABLE, names, MERGED, given=_two, why=f"merging what {column} of {table} names")


GONE = f"DELETE FROM {TABLE} WHERE id = %(row)s"
GONE_OTHER = f"DELETE FROM {TABLE} WHERE id = %(other)s"


def _deleting(rule: str, table: str, column: str, which: str) -> Attempt:
    """Deleting one that is named."""
    names = f"UPDATE {table} SET {column} = %(row)s, {VERSION} WHERE id = %({which})s"
    return running(
        rule, table, names, GONE, AT_ONCE, given=_two, why=f"deleting what {column} of {table} names"
    )


ATTEMPTS: list[Attempt] = [
    _naming("article_outlet_stands", "sources_article", "publication_id", "article"),
    _naming("article_outlet_stands", "sources_article", "original_publication_id", "article"),
    _naming("actor_outlet_stands", "annotator_actor", "publication_id", "actor"),
    _merging("publication_merged_has_no_article", "sources_article", "publication_id", "article"),
    _merging("publication_merged_has_no_article", "sources_article", "original_publication_id", "article"),
    _merging("publication_merged_has_no_actor", "annotator_actor", "publication_id", "actor"),
    adding("publication_has_name", TABLE, name=""),
    adding(ONCE, TABLE, name="THE VELM COURIER", why="another's name in capitals"),
    adding(ONCE, TABLE, aliases=["Kai", "the velm courier"], why="another's name as an alias"),
    _set(ONCE, "name = 'Kai', aliases = '{the velm Courier}'"),
    _set(
        ONCE,
        "name = 'kai radio'",
        first=f"UPDATE {TABLE} SET aliases = '{{Kai Radio}}', version = version + 1 WHERE id = %(other)s",
    ),
    _set(SITE, "domains = '{a.example,kai.example}'", first=TAKEN),
    *(
        adding(f"publication_{column}_right", TABLE, **{column: issn}, why=f"{column} {issn}")
        for column in ("issn", "issn_l")
        for issn in (
            "1234-5678",
            "0261-307X",
            "02613077",
            "٠٢٦١-٣٠٧٧",
            "X261-3077",
            "0000-000x",
        )
    ),
    *(
        adding("publication_wikidata_form", TABLE, wikidata=item, why=f"item {item}")
        for item in ("Q", "q42", "Q042", "Q٤٢", "42", "Q42\n")
    ),
    *(
        adding("publication_country_form", TABLE, country=country, why=f"country {country}")
        for country in ("g", "gb", "G1", "ÄÄ")
    ),
    *(
        adding("publication_language_form", TABLE, language=tag, why=f"language {tag}")
        for tag in ("e", "en_GB", "ñn", "en-")
    ),
    *(
        adding("publication_domains_formed", TABLE, domains=domains, why=f"domains {str(domains)[:40]}")
        for domains in (
            ["Kai.example"],
            ["kai"],
            [""],
            ["kai.example/x"],
            ["-kai.example"],
            ["كاي.example"],
            [None],
            [f"a{n}.example" for n in range(51)],
        )
    ),
    *(
        adding("publication_aliases_formed", TABLE, aliases=aliases, why=f"aliases {str(aliases)[:40]}")
        for aliases in ([""], [None], [f"Kai {n}" for n in range(101)])
    ),
    adding("publication_merged_same_project", TABLE, merged_into_id=lambda w: w.there.article.publication_id),
    _set("publication_not_merged_with_itself", "merged_into_id = id"),
    _set(SURVIVOR, "merged_into_id = %(row)s", which="third", first=MERGED),
    _set(SURVIVOR, "merged_into_id = %(row)s", which="other", first=MERGED),
    running(
        "publication_version_counts_up",
        TABLE,
        f"UPDATE {TABLE} SET name = 'Kai' WHERE id = %(row)s",
        given=_two,
    ),
    running("publication_merged_kept", TABLE, MERGED, GONE, given=_two, by="owner"),
    running("publication_merged_same_project", TABLE, MERGED, GONE_OTHER, given=_two),
    _deleting("article_publication_same_project", "sources_article", "publication_id", "article"),
    _deleting(
        "article_original_publication_same_project", "sources_article", "original_publication_id", "article"
    ),
    _deleting("actor_publication_same_project", "annotator_actor", "publication_id", "actor"),
]
