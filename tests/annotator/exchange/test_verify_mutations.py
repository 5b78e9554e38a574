"""At least five hundred single corruptions of a release, each found, or said to be beside the claims."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.exchange.tables import TABLES
from annotator.exchange.verification import command, verify

from .mutations import (
    BESIDE,
    Content,
    InMemory,
    Mutation,
    a_byte,
    a_cell,
    in_table,
    read,
    retag,
    row_deeds,
    rows_of,
    sealed,
)
from .releases import seal, table, unpack, write, write_table

# The quotes, sentences, offsets and digests of a release, wherever they are stated: there the row is named.
PROVED = {
    "claims": (
        *("quote", "quote_printed", "sentences", "sentence_ids", "extent", "first_start", "last_end"),
        *("prefix", "suffix", "snapshot_sha256", "snapshot_length", "citation", "reference_id", "title"),
        *("outlet_seen", "published_edtf", "url", "article_id", "annotation_id", "claim_id", "permalink"),
        *("speaker_id", "speaker", "n_speakers", "release_version", "independent_source_group"),
        *("addressee_id", "addressee", "addressee_mention_id"),
        *("target_ids", "targets", "target_words_ids", "snapshot_id", "text_number"),
    ),
    "annotations": (
        *("annotation_id", "quotes", "extent", "snapshot_id", "snapshot_sha256", "snapshot_length"),
        *("sentence_ids", "article_id"),
    ),
    "sentences": (
        *("sentence_id", "text", "sha256", "start", "end", "snapshot_id", "snapshot_sha256", "article_id"),
        "fragment_state",
    ),
    "snapshots": ("snapshot_id", "sha256", "length", "article_id"),
    "articles": (
        *("article_id", "title", "url", "snapshot_sha256", "citation", "reference_id", "n_claims"),
        *("outlet_id", "outlet_seen"),
    ),
    "outlets": ("outlet_id",),
    "actors": ("actor_id",),
    "events": ("event_id", "n_participants"),
    "event_participants": ("event_id", "actor_id", "actor", "mention_id"),
    "claim_speakers": ("claim_id", "attribution_id", "actor_id", "actor", "chain", "link"),
    "attributions": ("claim_id", "addressee_ids", "addressee_words_ids"),
    "addressees": (
        *("claim_id", "attribution_id", "chain", "link", "actor_id", "addressee", "words", "mention_id"),
        "words_id",
    ),
    "targets": ("claim_id", "actor_id", "target", "words", "mention_id", "words_id"),
    "reviews": ("claim_id",),
}
MANIFESTED = {"manifest-sha256.txt", "tagmanifest-sha256.txt"}
TABLE_NAMES = tuple(table.name for table in TABLES)


@pytest.fixture(scope="module")
def whole(loaded, tmp_path_factory) -> Content:
    """A release of some claims, with their texts."""
    path = tmp_path_factory.mktemp("whole") / "a.zip"
    return read(write(loaded, path, statuses=("submitted", "disputed"), with_texts=True))


@pytest.fixture(scope="module")
def few_zip(loaded, tmp_path_factory) -> Path:
    """A release of a few claims, with their texts, which is checked in half the time."""
    return write(loaded, tmp_path_factory.mktemp("few") / "a.zip", statuses=("disputed",), with_texts=True)


@pytest.fixture(scope="module")
def few(few_zip) -> Content:
    return read(few_zip)


@pytest.fixture(scope="module")
def releases(few, whole) -> tuple[Content, ...]:
    """The smaller first; in the other every table has rows."""
    return few, whole


def filled(release: Content, name: str) -> list[str]:
    """The columns of a table in which something stands."""
    header, *rows = rows_of(release[f"data/{name}.csv"])
    return [column for at, column in enumerate(header) if any(row[at] for row in rows)]


def each_column(releases: tuple[Content, ...], name: str) -> Iterator[tuple[Content, str]]:
    """Each column of a table with the first release that has something in it."""
    seen: set[str] = set()
    for release in releases:
        new = [column for column in filled(release, name) if column not in seen]
        seen.update(new)
        yield from ((release, column) for column in new)


def of_cells(releases: tuple[Content, ...], chance: random.Random) -> Iterator[Mutation]:
    """A character of each proved column."""
    for name, columns in PROVED.items():
        for release, column in each_column(releases, name):
            if column in columns:
                yield a_cell(release, name, column, chance)


def of_every_other_column(releases: tuple[Content, ...], chance: random.Random) -> Iterator[Mutation]:
    """A character of a cell of every column that only the files which repeat the tables hold to account."""
    for name in TABLE_NAMES:
        for release, column in each_column(releases, name):
            if column not in PROVED.get(name, ()):
                yield a_cell(release, name, column, chance)


def of_rows(releases: tuple[Content, ...], chance: random.Random) -> Iterator[Mutation]:
    for name in TABLE_NAMES:
        several = [release for release in releases if len(rows_of(release[f"data/{name}.csv"])) > 2]
        for deed in row_deeds(chance):
            if several or deed.__name__ in ("swap_in_row", "drop", "double", "empty"):
                yield in_table([*several, releases[-1]][0], name, deed)


def of_files(releases: tuple[Content, ...], chance: random.Random) -> Iterator[Mutation]:
    """Each file dropped, emptied and cut, and those that repeat the tables changed by a character."""
    release = releases[0]
    for path in sorted(set(release) - MANIFESTED):
        kept = {name: content for name, content in release.items() if name != path}
        yield Mutation(path, f"{path} dropped", kept)
        if release[path]:
            yield Mutation(path, f"{path} emptied", kept | {path: b""})
        if not release[path] or path.endswith((".csv", ".py", ".json", ".txt", ".md", ".cff")):
            continue
        yield Mutation(path, f"{path} cut", kept | {path: release[path][: len(release[path]) * 2 // 3]})
    repeating = [path for path in release if path.startswith("data/") and not path.endswith(".csv")]
    for path in repeating:
        if release[path]:
            yield a_byte(release, path, chance)


def found(content: Content) -> list[str]:
    report = verify(InMemory(content))
    assert report.ok == (not report.lines)
    return report.lines


def named(releases: tuple[Content, ...], chance: random.Random) -> Counter[str]:
    """Of what the tables prove among themselves the very row is told, without the files that repeat them."""
    told: Counter[str] = Counter()
    for one in of_cells(releases, chance):
        name = one.path.rpartition("/")[2]
        lines = found(sealed(one.content))
        here = any(re.search(rf"\b{re.escape(name)} row {one.row}\b", line) for line in lines)
        told["found" if here else f"row not named: {one.words}: {lines[:3]}"] += 1
    return told


def judged(releases: tuple[Content, ...], chance: random.Random) -> Counter[str]:
    """Everything else: found, or in a file that says nothing of a claim or its citation."""
    told: Counter[str] = Counter()
    for kind in (of_every_other_column, of_rows, of_files):
        for one in kind(releases, chance):
            assert one.content not in releases, one.words
            if found(sealed(one.content)):
                told["found"] += 1
            else:
                told[f"beside: {one.path}" if one.path in BESIDE else f"not found: {one.words}"] += 1
    return told


@pytest.mark.slow
def test_five_hundred_single_corruptions_are_found_or_beside_the_claims(releases, monkeypatch):
    """Every digest was made true again, so none is found by SHA-256 but by what the files say."""
    chance = random.Random(20310304)
    assert [found(release) for release in releases] == [[], []]
    told = judged(releases, chance)
    with monkeypatch.context() as patched:
        patched.setattr(command, "check_derived", lambda *_: None)
        told += named(releases, chance)
    rest = {words for words in told if words != "found"}
    assert rest <= {f"beside: {path}" for path in BESIDE}, "\n".join(sorted(rest))
    assert told["found"] >= 500, told


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"type": "article-newspaper"', b'"type": "article-magazine"'),
        (b'"type": "article-newspaper"', b'"note": "more", "type": "article-newspaper"'),
        (b'"type": "article-newspaper"', b'"type":  "article-newspaper"'),
        (b'"title": ', b'"title": "first", "title": '),
    ],
)
def test_a_reference_of_another_kind_or_with_more_to_say_is_found(few, before, after):
    path = "data/references.json"
    made = few | {path: few[path].replace(before, after, 1)}
    assert made != few
    assert any("references.json line 2" in line for line in found(sealed(made)))


@pytest.mark.lengthy
def test_without_mended_digests_a_change_beside_the_claims_is_found_too(few):
    chance = random.Random(20310306)
    for path in BESIDE:
        one = a_byte(few, path, chance)
        assert found(one.content), one.words


MANIFESTS = {
    "one space": lambda text: text.replace("  data/claims", " data/claims", 1),
    "three spaces": lambda text: text.replace("  data/claims", "   data/claims", 1),
    "a tab": lambda text: text.replace("  data/claims", "\t\tdata/claims", 1),
    "space at the end": lambda text: text.replace("claims.csv\n", "claims.csv \n", 1),
    "space before": lambda text: " " + text,
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "one CR LF": lambda text: text.replace("\n", "\r\n", 1),
    "an empty line": lambda text: text.replace("\n", "\n\n", 1),
    "no end of the last line": lambda text: text[:-1],
    "a byte order mark": lambda text: "\ufeff" + text,
    "capitals": lambda text: text[:64].upper() + text[64:],
    "a line twice": lambda text: text + text.split("\n")[0] + "\n",
    "a line gone": lambda text: text.partition("\n")[2],
    "a full-width space": lambda text: text.replace("  data/claims", "\u3000data/claims", 1),
    "a name with a dot before": lambda text: text.replace("  data/claims", "  ./data/claims", 1),
    "another digest": lambda text: ("0" if text[0] != "0" else "1") + text[1:],
}


@pytest.mark.lengthy
@pytest.mark.parametrize("how", MANIFESTS)
def test_a_manifest_written_otherwise_is_found(few, how):
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        change = MANIFESTS[how]
        if manifest.startswith("tag"):
            text = few[manifest].decode().replace("bagit.txt", "data/claims.csv", 1)
            text = change(text).replace("data/claims.csv", "bagit.txt")
        else:
            text = change(few[manifest].decode())
        made = few | {manifest: text.encode()}
        if not manifest.startswith("tag"):
            retag(made)
        assert made[manifest] != few[manifest]
        assert any(manifest in line for line in found(made)), manifest


@pytest.mark.lengthy
def test_a_bag_without_a_manifest_is_none(few):
    for path in MANIFESTED:
        kept = {name: content for name, content in few.items() if name != path}
        assert f"{path} is missing" in found(kept)
        assert found(kept | {path: b""})


def test_the_order_of_a_manifest_says_nothing(few):
    """The one change of it that changes nothing (RFC 8493 gives its lines no order)."""
    lines = few["manifest-sha256.txt"].decode().splitlines()
    made = few | {"manifest-sha256.txt": ("\n".join(reversed(lines)) + "\n").encode()}
    retag(made)
    assert found(made) == []


@pytest.mark.lengthy
def test_a_zip_that_breaks_off_or_has_another_bit_is_found(few_zip, tmp_path):
    """Unless the bit lies where a ZIP says nothing of its files: then all of them are what they were."""
    content, chance = few_zip.read_bytes(), random.Random(20310307)
    path, told = tmp_path / "a.zip", Counter()
    for _ in range(60):
        path.write_bytes(content[: chance.randrange(len(content))])
        assert not verify(path).ok
    for _ in range(60):
        at = chance.randrange(len(content))
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
        if verify(path).ok:
            told["beside"] += 1
            assert read(path) == read(few_zip), at
        else:
            told["found"] += 1
    assert told["found"] >= 50, told


@pytest.mark.parametrize("which", ["prefix", "suffix"])
def test_a_changed_context_is_found_from_the_claim_or_its_sentence(top, which):
    rows = table(top, "annotations")
    at, kind = rows[0].index(which), rows[0].index("kind")
    number = next(n for n, row in enumerate(rows) if row[kind] == "claim" and row[at])
    rows[number][at] = rows[number][at][:-1] + "§"
    write_table(top, "annotations", rows)
    seal(top)
    report = verify(top)
    assert any(f"annotations.csv row {number + 1}" in line for line in report.lines)
    assert report.held == report.citations - 1


def test_without_mended_manifests_the_row_is_named_as_well(top):
    rows = table(top, "claims")
    rows[3][1] = "x" + rows[3][1][1:]
    write_table(top, "claims", rows)
    lines = verify(top).lines
    assert any(line.startswith("data/claims.csv has the SHA-256") for line in lines)
    assert any(line.startswith("claims.csv row 4 ") for line in lines)


@pytest.mark.lengthy
def test_swapped_and_dropped_rows_are_found(top):
    rows = table(top, "sentences")
    at = rows[0].index("text")
    rows[1][at], rows[2][at] = rows[2][at], rows[1][at]
    write_table(top, "sentences", rows)
    seal(top)
    assert verify(top).count >= 2
    rows[1][at], rows[2][at] = rows[2][at], rows[1][at]
    for name in ("sentences", "annotations", "claims", "articles", "snapshots", "actors"):
        kept = table(top, name) if name != "sentences" else rows
        write_table(top, name, [*kept[:2], *kept[3:]])
        seal(top)
        assert not verify(top).ok, name
        write_table(top, name, kept)
    seal(top)
    assert verify(top).ok


@pytest.mark.lengthy
def test_included_texts_are_read(demo_release, tmp_path):
    top = unpack(demo_release["texts"], tmp_path / "texts")
    report = verify(top)
    assert report.ok
    assert (report.texts_included, report.texts_missing) == (8, 0)
    path = next((top / "data" / "texts").iterdir())
    path.write_text("§" + path.read_text()[1:])
    seal(top)
    assert any("another digest" in line for line in verify(top).lines)
