"""What is refused on receiving is told, and stops nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError, IntegrityError, connection, transaction

from annotator.actions.gathering import CHECK_NOW
from annotator.exchange.importers.bundle import At
from annotator.intents.refusal import InUse, Refused, Stale, Taken, VersionNeeded

from .report import Report, Told


@contextmanager
def held() -> Iterator[None]:
    """A savepoint at whose end everything is checked that PostgreSQL would check when the transaction ends:
    there it would take the rest along, and be told to nobody."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute(CHECK_NOW)


@contextmanager
def refusals_told(report: Report, at: At, what: str, counted: str = "refused") -> Iterator[None]:
    """Whatever is refused within goes into the report. The caller holds a savepoint within (`held`)."""
    try:
        yield
    except Refused as error:
        report.refuse(at, what, error.rule, str(error), counted)
    except (VersionNeeded, Stale):
        report.counts["changed"] += 1
        said = "is here already and says something else here: it was left as it is"
        report.changed.append(Told(at, what, "left_as_it_is", said))
    except Taken:
        report.refuse(at, what, "taken", "its identifier is in use for something else", counted)
    except InUse as error:
        report.refuse(at, what, "in_use", str(error), counted)
    except (DataError, IntegrityError) as error:
        # The intents are meant to let through only what fits; should they not, the rest still comes in.
        diagnosis = getattr(error.__cause__, "diag", None)
        rule = getattr(diagnosis, "constraint_name", None) or "database"
        report.refuse(at, what, rule, f"the database does not take it: {str(error).splitlines()[0]}", counted)
