"""What a project watches for in its texts."""

from dataclasses import dataclass

from django.db.models import Count, Q

from annotator.detect.watching import Wanted
from annotator.intents.refusal import Refused, Stale, Taken
from annotator.intents.watch_term import AddWatchTerms, ChangeWatchTerm, PlaceWatchTerm
from annotator.models import WatchTerm
from annotator.models.watch_term import MOST_PATTERNS, MOST_TERMS
from sources.models import Project, User, acting


@dataclass(frozen=True, slots=True)
class Added:
    """`known` counts the terms that the project watched for already, however they are looked for."""

    made: list[WatchTerm]
    known: int


def add(*, by: User | None, project: Project, intent: AddWatchTerms) -> Added:
    """The terms that are new. Raises Refused when the project would have too many."""
    with acting(by):
        # Two who add at once take turns: what is known and how many there are is looked up under the lock.
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        words = [term.words for term in intent.terms]
        known = set(
            WatchTerm.objects.filter(project=project, words__in=words).values_list("is_pattern", "words")
        )
        wanted = [term for term in intent.terms if (term.is_pattern, term.words) not in known]
        _leave_room(project, len(wanted), sum(term.is_pattern for term in wanted))
        made = WatchTerm.objects.bulk_create(_term(by, project, term, intent.note) for term in wanted)
        return Added(made, len(intent.terms) - len(made))


def _term(by: User | None, project: Project, term: Wanted, note: str) -> WatchTerm:
    return WatchTerm(
        project=project,
        words=term.words,
        is_pattern=term.is_pattern,
        whole_words=term.whole_words,
        case_sensitive=term.case_sensitive,
        note=note,
        created_by=by,
    )


def place(*, by: User | None, project: Project, intent: PlaceWatchTerm) -> tuple[WatchTerm, bool]:
    """The term and whether it is new. Asking twice is asking once, and what the project watches for under
    another identifier already is answered as it stands.

    Raises Taken for an identifier that means another term, Refused when the project would have too many.
    """
    with acting(by):
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        wanted = intent.term
        said = {"project": project, "is_pattern": wanted.is_pattern, "words": wanted.words}
        known = WatchTerm.objects.filter(**said).first()
        if known is not None:
            return known, False
        if WatchTerm.objects.filter(uuid=intent.uuid).exists():
            raise Taken
        try:
            _leave_room(project, 1, int(wanted.is_pattern))
        except Refused as refusal:
            raise Refused("words", refusal.rule, refusal.message) from refusal
        term = _term(by, project, wanted, intent.note)
        term.uuid = intent.uuid
        term.save(force_insert=True)
        return term, True


def _leave_room(project: Project, terms: int, patterns: int, *, but: int = 0) -> None:
    """Raises Refused unless the project may watch for that many more; `but` is a term left out of account."""
    now = (
        WatchTerm.objects.filter(project=project)
        .exclude(pk=but)
        .aggregate(terms=Count("pk"), patterns=Count("pk", filter=Q(is_pattern=True)))
    )
    if now["terms"] + terms > MOST_TERMS:
        raise Refused(
            "lines",
            "max_terms",
            f"a project watches for {MOST_TERMS:,} terms at most, and has {now['terms']:,}",
        )
    if patterns and now["patterns"] + patterns > MOST_PATTERNS:
        raise Refused(
            "lines",
            "max_patterns",
            f"a project watches for {MOST_PATTERNS} patterns at most, and has {now['patterns']}",
        )


def change(*, by: User | None, term: WatchTerm, intent: ChangeWatchTerm) -> WatchTerm:
    """Raises Stale when somebody changed the term since, Refused when the project has the other one already
    or too many patterns."""
    with acting(by):
        Project.objects.select_for_update(no_key=True).get(pk=term.project_id)
        term = WatchTerm.objects.select_for_update().get(pk=term.pk)
        if term.version != intent.version:
            raise Stale(term)
        new = intent.term
        twin = WatchTerm.objects.filter(project=term.project_id, is_pattern=new.is_pattern, words=new.words)
        if twin.exclude(pk=term.pk).exists():
            raise Refused("words", "unique", "is watched for already")
        try:
            _leave_room(term.project, 1, int(new.is_pattern), but=term.pk)
        except Refused as refusal:
            raise Refused("is_pattern", refusal.rule, refusal.message) from refusal
        term.words, term.is_pattern = new.words, new.is_pattern
        term.whole_words, term.case_sensitive = new.whole_words, new.case_sensitive
        term.note, term.version = intent.note, term.version + 1
        term.save()
        return term


def remove(*, by: User | None, term: WatchTerm, version: int | None = None) -> None:
    """Removing twice is removing once. What it was stays in the history.

    Raises Stale when somebody changed the term since the `version` that was asked about.
    """
    with acting(by):
        now = WatchTerm.objects.select_for_update().filter(pk=term.pk).first()
        if now is None:
            return
        if version is not None and now.version != version:
            raise Stale(now)
        now.delete()
