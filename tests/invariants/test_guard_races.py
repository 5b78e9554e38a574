"""Two transactions, each true alone and false together: the guards that look at other rows lock them."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest

from annotator.embedded_postgres import Server
from tests.factories import World

from . import rows

OVERLAP = "annotation_sentences_overlap"
ANONYMOUS = "anonymous_actor_stays_in_its_article"
PATIENCE = 120  # seconds until what has not come counts as never coming


class Two:
    """Two connections of the app role; the second works in a thread, where it can be kept waiting."""

    def __init__(self, url: str, world: World, pool: ThreadPoolExecutor) -> None:
        self.world, self.pool = world, pool
        self.first, self.second, self.watcher = (psycopg.connect(url) for _ in range(3))

    def later(self, act: Callable[[Any], Any]) -> Future[Any]:
        """Have the second do it; returns when it is done or waits for a lock that the first holds."""

        def run() -> None:
            act(self.second)
            self.second.commit()

        doing = self.pool.submit(run)
        end = monotonic() + PATIENCE
        while not doing.done() and not self._waits() and monotonic() < end:
            sleep(0.01)
        return doing

    def _waits(self) -> bool:
        pid = self.second.info.backend_pid
        with self.watcher.transaction():
            (found,) = self.watcher.execute("SELECT pg_blocking_pids(%s) <> '{}'", [pid]).fetchone()
        return found


@contextmanager
def refused(rule: str) -> Iterator[None]:
    with pytest.raises(psycopg.errors.IntegrityError) as error:
        yield
    assert error.value.diag.constraint_name == rule


@pytest.fixture
def two(committed_db: str, committed_world: World, embedded_server: Server) -> Iterator[Two]:
    with ThreadPoolExecutor(1) as pool:
        pair = Two(embedded_server.url("sourceline_app", committed_db), committed_world, pool)
        try:
            yield pair
        finally:
            for connection in (pair.first, pair.second, pair.watcher):
                connection.close()


def _wide(two: Two) -> int:
    """An annotation of words in the sentences 1 and 3, linked to the first only."""
    side = two.world.here
    third, text = rows.sentence(side.snapshot, 3), side.snapshot.text
    with two.first.cursor() as cursor:
        pk = rows.annotation(
            cursor,
            side,
            extent=f"{{[0,4),[{third.start},{third.start + 3})}}",
            quotes=[text[0:4], text[third.start : third.start + 3]],
        )
    two.first.commit()
    return pk


def _narrow(connection: Any, pk: int) -> None:
    connection.execute(
        "UPDATE annotator_annotation SET extent = '{[0,4)}', quotes = quotes[1:1], version = version + 1"
        " WHERE id = %s",
        [pk],
    )


def _link_third(connection: Any, two: Two, pk: int) -> None:
    side = two.world.here
    with connection.cursor() as cursor:
        rows.link(cursor, side, pk, side.snapshot, sentence_id=rows.sentence(side.snapshot, 3).pk)


def test_a_link_and_a_move_away_from_its_sentence(two: Two) -> None:
    pk = _wide(two)
    _link_third(two.first, two, pk)
    moving = two.later(lambda c: _narrow(c, pk))
    two.first.commit()
    with refused(OVERLAP):
        moving.result(PATIENCE)


def test_a_move_and_a_link_to_the_sentence_left(two: Two) -> None:
    pk = _wide(two)
    _narrow(two.first, pk)
    linking = two.later(lambda c: _link_third(c, two, pk))
    two.first.commit()
    with refused(OVERLAP):
        linking.result(PATIENCE)


def _named(two: Two) -> int:
    with two.first.cursor() as cursor:
        pk = rows.another(cursor, two.world, "annotator_actor")
    two.first.commit()
    return pk


def _hide(connection: Any, two: Two, actor: int) -> None:
    connection.execute(
        "UPDATE annotator_actor SET naming = 'anonymous', article_id = %s, version = version + 1"
        " WHERE id = %s",
        [two.world.here.article.pk, actor],
    )


def _mention_elsewhere(connection: Any, two: Two, actor: int) -> None:
    with connection.cursor() as cursor:
        rows.another(
            cursor,
            two.world,
            "annotator_actormention",
            snapshot=two.world.here.second_snapshot,
            actor_id=actor,
        )


def test_a_mention_and_its_actor_made_anonymous_elsewhere(two: Two) -> None:
    actor = _named(two)
    _mention_elsewhere(two.first, two, actor)
    hiding = two.later(lambda c: _hide(c, two, actor))
    two.first.commit()
    with refused(ANONYMOUS):
        hiding.result(PATIENCE)


def test_an_actor_made_anonymous_and_mentioned_elsewhere(two: Two) -> None:
    actor = _named(two)
    _hide(two.first, two, actor)
    mentioning = two.later(lambda c: _mention_elsewhere(c, two, actor))
    two.first.commit()
    with refused(ANONYMOUS):
        mentioning.result(PATIENCE)


def _watch(connection: Any, two: Two, first: int, last: int) -> None:
    connection.execute(
        "INSERT INTO annotator_watchterm"
        " (uuid, project_id, words, is_pattern, whole_words, case_sensitive, note, version)"
        " SELECT gen_random_uuid(), %s, 'word ' || n, false, true, false, '', 1"
        " FROM generate_series(%s::int, %s::int) n",
        [two.world.here.project.pk, first, last],
    )


def test_two_who_fill_a_projects_watch_terms_at_once(two: Two) -> None:
    _watch(two.first, two, 1, 600)
    adding = two.later(lambda c: _watch(c, two, 601, 1200))
    two.first.commit()
    with refused("watch_terms_at_most"):
        adding.result(PATIENCE)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_what_looks_at_an_old_picture_changes_nothing(two: Two, level: str) -> None:
    """A guard that sees the database as it was cannot see what was written meanwhile."""
    pk, actor = _wide(two), _named(two)
    for act in (
        lambda c: _narrow(c, pk),
        lambda c: _hide(c, two, actor),
        lambda c: _watch(c, two, 1, 1),
    ):
        two.second.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        with refused("changes_need_read_committed"):
            act(two.second)
        two.second.rollback()


def test_a_late_link_in_an_old_picture_is_refused(two: Two) -> None:
    pk = _wide(two)
    two.second.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    two.second.execute("SELECT count(*) FROM annotator_annotation")
    _narrow(two.first, pk)
    two.first.commit()
    with pytest.raises(psycopg.errors.SerializationFailure):
        _link_third(two.second, two, pk)
