"""Words of a text that name the outlet it was taken from: those that settle it, and those that only may.

A credit of an agency at the end, its copyright line, or a line like "Originally published by …" say whose
text this is. "According to a report in …" says where one thing in it is from, which may be little of it: that
is proposed and nothing more, and so is an agency that is named several times as one is whom news is from. In
doubt nothing is said. English, German, French and Spanish; agencies also in Arabic and Urdu.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sources.text.blocks import Block
from sources.text.credits import AGENCIES, called_as_outlets_are

MOST = 4
LONGEST_LINE = 200
_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ])[\w’'&-]*"
_NAME = rf"(?P<outlet>(?:the\s)?{_CAPITAL}(?:\s(?:(?:of|de|des|du|la|le|el|y|und|et|&)\s)?{_CAPITAL}){{0,4}})"
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:©\s*)?(?:(?:19|20)\d\d[\s,]*)?(?:by\s)?(?P<outlet>{_AGENCY})"
    r"(?=[\s.,;]|$)[^\n]{0,160}",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    rf"(?:[^\n]{{0,4000}}[.!?…\"”’»]\s*)?(?P<credit>(?:—|–|--|-)\s?(?P<dashed>{_AGENCY})"
    rf"|\((?P<bracketed>{_AGENCY})\)|(?P<slashed>dpa)/[a-z]{{2,4}})\.?",
)
_FIRST_THERE = re.compile(
    r"(?:dieser\s(?:artikel|text|beitrag)\s(?:ist|erschien)\s)?(?:zuerst|zunächst|ursprünglich)\s(?:erschienen\s)?"
    r"(?:in|bei|auf|im)\s(?:der\s|dem\s)?(?P<german>[^.;:]{3,80}?)(?:\serschienen|\sveröffentlicht)?\.?"
    r"|(?:cet\sarticle\s)?(?:(?:a\s(?:d['’]abord\s|initialement\s)?été\s|est\s)?(?:initialement\s)?"
    r"(?:publié|paru)\s(?:initialement\s|d['’]abord\s)?(?:dans|par|sur))\s(?P<french>[^.;:]{3,80})\.?"
    r"|(?:este\sartículo\s)?(?:(?:fue\s)?(?:publicado|apareció)\soriginalmente\s(?:en|por)"
    r"|(?:fue\s)?originalmente\spublicado\s(?:en|por))\s(?P<spanish>[^.;:]{3,80})\.?"
    r"|(?:quelle|fuente|source)\s?:\s?(?P<credited>[^.;:]{2,80})\.?",
    re.IGNORECASE,
)
_PERHAPS = (
    re.compile(
        r"\b(?:according\sto|as\sreported\sby|first\sreported\s(?:by|in)|citing)\s"
        rf"(?:(?:an?|the)\s(?:\w{{1,20}}\s)?(?:report|story|article|investigation)\s(?:in|by|from|of)\s)?{_NAME}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bwith\s(?:additional\s)?(?:reporting|material|information)\s(?:from|by)\s{_NAME}", re.IGNORECASE
    ),
    re.compile(
        rf"(?:mit\smaterial\s(?:von|der)|avec|con\sinformación\sde)\s(?:l['’])?(?P<outlet>{_AGENCY})(?=[\s.,;)]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:laut|nach|einem\sbericht\sder)\s(?:einem\sbericht\sder\s)?(?:tages|wochen|sonntags)?zeitung\s"
        r"[„“\"»](?P<outlet>[^“”\"«»„\n]{3,60})[“”\"«]",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:selon|d['’]après)\s(?:un\s(?:article|reportage)\sdu\s|le\s)(?:journal|quotidien)\s[«“\"]?\s?"
        r"(?P<outlet>[^\W\d_][^«»“”\",.;\n]{2,40}?)(?=\s?[»”\",.;])",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bsegún\s(?:(?:un\sreportaje|informó)\s(?:de|del)?\s?)?(?:el\s)?(?:diario|periódico)\s[«“\"]?"
        r"(?P<outlet>[^\W\d_][^«»“”\",.;\n]{2,40}?)(?=[»”\",.;])",
        re.IGNORECASE,
    ),
)
_FROM_AGENCY = re.compile(
    rf"\((?P<bracketed>{_AGENCY})\)"
    rf"|(?<!\w)(?:(?i:news\sagency|nachrichtenagentur|agence(?:\sde\spresse)?|agencia(?:\sde\snoticias)?)|told"
    rf"|وكالة(?:\sأنباء)?|خبر\s?رساں\sادارے|agency)\s(?P<agency>{_AGENCY})(?!\w)"
    rf"|(?<!\w)(?P<says>{_AGENCY})\s(?:reported|reports|news\sagency|(?:has\s|had\s)?learn(?:ed|t)|berichtete|meldete"
    r"|(?:a\s)?rapport(?:é|e)|informó|reportó)(?!\w)"
)
_OFTEN = 2
_NAMED_AGENCY = {name.casefold(): full for name, full in AGENCIES.items()}
_SMALL = frozenset(["of", "de", "des", "du", "la", "le", "el", "y", "und", "et", "&"])


@dataclass(frozen=True, slots=True)
class Origin:
    """`words` stand at `start` to `end` (code points). `sure` where they say whose text it is as a whole.
    `times`: how often the text names it so; the first of them is told."""

    outlet: str
    words: str
    start: int
    end: int
    sure: bool
    times: int = 1


def origins(text: str, blocks: Sequence[Block]) -> list[Origin]:
    """What the text says of its origin, the sure ones first, each outlet once; MOST at the most."""
    found = list(_settled(text, blocks))
    story = [block for block in blocks if block.role not in ("headline", "caption")]
    for block in story:
        found += _proposed(text, block)
    found += _named_often(text, blocks)
    first: dict[str, Origin] = {}
    for origin in sorted(found, key=lambda one: (not one.sure, one.start)):
        first.setdefault(origin.outlet.casefold(), origin)
    return list(first.values())[:MOST]


def _settled(text: str, blocks: Sequence[Block]) -> Iterator[Origin]:
    """Lines that speak of the whole text: at either end of it, or a copyright of an agency anywhere."""
    ends = {*range(min(3, len(blocks))), *range(max(0, len(blocks) - 4), len(blocks))}
    story = [number for number, block in enumerate(blocks) if block.role == "paragraph"]
    for number, block in enumerate(blocks):
        line = text[block.start : block.end]
        if len(line) <= LONGEST_LINE and (match := _COPYRIGHT.fullmatch(line)):
            yield _origin(block, match, "outlet", sure=True)
        elif len(line) <= LONGEST_LINE and number in ends and (match := _FIRST_THERE.fullmatch(line)):
            group = str(match.lastgroup)
            if _is_outlet(match[group]):
                yield _origin(block, match, group, sure=True)
        elif story and number >= story[-1] and (match := _SIGNED.fullmatch(line)):
            group = next(name for name in ("dashed", "bracketed", "slashed") if match[name])
            yield _origin(block, match, group, sure=True, words="credit")


def _proposed(text: str, block: Block) -> Iterator[Origin]:
    line = text[block.start : block.end]
    for pattern in _PERHAPS:
        for match in pattern.finditer(line):
            if _is_outlet(match["outlet"]):
                yield _origin(block, match, "outlet", sure=False)


def _named_often(text: str, blocks: Sequence[Block]) -> Iterator[Origin]:
    """Agencies that are named several times, and in the story at least once: two pictures of theirs are none
    of its words."""
    named: dict[str, list[Origin]] = defaultdict(list)
    in_story = set()
    for block in blocks:
        for match in _FROM_AGENCY.finditer(text[block.start : block.end]):
            one = _origin(block, match, str(match.lastgroup), sure=False)
            named[one.outlet].append(one)
            if block.role not in ("headline", "caption"):
                in_story.add(one.outlet)
    for outlet, every in named.items():
        if outlet in in_story and len(every) >= _OFTEN:
            yield replace(every[0], times=len(every))


def _origin(block: Block, match: re.Match[str], group: str, *, sure: bool, words: str | int = 0) -> Origin:
    """`group` is the outlet's name, `words` the group that says so, else the whole match."""
    start = match.start(words)
    name = _whole(match[group])
    named = _NAMED_AGENCY.get(name.casefold(), "The " + name[4:] if name.startswith("the ") else name)
    return Origin(
        named, match.string[start : match.end()], block.start + start, block.start + match.end(), sure
    )


def _is_outlet(name: str) -> bool:
    """An agency, or called as outlets are; a ministry, a place or a person is none."""
    return called_as_outlets_are(_whole(name))


def _whole(name: str) -> str:
    """Without the small words at its end, behind which more of the name was cut off."""
    words = name.split()
    while len(words) > 1 and words[-1] in _SMALL:
        words.pop()
    return " ".join(words)
