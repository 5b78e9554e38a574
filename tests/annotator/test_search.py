"""Searching claims: what is found, in which script and where; and that the database's words stay true."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.detect.search import as_tsquery, hits, parse_search
from annotator.queries.claims import Wanted, claims_like
from sources.actions import edit_article
from sources.models import TextWords
from sources.text.folding import folded, words
from sources.text.marks import stream_safe
from tests.factories import World, claim, stored


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


SCRIPTS = """Der Fluß stieg, sagte Łukasz Żółć: „Straße gesperrt“.

قال المُديرُ إنّ الجِسْر آمن في ١٢ مارس، وأضاف أنّ الأمر انتهى.

مدیر گفت پل می‌تواند باز شود.

ราคาข้าวขึ้นแล้ว. 東京で会談した。 Мост ещё закрыт.
"""


def by_database(text: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sourceline_folded(%s)", [text])
        said = cursor.fetchone()[0]
    return [word[:60] for word in said.split(" ") if word]


LETTERS = st.one_of(
    st.characters(codec="utf-8", exclude_characters="\x00", max_codepoint=0x24F),
    st.sampled_from("aEéÉßẞİıΣσςøŁд́ЙйЁفأإةىیک١۲ـَُ\u200c\u200f“”…—'-_*中東京がﾊﾟข้า한국\u00ad🌉²ﬁ"),
    st.characters(
        codec="utf-8", exclude_characters="\x00", categories=["L", "N", "P", "Zs", "Mn", "Mc", "S"]
    ),
)


@pytest.mark.lengthy
@given(st.text(LETTERS, max_size=40).map(stream_safe))
@settings(max_examples=300, deadline=None)
@pytest.mark.django_db
def test_python_and_the_database_fold_alike(text: str) -> None:
    assert by_database(text) == folded(text)


@given(st.text(LETTERS, max_size=40).map(stream_safe))
def test_words_stand_where_they_are_said_to(text: str) -> None:
    found = words(text)
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    assert [w.start for w in found] == sorted(w.start for w in found)
    for word in found:
        assert (
            word.folded in folded(text[word.start : word.end]) or len(folded(text[word.start : word.end])) > 1
        )


@pytest.fixture
def scripts(world: World) -> dict[str, str]:
    """UUIDs of claims by what they are in; the article's title is the first line."""
    snapshot = stored(world.manager, world.here.project, f"Hochwasser an der Ölbrücke\n\n{SCRIPTS}")
    said = {
        "de": "Der Fluß stieg",
        "ar": "إنّ الجِسْر آمن",
        "fa": "پل می‌تواند باز شود",
        "th": "ราคาข้าวขึ้น",
        "ja": "東京で会談",
        "ru": "Мост ещё закрыт",
    }
    return {
        str(claim(world.manager, snapshot, text, paraphrase=f"paraphrased {name}").uuid): name
        for name, text in said.items()
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("fluss", "de"),
        ("FLUẞ stieg", "de"),
        ("lukasz zolc", "de"),
        ('"strasse gesperrt"', "de"),
        ('"gesperrt strasse"', ""),
        ("الجسر", "ar"),
        ('"ان الجسر امن"', "ar"),
        ("12", "ar"),
        ("الج*", "ar"),
        ("ميتواند", "fa"),
        ("ข้าว", "th"),
        ("京で", "ja"),
        ("京都", ""),
        ("еще", "ru"),
        ("МОСТ", "ru"),
        ("paraphr* -de -ar -fa -th -ja", "ru"),
        ("-paraphrased olbrucke", ""),
        ("hochw* th", "th"),
        ("paraphras", ""),
    ],
)
def test_every_script_is_found(world: World, scripts: dict[str, str], typed: str, found: str) -> None:
    claims = claims_like(world.here.project, Wanted(words=typed))
    assert {scripts.get(str(one.uuid), "another") for one in claims} == set(found.split())


def test_no_run_of_words_goes_from_quote_to_paraphrase(world: World, scripts: dict[str, str]) -> None:
    wanted = Wanted(words='"ещё закрыт paraphrased"')
    assert not claims_like(world.here.project, wanted).exists()
    assert claims_like(world.here.project, Wanted(words='"paraphrased ru"')).exists()


