"""Which reader takes which format; a new format is one file and one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from . import brat, polnear
from .bundle import Bundle
from .doccano import read_doccano
from .files import OF_A_RELEASE, USUAL, Files, Limits
from .label_studio import read_label_studio
from .sourceline_release import read_sourceline
from .web_annotation import read_web_annotations
from .wishes import Wishes

Reader = Callable[[Files, Wishes], Bundle]


@dataclass(frozen=True, slots=True)
class Format:
    """`name` is for people, `takes` says in a few words which files it takes. `wants` names the fields of
    `Wishes` that mean something to it: pages offer no others."""

    name: str
    takes: str
    read: Reader
    wants: tuple[str, ...] = ()
    limits: Limits = USUAL


_OF_CLAIMS = ("meanings", "voice", "quotation_type", "actor_kind", "language", "outlet")

FORMATS: dict[str, Format] = {
    "w3c": Format(
        "W3C Web Annotations (JSON-LD)",
        "collections, pages and lists of Web Annotations: ours, or a Hypothesis export",
        read_web_annotations,
        ("meanings", "voice", "quotation_type"),
    ),
    "sourceline": Format(
        "Sourceline release",
        "the ZIP or folder of a release",
        read_sourceline,
        ("meanings", "language"),
        OF_A_RELEASE,
    ),
    "brat": Format(
        "brat standoff",
        "a folder or ZIP with .ann and .txt beside it",
        brat.read,
        (*_OF_CLAIMS, "event_type"),
    ),
    "polnear": Format(
        "PolNeAR, and brat/ of a release",
        "a folder or ZIP with .ann and .txt, in one folder or in attributions/ and text/",
        polnear.read,
        _OF_CLAIMS,
    ),
    "doccano": Format(
        "doccano JSON lines",
        "a .jsonl file of a project that labels sequences",
        read_doccano,
        (*_OF_CLAIMS, "event_type"),
    ),
    "label_studio": Format(
        "Label Studio JSON",
        "a .json file of tasks with labelled plain text",
        read_label_studio,
        (*_OF_CLAIMS, "event_type"),
    ),
}
"""By the key that commands and pages call it."""
