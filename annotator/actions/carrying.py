"""Carrying annotations to a later text of their article: at once what is exact, by a person what is not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models.functions import Now

from annotator.models import PENDING, Annotation, Carrying, CarryingState, Fate, Kind
from annotator.queries.carrying_units import Unit, missing, units_in
from sources.actions.locks import lock_texts_of
from sources.models import Snapshot, User, acting
from sources.text.reanchor import WORST, Became, Reanchoring, in_its_sentences
from sources.text.standing import line_of

from . import carrying_moves


@dataclass
class Carried:
    """How many annotations came to the new text at once, and how many wait, by what became of them."""

    exact: int = 0
    waiting: Counter[str] = field(default_factory=Counter)


@dataclass
class _Looked:
    """An old text beside the new one; what became of each annotation of it, as it is asked for."""

    old: Snapshot
    ground: carrying_moves.Ground
    line: str

    def __post_init__(self) -> None:
        self._found = Reanchoring(self.old.text, self.ground.snapshot.text)
        self._was = carrying_moves.Ground(self.old)

    def became(self, annotation: Annotation) -> Became:
        found = self._found.of(annotation.extent)
        if found.extent is not None and self.ground.first_under(found.extent) is None:
            return Became("orphaned", None, 0.0, "what stands there lies between sentences")
        if found.extent is not None and annotation.kind == Kind.CLAIM:
            was, now = self._was.words_under(annotation.extent), self.ground.words_under(found.extent)
            return in_its_sentences(found, was, now)
        return found

    def unit(self, unit: Unit, annotations: dict[int, Annotation]) -> dict[int, Became]:
        """By part what became of it. Words that do not stand in the new text change the unit itself."""
        found = {key: self.became(annotations[key]) for key in sorted(unit.parts)}
        gone = missing(unit, self.line)
        if gone and found[unit.key].found in ("exact", "moved"):
            said = f"“{gone[0].words}” does not stand in the new text"
            found[unit.key] = replace(found[unit.key], found="changed", reason=said)
        return found


def carry(*, by: User | None, snapshot: Snapshot) -> Carried:
    """Carry what stands on earlier texts of the article to its newest text, as far as that is exact, and
    note what became of the rest. What was noted stays so, unless it changed since. Twice is once.
    """
    with acting(by):
        lock_texts_of(snapshot.article_id)
        texts = list(Snapshot.objects.filter(article=snapshot.article_id).order_by("number"))
        done = Carried()
        if texts[-1].pk != snapshot.pk:
            return done
        marked = Annotation.objects.filter(snapshot__in=texts[:-1]).values_list("snapshot", flat=True)
        with_marks = set(marked.distinct())
        if not with_marks:
            return done
        ground, line = carrying_moves.Ground(texts[-1]), line_of(texts[-1].text)
        for old in texts[:-1]:
            if old.pk in with_marks:
                _carry_from(by, _Looked(old, ground, line), done)
    return done


def _carry_from(by: User | None, looked: _Looked, done: Carried) -> None:
    annotations = _locked(looked.old)
    exact: list[tuple[Unit, dict[int, Became]]] = []
    known = _known(looked, annotations)
    for unit in units_in(looked.old):
        if unit.parts <= known:
            continue
        found = looked.unit(unit, annotations)
        if all(one.found == "exact" for one in found.values()):
            exact.append((unit, found))
    _carry_exact(by, looked, exact, annotations, done)
    annotations = _locked(looked.old)
    known = _known(looked, annotations)
    rows: dict[int, Carrying] = {}
    for unit in units_in(looked.old):
        if unit.parts - known - rows.keys():
            found = looked.unit(unit, annotations)
            done.waiting[worst(one.found for one in found.values())] += 1
            for key, one in found.items():
                if key not in known:
                    rows.setdefault(key, _row(looked, annotations[key], unit.key, one))
    Carrying.objects.bulk_create(rows.values())


def _locked(snapshot: Snapshot) -> dict[int, Annotation]:
    rows = Annotation.objects.filter(snapshot=snapshot).select_for_update(of=("self",)).order_by("pk")
    return {row.pk: row for row in rows}


def _known(looked: _Looked, annotations: dict[int, Annotation]) -> set[int]:
    """Of what was looked at before: what stands as it did and waits for this text. Else it is replaced."""
    pending = Carrying.objects.filter(annotation_key__in=annotations, state__in=PENDING)
    known, gone = set(), []
    for row in pending:
        same = row.version == annotations[row.annotation_key].version
        if same and row.new_snapshot_id == looked.ground.snapshot.pk:
            known.add(row.annotation_key)
        else:
            gone.append(row.pk)
    if gone:
        Carrying.objects.filter(pk__in=gone).update(state=CarryingState.REPLACED, decided_at=Now())
    return known


def _carry_exact(
    by: User | None,
    looked: _Looked,
    exact: Sequence[tuple[Unit, dict[int, Became]]],
    annotations: dict[int, Annotation],
    done: Carried,
) -> None:
    if not exact:
        return
    units = {key: unit.key for unit, found in reversed(exact) for key in found}
    places = {key: one.extent for _, found in exact for key, one in found.items() if one.extent}
    claims = {claim for unit, _ in exact for claim in unit.claims}
    carrying_moves.leave_twins(old=looked.old, moving=places, claims=claims)
    earlier = Carrying.objects.filter(annotation_key__in=places, state__in=PENDING)
    earlier.update(state=CarryingState.REPLACED, decided_at=Now())
    became = {key: one for _, found in exact for key, one in found.items()}
    rows = []
    for key in sorted(places):
        row = _row(looked, annotations[key], units[key], became[key])
        row.state, row.placed, row.version_placed = CarryingState.CARRIED, places[key], row.version + 1
        row.same_words, row.by = True, by
        rows.append(row)
    Carrying.objects.bulk_create(rows)
    carrying_moves.move(looked.ground, sorted(places.items(), key=lambda place: place[0]))
    done.exact += len(rows)


def _row(looked: _Looked, annotation: Annotation, unit: int, became: Became) -> Carrying:
    return Carrying(
        project_id=annotation.project_id,
        annotation_key=annotation.pk,
        unit=unit,
        old_snapshot=looked.old,
        new_snapshot=looked.ground.snapshot,
        extent=annotation.extent,
        quotes=annotation.quotes,
        version=annotation.version,
        found=Fate(became.found),
        proposed=became.extent,
        score=became.score,
        reason=became.reason,
        print_only=became.print_only,
        places=became.places,
    )


def worst(fates: Iterable[str]) -> str:
    """What a unit is: what the worst of its parts is."""
    return max(fates, key=WORST.index)  # type: ignore[arg-type]
