"""Random words of random texts, placed, moved and read back: code points, never anything else."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annotator.actions import annotations, projects
from annotator.intents.annotation import PlaceAnnotation, parse_annotation
from annotator.intents.refusal import Refused
from annotator.models import Annotation
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.intake.refusal import Refused as NotRead
from sources.models import Snapshot, User
from sources.text.offsets import Extent
from tests.factories import person

ALPHABET = [
    *"abcXYZ 09.,;:!?\"'()-\n\t",
    *"éßøñğİ",
    "e\u0301",  # a letter and its mark
    "👩🏽\u200d🔧",  # one emoji of four code points
    "🇳🇴",
    "🌉",
    "\U0001d51e",
    *"قال المدير إن الجسر آمن،؟",
    "می\u200cخواهم",
    "हिन्दी",
    "\u200f",
    "\u202b",
    "\ufeff",
    "漢。",
    "\r\n",
]
TEXTS = st.lists(st.sampled_from(ALPHABET), min_size=3, max_size=120).map("".join)

pytestmark = pytest.mark.django_db


def stored(by: User, text: str) -> Snapshot:
    project = projects.open_project(by=by, name="P", slug=f"p-{uuid4().hex}")
    try:
        read = read_plain(text.encode(), "random.txt", "utf-8")
    except NotRead:
        assume(False)
    return import_article(by=by, project=project, read=read, raw=RawFile(text.encode())).snapshot


@st.composite
def extents(draw: st.DrawFn, length: int) -> Extent:
    bounds = draw(st.lists(st.integers(0, length), min_size=2, max_size=6, unique=True).map(sorted))
    return Extent(tuple(zip(bounds[::2], bounds[1::2], strict=False)))


def intent(snapshot: Snapshot, extent: Extent) -> PlaceAnnotation:
    body = {
        "snapshot": str(snapshot.uuid),
        "kind": "claim",
        "extent": extent.to_json(),
        "quotes": list(extent.slices(snapshot.text)),
        "claim": {"type": "fact", "quotation_type": "indirect", "voice": "own"},
    }
    return parse_annotation(uuid4(), body)


def holds(annotation: Annotation, extent: Extent) -> None:
    """What the database gives back is what the text says, in Python's own code points."""
    kept = Annotation.objects.select_related("snapshot", "sentence").get(pk=annotation.pk)
    text = kept.snapshot.text
    assert kept.extent == extent
    assert tuple(kept.quotes) == extent.slices(text)
    assert kept.prefix == text[extent.start - len(kept.prefix) : extent.start]
    assert kept.suffix == text[extent.end : extent.end + len(kept.suffix)]
    touched = {
        s.number
        for s in kept.snapshot.current_segmentation.sentences.all()
        if any(s.start < end and start < s.end for start, end in extent.stretches)
    }
    assert set(kept.sentences.values_list("number", flat=True)) == touched
    start, end = extent.stretches[0]
    assert kept.sentence.start < end
    assert start < kept.sentence.end


@pytest.mark.lengthy
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), text=TEXTS)
def test_what_is_placed_and_moved_is_read_back_exactly(db: None, data: st.DataObject, text: str) -> None:
    by = User.objects.filter(username="ana").first() or person("ana")
    snapshot = stored(by, text)
    first, second = (data.draw(extents(len(snapshot.text))) for _ in range(2))
    asked = intent(snapshot, first)
    try:
        saved = annotations.save(by=by, project=snapshot.project, intent=asked)
    except Refused as refused:
        blank = first.stretches[0]
        if refused.rule == "words":
            assert any(words.isspace() for words in first.slices(snapshot.text))
            return
        assert refused.rule == "touches_sentence"  # only signs that cannot be seen
        assert not any(s.start < blank[1] and blank[0] < s.end for s in snapshot.sentences.all())
        return
    holds(saved.annotation, first)
    moved = intent(snapshot, second)
    again = parse_annotation(
        asked.span.uuid,
        {
            "snapshot": str(snapshot.uuid),
            "kind": "claim",
            "extent": second.to_json(),
            "quotes": list(moved.span.quotes),
            "claim": {"type": "fact", "quotation_type": "indirect", "voice": "own"},
        },
    )
    try:
        annotations.save(by=by, project=snapshot.project, intent=again, version=1)
    except Refused as refused:
        assert refused.rule in ("touches_sentence", "words")
        holds(saved.annotation, first)
    else:
        holds(saved.annotation, second)