def test_where_the_words_have_to_stand(world: World) -> None:
    project = world.here.project

    def found(words: str, where: str) -> set[str]:
        return {c.annotation.quotes[0] for c in claims_like(project, Wanted(words=words, where=where))}

    assert "We found a crack" in found("brandt", "")
    assert "We found a crack" not in found("brandt", "quote")
    assert found("found crack", "quote") == {"We found a crack"}
    assert "We found a crack" not in found("lorries engineer", "")
    assert "We found a crack" in found("lorries engineer", "article")
    assert "We found a crack" not in found("lorries -engineer", "article")
    assert "We found a crack" not in found('"engineer lorries"', "article")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            '"',
            "'",
            "\\",
            ":*",
            "&",
            "|",
            "!",
            "<->",
            "()",
            "*",
            "-",
            '-"',
            '""',
            "a:*b",
            "'x'::tsquery",
            "%s",
        ),
        *("\x00", "a\x00b", "&" * 500, "x" * 10_000, '"' * 9_999, "- -- ---", "a " * 5_000, "\u0301" * 5_000),
        *(
            "💥",
            "\u202e",
            "{}",
            "%(x)s",
            "¶",
            "-a -b",
            "A:A",
            "'a':1A",
            "\ud800".encode("utf-8", "replace").decode(),
        ),
    ],
    ids=lambda typed: ascii(typed[:12]),
)
def test_nothing_that_can_be_typed_is_an_error(world: World, typed: str) -> None:
    sought = parse_search(typed)
    assert sought or sought.note
    for where in ("", "quote", "article"):
        list(claims_like(world.here.project, Wanted(words=typed, where=where)))
    hits("We found a crack", sought)


@given(st.text(max_size=60))
def test_a_tsquery_holds_nothing_but_folded_words(typed: str) -> None:
    sought = parse_search(typed)
    bare = as_tsquery(sought)
    for term in (*sought.terms, *sought.without):
        for word in term.words:
            assert not set(word) & set("'\\:*&|!<>() ")
            bare = bare.replace(f"'{word}'", "")
    assert set(bare) <= set(":*&!<->() ")


@pytest.mark.lengthy
def test_the_seam_of_a_long_text_parts_no_phrase(world: World) -> None:
    filler = "Nothing happened there. " * 1_249
    text = f"Long news\n\n{filler}\n\nThe heron stood on the weir gate.\n\n{filler}Nobody saw the otter.\n"
    snapshot = stored(world.manager, world.here.project, text)
    at = snapshot.text.index("heron stood")
    assert 29_900 < at < 31_000
    assert TextWords.objects.filter(snapshot=snapshot).count() == 3
    claim(world.manager, snapshot, "Nobody saw the otter")
    for typed in ('"the heron stood on the weir gate"', '"saw the otter"', "heron otter"):
        wanted = Wanted(words=typed, where="article")
        assert claims_like(world.here.project, wanted).count() == 1, typed


def test_words_follow_what_they_are_read_from(world: World) -> None:
    here = world.here

    def found(words: str, where: str = "") -> bool:
        return claims_like(here.project, Wanted(words=words, where=where)).filter(pk=here.claim.pk).exists()

    assert not found("kingfisher")
    edit_article(
        by=world.manager,
        article=here.article,
        version=here.article.version,
        values={"title": "A kingfisher"},
        outlet=None,
        published="2021-08-12",
    )
    assert found("kingfisher")
    assert not found("kingfisher", "quote")
    here.claim.paraphrase = "An otter did it."
    here.claim.save()
    assert found("otter")


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ('"found a crack"', ["found a crack"]),
        ("crack a", ["a", "crack"]),
        ("DIREC* ilse", ["director", "Ilse"]),
        ("-crack", []),
        ('"a crack" "found a"', ["found a crack"]),
    ],
)
def test_what_was_sought_is_found_again_in_the_text(typed: str, marked: list[str]) -> None:
    text = "“We found a crack,” its director Ilse Brandt said."
    assert [text[start:end] for start, end in hits(text, parse_search(typed))] == marked
