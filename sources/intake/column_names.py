"""What names of columns usually mean, in English, German, French and Spanish."""

from __future__ import annotations

import re
import unicodedata

_NAMES = {
    "text": """text, full text, fulltext, body, article body, articlebody, article text, content, contents,
        main text, maintext, story, article, volltext, artikeltext, inhalt, textkorper, texte, texte integral,
        contenu, corps, texto, texto completo, contenido, cuerpo""",
    "title": "title, headline, heading, titel, uberschrift, schlagzeile, titre, titulo, titular",
    "subtitle": """subtitle, subheadline, dek, standfirst, untertitel, unterzeile, sous titre, chapo,
        subtitulo, bajada""",
    "authors": """authors, author, byline, creator, writer, by, autoren, autor, autorin, verfasser, auteurs,
        auteur, autores, autora, author name, authors name, writers, writer name, written by, bylines,
        by line, creators, journalist, journalists, reporter, reporters, columnist, contributor, contributors,
        author s, verfasserin, autorinnen, geschrieben von, journaliste, journalistes, redacteur, ecrit par,
        periodista, periodistas, redactor, escrito por""",
    "outlet": """outlet, publication, newspaper, publisher, source, source name, journal, site, site name,
        paper, newspaper name, paper name, outlet name, publication name, publisher name, publication title,
        source title, news source, news outlet, media outlet, media name, magazine, zeitung, medium, quelle,
        publikation, blatt, zeitungsname, name der zeitung, zeitschrift, media, quotidien, titre du journal,
        nom du journal, titre de presse, revue, medio, periodico, diario, fuente, nombre del periodico,
        cabecera""",
    "original_outlet": "original outlet, agency, news agency, wire, agentur, agence, agencia",
    "published": """published, date, publication date, published at, date published, publish date,
        published on, pub date, pubdate, day, issue date, date of publication, datum, veroffentlicht,
        erscheinungsdatum, veroffentlichungsdatum,
        date de publication, publie le, fecha, fecha de publicacion, publicado, timestamp, datetime, when""",
    "modified": """modified, updated, updated at, date modified, last modified, geandert, aktualisiert,
        mis a jour, modifie, modificado, actualizado""",
    "url": """url, link, address, web url, canonical url, permalink, uri, adresse, lien, enlace,
        direccion""",
    "archive_url": "archive url, archived, archivadresse, url archive, url archivo",
    "section": "section, category, rubric, desk, ressort, rubrik, rubrique, seccion, categoria",
    "language": "language, lang, sprache, langue, idioma, lengua",
    "id": """id, article id, uuid, doc id, docid, identifier, key, kennung, nummer, nr, no, identifiant,
        identificador""",
}


def folded_name(name: str) -> str:
    """Small letters without accents, words apart by one blank: "Pub_Date" and "pubDate" are pub date."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    plain = unicodedata.normalize("NFKD", apart.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.split(r"[\W_]+", kept)).strip()


def meanings_of(name: str) -> list[tuple[int, str]]:
    """The fields that a column of this name may hold, each with how little the name tells of it, from 0. Of
    a path the whole tells more than its last keys."""
    keys = [key for key in name.split(".") if folded_name(key)][-_MOST_KEYS:]
    found: dict[str, int] = {}
    for skipped in range(len(keys)):
        for field, rank in _MEANT.get(folded_name(".".join(keys[skipped:])), ()):
            found.setdefault(field, rank + skipped * _OF_A_PART)
    return [(rank, field) for field, rank in found.items()]


_OF_A_PART = 100
_MOST_KEYS = 8


def _meant() -> dict[str, list[tuple[str, int]]]:
    meant: dict[str, list[tuple[str, int]]] = {}
    for field, line in _NAMES.items():
        for rank, name in enumerate(line.split(",")):
            meant.setdefault(" ".join(name.split()), []).append((field, rank))
    return meant


_MEANT = _meant()
