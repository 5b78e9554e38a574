"""The cache that all web processes count in: what it keeps, what it never runs, and who counts at once."""

import base64
import pickle
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client, override_settings

from annotator.json_cache import JSONCache
from tests.racing import race

TABLES = {name: said["LOCATION"] for name, said in settings.CACHES.items()}
RAN: list[str] = []


def run(where: str) -> None:
    RAN.append(where)


class Planted:
    """Runs code of whoever pickled it as soon as it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return run, ("here",)


def plant(table: str, key: str, value: str) -> None:
    """A row as anybody writes it who has come by the rights of the app's database role."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, now() + interval '1 hour')",
            [key, value],
        )


@pytest.mark.parametrize("name", TABLES)
def test_a_planted_pickle_is_never_loaded(db: None, name: str) -> None:
    assert type(caches[name]) is JSONCache, "and no cache of the settings is of another sort"
    pickled = base64.b64encode(pickle.dumps(Planted())).decode()
    plant(TABLES[name], ":1:tries", pickled)
    RAN.clear()
    DatabaseCache(TABLES[name], {}).get("tries")
    assert RAN == ["here"], "Django's own runs it"
    RAN.clear()
    assert caches[name].get("tries") is None
    assert caches[name].has_key("tries") is False
    with pytest.raises(ValueError):
        caches[name].incr("tries")
    assert caches[name].get_many(["tries", "others"]) == {}
    assert caches[name].set("tries", 1) is None and caches[name].get("tries") == 1
    assert RAN == []


@pytest.mark.parametrize("value", ["{", "9" * 5000, "[" * 100_000, "", "null null", "\\ud800"])
def test_a_row_that_holds_no_json_is_as_good_as_none(db: None, value: str) -> None:
    plant(TABLES["default"], ":1:tries", value)
    assert cache.get("tries", "nothing") == "nothing"


@pytest.mark.parametrize(
    "value", [0, -7, 0.1 + 0.2, 1763842800.123456, True, None, "né\x00", [1.5, []], {"a": [1]}]
)
def test_what_json_has_comes_back_as_it_was(db: None, value: Any) -> None:
    cache.set("tries", value)
    assert cache.get("tries", "nothing") == value
    assert type(cache.get("tries", "nothing")) is type(value)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", float("nan"), Planted()])
def test_what_json_does_not_have_is_refused_where_it_is_kept(db: None, value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        cache.set("tries", value)
    assert cache.get("tries") is None


def test_what_is_over_is_not_there(db: None) -> None:
    assert cache.add("tries", 1, timeout=60)
    assert not cache.add("tries", 2, timeout=60)
    assert (cache.get("tries"), cache.incr("tries"), cache.incr("tries", 5), cache.decr("tries")) == (
        1,
        2,
        7,
        6,
    )
    assert cache.touch("tries", timeout=None) and cache.get("tries") == 6
    assert cache.touch("tries", timeout=-1) and cache.get("tries") is None
    assert not cache.touch("tries", timeout=60)
    with pytest.raises(ValueError):
        cache.incr("tries")
    assert cache.add("tries", 3) and cache.get("tries") == 3
    assert cache.delete("tries") and cache.get("tries") is None


def test_counting_does_not_prolong(db: None) -> None:
    def until() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT expires FROM {TABLES['default']} WHERE cache_key = ':1:tries'")
            return cursor.fetchone()

    cache.add("tries", 0, timeout=3600)
    before = until()
    assert cache.incr("tries") == 1
    assert caches["default"].count("tries", 9) == 2  # type: ignore[attr-defined]  # JSONCache's own
    assert until() == before


def test_what_is_over_or_counts_nothing_is_counted_anew(db: None) -> None:
    counting = JSONCache(TABLES["default"], {"OPTIONS": {"MAX_ENTRIES": 2}})
    for before in (None, (7, -1), ("seven", 60), (True, 60)):
        cache.clear()
        if before:
            counting.set("tries", before[0], timeout=before[1])
        assert [counting.count("tries", 60) for _ in range(2)] == [1, 2], before
        assert cache.get("tries") == 2
    assert [counting.count(name, 60) for name in ("others", "newest")] == [1, 1]
    kept = counting.get_many(["tries", "others", "newest"])
    assert len(kept) == 2 and kept["newest"] == 1, "with room for two"


def test_what_is_over_makes_room_first_and_what_was_just_counted_never(db: None) -> None:
    small = JSONCache(TABLES["default"], {"OPTIONS": {"MAX_ENTRIES": 3}})
    cache.clear()

    def rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {TABLES['default']}")
            return int(cursor.fetchone()[0])

    for name in "abc":
        small.set(name, 1, timeout=-60)
    small.set("d", 1)
    small.set("e", 1)
    assert (small.get_many("abcde"), rows()) == ({"d": 1, "e": 1}, 2)
    small.set("f", 1, timeout=60)
    small.set("f", 2, timeout=60)
    assert (small.get_many("def"), rows()) == ({"d": 1, "e": 1, "f": 2}, 3), "what was there makes none"
    for newest in "ghijkl":
        small.add(newest, 7, timeout=60)
        assert (small.get(newest), rows()) == (7, 3), "never what was just counted"


@pytest.mark.lengthy
def test_of_all_who_count_at_once_none_is_lost_and_one_gets_the_lock(committed_db: str) -> None:
    """Each over a connection of its own, as two web processes have them."""
    for _ in range(5):
        cache.clear()
        cache.add("tries", 0)
        assert sorted(race([partial(cache.incr, "tries")] * 8)) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert sorted(race([partial(caches["default"].count, "asks", 60)] * 8)) == [1, 2, 3, 4, 5, 6, 7, 8]
        cache.set("lock", True, timeout=-1)  # of a process that was killed while it held it
        assert sorted(race([partial(cache.add, "lock", True, 60)] * 8)) == [False] * 7 + [True]
        cache.delete("lock")
        assert sorted(race([partial(cache.add, "lock", True, 60)] * 8)) == [False] * 7 + [True]


@pytest.mark.lengthy
def test_programs_that_ask_at_one_moment_are_counted_one_by_one(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.api.throttles.time", lambda: 1_000_000_000.0)
    caches["api"].clear()
    with override_settings(API_RATES={"token": 3, "nobody": 3}):
        answers = race([lambda: Client().get("/api/v1/projects/").status_code] * 10)
    assert sorted(answers) == [200] * 3 + [429] * 7
