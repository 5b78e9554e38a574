"""What the app role may not do at all, whatever SQL it runs."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import Error, ProgrammingError, connection, transaction

from annotator.database_roles import as_owner
from annotator.models import Claim, CodebookVersion, Review
from sources.models import Block, Capture, Change, Segmentation, Sentence, Snapshot
from tests.factories import World

from . import rows
from .attempt import outcome, running

IMMUTABLE = [Capture, Segmentation, Sentence, CodebookVersion, Review]
KEPT = [Snapshot, Block, Claim, *IMMUTABLE]

STATEMENTS = [
    "UPDATE sources_snapshot SET text = 'other'",
    "UPDATE sources_snapshot SET sha256 = ''",
    "UPDATE sources_block SET start = 0",
    "UPDATE sources_segmentation SET made_in = ''",
    'UPDATE sources_sentence SET "end" = 1',
    "UPDATE annotator_annotationsentence SET sentence_id = sentence_id",
    "UPDATE annotator_claimrelation SET note = ''",
    "DELETE FROM sources_project",
    "DELETE FROM sources_article",
    "DELETE FROM annotator_code",
    "DELETE FROM annotator_actor",
    "DELETE FROM annotator_event",
    "DELETE FROM annotator_release",
    "DELETE FROM sources_user",
    "TRUNCATE sources_snapshot CASCADE",
    "TRUNCATE annotator_review",
    "TRUNCATE sources_change",
    "INSERT INTO sources_change (\"table\", operation, request, transaction) VALUES ('x', 'INSERT', '', 1)",
    "UPDATE sources_change SET user_id = NULL",
    "DELETE FROM sources_change",
    "COPY sources_change (\"table\") FROM PROGRAM 'true'",
    "SELECT setval('sources_change_id_seq', 1)",
    "SELECT FROM sources_change FOR UPDATE",
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', true)",
    "ALTER TABLE sources_snapshot DISABLE TRIGGER ALL",
    "ALTER TABLE annotator_annotation DROP CONSTRAINT annotation_within_text",
    "DROP TRIGGER history_update ON annotator_claim",
    "CREATE OR REPLACE FUNCTION public.sourceline_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE TRIGGER mine BEFORE INSERT ON annotator_claim EXECUTE FUNCTION sourceline_refuse('mine')",
    "SET ROLE sourceline_owner",
    "ALTER ROLE sourceline_app SUPERUSER",
    "CREATE SCHEMA mine",
    "CREATE TABLE public.mine (id int)",
    "LOCK TABLE sources_change IN ACCESS EXCLUSIVE MODE",
]


def _forbidden(act: Callable[[Any], Any]) -> None:
    with pytest.raises(ProgrammingError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        act(cursor)
    assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege), refusal.value


@pytest.mark.parametrize("statement", STATEMENTS)
def test_has_no_right_to(world: World, statement: str) -> None:
    _forbidden(lambda cursor: cursor.execute(statement))


@pytest.mark.parametrize("model", [*IMMUTABLE, Change], ids=lambda m: m.__name__)
def test_updates_nothing_immutable_through_the_orm(world: World, model: Any) -> None:
    row = model.objects.order_by("pk")[0]
    field = next(f.name for f in model._meta.concrete_fields if not f.primary_key)
    _forbidden(lambda _: model.objects.filter(pk=row.pk).update(**{field: getattr(row, field)}))
    _forbidden(lambda _: model.objects.bulk_update([row], [field]))


def test_updates_no_text_through_the_orm(world: World) -> None:
    snapshot = world.here.snapshot
    _forbidden(lambda _: Snapshot.objects.filter(pk=snapshot.pk).update(text="other"))
    _forbidden(lambda _: Snapshot.objects.bulk_update([snapshot], ["text", "sha256"]))
    block = Block.objects.all()[0]
    _forbidden(lambda _: Block.objects.bulk_update([block], ["start", "version"]))


@pytest.mark.parametrize("model", [*KEPT, Change], ids=lambda m: m.__name__)
def test_deletes_nothing_kept_through_the_orm(world: World, model: Any) -> None:
    row = model.objects.order_by("pk")[0]
    _forbidden(lambda _: model.objects.filter(pk=row.pk)._raw_delete("default"))


def test_writes_no_history_through_the_orm(world: World) -> None:
    _forbidden(lambda _: Change.objects.bulk_create([Change(table="x", operation="INSERT", transaction=1)]))


@pytest.mark.parametrize(
    "function",
    ["sourceline_write_history('id')", "sourceline_anonymous_stays()", "sourceline_annotation_true()"],
)
def test_hangs_no_function_of_the_owner_on_a_table_of_its_own(world: World, function: str) -> None:
    """It would run as the owner, on rows of the app's making: false history."""

    def act(cursor: Any) -> None:
        cursor.execute("CREATE TEMP TABLE annotator_review (id bigint, project_id bigint) ON COMMIT DROP")
        cursor.execute(
            "CREATE TRIGGER forged AFTER INSERT ON pg_temp.annotator_review REFERENCING NEW TABLE AS new_rows"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}"
        )

    _forbidden(act)


def test_hides_nothing_behind_temporary_tables(world: World) -> None:
    """A table of the app's own that has the history's name, first in the search path, stays empty."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE sources_change (LIKE public.sources_change) ON COMMIT DROP;"
            "CREATE TEMP TABLE sources_snapshot (LIKE public.sources_snapshot) ON COMMIT DROP;"
            "SET LOCAL search_path = pg_temp, public"
        )
        pk = rows.insert(
            cursor,
            "annotator_actoralias",
            project_id=world.here.project.pk,
            actor_id=world.here.actor.pk,
            name="Y",
        )
        cursor.execute("SELECT count(*) FROM pg_temp.sources_change")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT operation FROM public.sources_change WHERE row_id = %s ORDER BY id DESC", [pk])
        assert cursor.fetchone() == ("INSERT",)
        with pytest.raises(Error) as refusal, transaction.atomic():
            rows.annotation(cursor, world.here, quotes=["Valm"])
        assert "annotation_quotes_are_slices" in str(refusal.value)
        transaction.set_rollback(True)


def test_a_setting_that_says_purging_purges_nothing(world: World) -> None:
    """Claims may be deleted by nobody but the owner's own function, even with the grant that is missing."""
    with as_owner():
        attempt = running(
            "claim_withdrawn_not_deleted",
            "annotator_claim",
            f"SET LOCAL sourceline.purge = '{world.here.project.pk}'",
            f"DELETE FROM annotator_claim WHERE annotation_id = {world.here.lone.pk}",
        )
        assert (
            outcome(attempt, world, first="GRANT DELETE ON annotator_claim TO sourceline_app").rule
            == "claim_withdrawn_not_deleted"
        )
