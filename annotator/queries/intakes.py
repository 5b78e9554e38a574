"""Acts of taking articles in: how far they are, and what became of each thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from sources.models import Intake, IntakeItem, IntakeMethod, IntakeOutcome, IntakeState, Project

RECENT = 8
_ALIVE = timedelta(seconds=30)  # since the last sign of a worker's life, of which it gives one each ten
_SINCE = timedelta(seconds=4)
_SILENT = timedelta(minutes=2)
_WORDS = {
    "new": ("new", "new"),
    "reprint": ("reprint", "reprints"),
    "changed": ("changed text", "changed texts"),
    "known": ("already here", "already here"),
    "refused": ("refused", "refused"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an intake is: `counts` by outcome."""

    intake: Intake
    counts: dict[str, int]

    @property
    def done(self) -> int:
        return sum(self.counts.values())

    @property
    def expected(self) -> int:
        """0 where nobody knows how many there are."""
        return max(self.intake.expected or 0, self.done if self.intake.expected else 0)

    @property
    def percent(self) -> int:
        """To the nearest whole, but 100 only when all were looked at."""
        if not self.expected:
            return 0
        return 100 if self.done == self.expected else min(99, round(100 * self.done / self.expected))

    @property
    def refused(self) -> int:
        return self.counts.get("refused", 0)

    @property
    def taken(self) -> int:
        return self.done - self.refused

    @property
    def known(self) -> int:
        return self.counts.get("known", 0)

    @property
    def headline(self) -> str:
        """What came of it in one sentence: what is new, or that nothing is."""
        if not self.done:
            return "There was nothing to take in."
        for alike, said in ((self.known, "already here"), (self.refused, "refused")):
            if alike == self.done:
                return f"It was {said}." if alike == 1 else f"All {alike} were {said}."
        added = self.taken - self.known
        return f"{added} of {self.done} taken in." if added else "Nothing of it was new."

    @property
    def details(self) -> str:
        """What the headline leaves open, as a sentence; empty where it says it all."""
        if self.done in (0, self.known, self.refused):
            return ""
        return f"{self.in_words[:1].upper()}{self.in_words[1:]}."

    @property
    def in_words(self) -> str:
        """ "3 new, 1 reprint, 2 refused"."""
        return ", ".join(
            f"{self.counts[outcome]} {one if self.counts[outcome] == 1 else many}"
            for outcome, (one, many) in _WORDS.items()
            if self.counts.get(outcome)
        )


def intake_of(project: Project, uuid: UUID) -> Intake | None:
    return Intake.objects.select_related("by", "project").filter(project=project, uuid=uuid).first()


def standing(intake: Intake) -> Standing:
    """One query."""
    return Standing(intake, _counts([intake]).get(intake.pk, {}))


def recent(project: Project) -> list[Standing]:
    """The latest intakes, the newest first. Two queries."""
    return standings(
        list(Intake.objects.select_related("by").filter(project=project).order_by("-pk")[:RECENT])
    )


def standings(intakes: list[Intake]) -> list[Standing]:
    """How far each is, in that order. One query, or none for none."""
    counts = _counts(intakes) if intakes else {}
    return [Standing(one, counts.get(one.pk, {})) for one in intakes]


def _counts(intakes: Iterable[Intake]) -> dict[int, dict[str, int]]:
    rows = IntakeItem.objects.filter(intake__in=[one.pk for one in intakes])
    counts: dict[int, dict[str, int]] = {}
    for intake, outcome, number in (
        rows.values_list("intake_id", "outcome").annotate(n=Count("pk")).order_by()
    ):
        counts.setdefault(intake, {})[outcome] = number
    return counts


def lines(intake: Intake, outcome: str = "", *, newest_first: bool = False) -> QuerySet[IntakeItem]:
    """The lines of its report, each with the record as it is now and `text_number`, the text's number."""
    found = IntakeItem.objects.filter(intake=intake).annotate(text_number=F("snapshot__number"))
    if outcome in IntakeOutcome.values:
        found = found.filter(outcome=outcome)
    return found.select_related("article__publication", "article__reprint_of__publication").order_by(
        "-position" if newest_first else "position"
    )


def refused_addresses(intake: Intake) -> int:
    """How many addresses of one that is over were refused: they can be tried again. One query, or none."""
    if not intake.ended or not intake.options.get("addresses"):
        return 0
    return IntakeItem.objects.filter(intake=intake, outcome=IntakeOutcome.REFUSED).exclude(address="").count()


def tried_again(intake: Intake) -> Intake | None:
    """The latest intake that took up the addresses that were refused in this one. One query."""
    later = Intake.objects.filter(project=intake.project_id, pk__gt=intake.pk)
    return later.filter(options__refused_in=str(intake.uuid)).order_by("-pk").first()


def nobody_works(intake: Intake) -> bool:
    """Whether it has waited some seconds, or been silent for minutes, and no worker gives a sign of life.

    One run at the command line needs no worker: silence alone tells of it.
    """
    now = timezone.now()
    if intake.state == IntakeState.WAITING:
        return now - intake.created_at > _SINCE and not workers_alive()
    if intake.state != IntakeState.RUNNING:
        return False
    latest = IntakeItem.objects.filter(intake=intake).aggregate(at=Max("at"))["at"]
    silent = now - max(filter(None, (latest, intake.started_at, intake.created_at))) > _SILENT
    return silent and (intake.method == IntakeMethod.COMMAND or not workers_alive())


def given_up(intake: Intake) -> bool:
    """Whether a worker was to take it in and failed again and again, so that no job is left for it."""
    if (
        intake.state not in (IntakeState.WAITING, IntakeState.RUNNING)
        or intake.method == IntakeMethod.COMMAND
    ):
        return False
    jobs = ProcrastinateJob.objects.filter(lock=f"intake {intake.uuid}")
    return not jobs.filter(status__in=("todo", "doing")).exists()


def silent_commands(project: Project, name: str) -> list[Intake]:
    """Those of that name, run at the command line, from which nothing came for minutes: they were killed."""
    found = Intake.objects.select_related("project", "by").filter(
        project=project, method=IntakeMethod.COMMAND, state=IntakeState.RUNNING, name=name
    )
    return [one for one in found if nobody_works(one)]


def workers_alive() -> bool:
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=Now() - _ALIVE).exists()
