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
    """`name` is for people, `takes` says in a few words which files it takes."""

    name: str
    takes: str
    read: Reader
    limits: Limits = USUAL


FORMATS: dict[str, Format] = {
    "w3c": Format(
        "W3C Web Annotations (JSON-LD)",
        "collections, pages and lists of Web Annotations: ours, or a Hypothesis export",
        read_web_annotations,
    ),
    "sourceline": Format(
        "Sourceline release",
        "the ZIP or folder of a release",
        read_sourceline,
        OF_A_RELEASE,
    ),
    "brat": Format(
        "brat standoff",
        "a folder or ZIP with .ann and .txt beside it",
        brat.read,
    ),
    "polnear": Format(
        "PolNeAR, and brat/ of a release",
        "a folder or ZIP with .ann and .txt, in one folder or in attributions/ and text/",
        polnear.read,
    ),
    "doccano": Format(
        "doccano JSON lines",
        "a .jsonl file of a project that labels sequences",
        read_doccano,
    ),
    "label_studio": Format(
        "Label Studio JSON",
        "a .json file of tasks with labelled plain text",
        read_label_studio,
    ),
}
"""By the key that commands and pages call it."""
