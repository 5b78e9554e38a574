"""Addresses that were refused, handed over once more."""

from annotator.queries.intakes import tried_again
from sources.actions.locks import lock_intake
from sources.actions.reading_ahead import Options
from sources.models import Intake, IntakeItem, IntakeOutcome, IntakeState, User, acting

from .intakes import begin_addresses


def again_refused(*, by: User, intake: Intake) -> Intake | None:
    """The addresses of one that is over that were refused, handed over once more; None where none was.

    Once: who asks again gets the intake that took them up, and of one that was stopped, another one with what
    it had not looked at.
    """
    with acting(by):
        lock_intake(intake.pk)
        refused = IntakeItem.objects.filter(intake=intake, outcome=IntakeOutcome.REFUSED).exclude(address="")
        addresses = list(refused.order_by("position").values_list("address", flat=True))
        before = tried_again(intake)
        if before is not None:
            addresses = _not_looked_at(before)
        if not addresses or not intake.ended:
            return before
        return begin_addresses(
            by=by,
            project=intake.project,
            addresses=addresses,
            options=Options.of(intake.options),
            again=bool(intake.options.get("again")),
            article=intake.options.get("article"),
            refused_in=intake.uuid,
        )


def _not_looked_at(intake: Intake) -> list[str]:
    """The addresses of one that was stopped before their turn came."""
    if intake.state != IntakeState.STOPPED:
        return []
    done = set(IntakeItem.objects.filter(intake=intake).values_list("position", flat=True))
    return [one for position, one in enumerate(intake.options["addresses"]) if position not in done]
