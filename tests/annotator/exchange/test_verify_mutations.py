"""One changed character, with every manifest made true again: the row is named all the same."""

import random
import re

import pytest

from annotator.exchange.verification import command, verify

from .releases import seal, table, unpack, write_table

# The quotes, sentences, offsets and digests of a release, wherever they are stated.
PROVED = {
    "claims": (
        *("quote", "quote_printed", "sentences", "sentence_ids", "extent", "first_start", "last_end"),
        *("prefix", "suffix", "snapshot_sha256", "snapshot_length", "citation", "reference_id", "title"),
        *("outlet_seen", "published_edtf", "url", "article_id", "annotation_id", "claim_id", "permalink"),
        *("speaker_id", "speaker", "n_speakers", "release_version", "independent_source_group"),
        *("addressee_id", "addressee", "addressee_mention_id"),
        *("target_ids", "targets", "target_words_ids"),
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
    "articles": ("article_id", "title", "url", "snapshot_sha256", "citation", "reference_id", "n_claims"),
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
TIMES = 620
REPLACEMENTS = "0123456789abcdefxyzÄ—ب🌊;-= "


def mutated(cell: str, chance: random.Random) -> str:
    at = chance.randrange(len(cell))
    return cell[:at] + chance.choice([c for c in REPLACEMENTS if c != cell[at]]) + cell[at + 1 :]


def places(chance: random.Random, tables: dict[str, list[list[str]]]):
    """Every kind of place about as often as any other."""
    kinds = [(name, column) for name, columns in PROVED.items() for column in columns]
    for time in range(TIMES):
        name, column = kinds[time % len(kinds)]
        header, *rows = tables[name]
        at = header.index(column)
        filled = [number for number, row in enumerate(rows, 1) if row[at]]
        yield name, column, chance.choice(filled), at


@pytest.mark.slow
def test_any_changed_character_is_found_and_its_row_named(top, monkeypatch):
    """By the tables alone: what says them once more, and takes a third of the time, is left out here."""
    chance = random.Random(20310304)
    monkeypatch.setattr(command, "check_derived", lambda *_: None)
    tables = {name: table(top, name) for name in PROVED}
    missed = []
    for name, column, number, at in places(chance, tables):
        row = tables[name][number]
        before = row[at]
        row[at] = mutated(before, chance)
        write_table(top, name, tables[name])
        seal(top)
        report = verify(top)
        if report.ok or not any(
            re.search(rf"\b{name}\.csv row {number + 1}\b", line) for line in report.lines
        ):
            missed.append((name, column, number + 1, before, row[at], report.lines[:3]))
        row[at] = before
        write_table(top, name, tables[name])
    seal(top)
    assert not missed, "\n".join(map(repr, missed))
    monkeypatch.undo()
    assert verify(top).ok


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


@pytest.mark.slow
def test_missing_and_foreign_files_are_found(top):
    for path in sorted(p for p in top.rglob("*") if p.is_file()):
        content = path.read_bytes()
        path.unlink()
        assert not verify(top).ok, path
        path.write_bytes(content)
    (top / "data" / "more.txt").write_text("more")
    assert any("more.txt is not in manifest" in line for line in verify(top).lines)


def test_a_broken_zip_is_not_a_dataset(demo_release, tmp_path):
    whole = demo_release["plain"].read_bytes()
    for share in (0, 0.3, 0.9, 0.999):
        (tmp_path / "cut.zip").write_bytes(whole[: int(len(whole) * share)])
        assert not verify(tmp_path / "cut.zip").ok


def test_a_manifest_with_other_white_space_is_found(top):
    path = top / "manifest-sha256.txt"
    path.write_text(path.read_text().replace("  data/claims", " \tdata/claims"))
    assert any("manifest-sha256.txt has a line that is none" in line for line in verify(top).lines)


def test_included_texts_are_read(demo_release, tmp_path):
    top = unpack(demo_release["texts"], tmp_path / "texts")
    report = verify(top)
    assert report.ok
    assert (report.texts_included, report.texts_missing) == (8, 0)
    path = next((top / "data" / "texts").iterdir())
    path.write_text("§" + path.read_text()[1:])
    seal(top)
    assert any("another digest" in line for line in verify(top).lines)
