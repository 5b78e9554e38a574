"""`import_annotations` on files of other tools: what is in the project then, and that once is enough."""

from pathlib import Path

import pytest

from annotator.models import Annotation, AttributionSource, Claim
from tests.factories import World

from .test_import_annotations import imported

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[2] / "fixtures" / "imports"
OF_SPANS = {
    "map": [
        "Claim=claim:fact",
        "Person=actor:person",
        "Cue=cue",
        "said by=speaker",
        "marks=cue",
        "Job=leave",
    ],
    "voice": "unknown",
}
FORMATS = {
    "polnear": (
        {"map": ["Content=claim:fact"], "actor_kind": "unknown", "voice": "agentless", "language": "en"},
        [
            ("that the quarry will close in May 🪨", ["The Orle Herald"], ["reports"]),
            ("“We cannot\npay for the pumps,” / “and nobody helps.”", ["Ada Renk"], ["said"]),
            ("that talks had failed", ["She"], ["added"]),
            ("that the lake will rise", [], ["It is feared"]),
        ],
    ),
    "brat": (
        {
            "map": [
                *(
                    "Person=actor:person",
                    "Organisation=actor:organisation",
                    "Statement=claim:fact",
                    "Say=cue",
                ),
                *("Marker=cue", "SaidBy=speaker", "Speaker=speaker", "MarkedBy=cue", "Fire=event:other"),
            ]
        },
        [
            ("the tram line stays shut", ["Lio Tann"], ["told"]),
            ("The fire at the depot damaged two trams", ["the fire brigade"], ["according to"]),
        ],
    ),
    "doccano": (
        OF_SPANS,
        [
            ("The lock at Merin is broken", ["Una Sorg"], ["said"]),
            ("“had a key”.", [], []),
        ],
    ),
    "label_studio": (OF_SPANS, [("The lock at Merin is broken", ["Una Sorg"], ["said"])]),
}


@pytest.mark.lengthy
@pytest.mark.parametrize("name", FORMATS)
def test_what_others_marked_is_here_once(small_world_here: World, name: str) -> None:
    asked, wanted = FORMATS[name]
    options = {"user": small_world_here.manager.username, "quotation_type": "indirect", **asked}
    status, out, err = imported(FOLDER / name, format=name, **options)
    assert (status, err) == (0, []), out
    assert [said(claim) for claim in brought()] == wanted
    for annotation in Annotation.objects.filter(project__slug="copy"):
        assert tuple(annotation.quotes) == annotation.extent.slices(annotation.snapshot.text)
    before = Annotation.objects.count()
    status, out, err = imported(FOLDER / name, format=name, **options)
    assert (status, err) == (0, [])
    assert "stored" not in out[-1]
    assert Annotation.objects.count() == before


def brought() -> list[Claim]:
    return list(
        Claim.objects.filter(project__slug="copy").order_by("annotation__snapshot", "annotation__extent")
    )


def said(claim: Claim) -> tuple[str, list[str], list[str]]:
    sources = AttributionSource.objects.filter(attribution__claim=claim).order_by("position")
    cues = Annotation.objects.filter(kind="cue", support__link__claim=claim)
    return (
        " / ".join(claim.annotation.quotes),
        [source.actor.name for source in sources],
        [quote for cue in cues for quote in cue.quotes],
    )
