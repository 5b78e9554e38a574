"""Whether a sentence ends at a stop: rules that confirm or overrule what sentencex proposes.

Each rule answers True (it ends), False (it goes on) or None (not mine to say); the first answer counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sources.text.sentence_words import (
    AFTER_HOURS,
    BEFORE_NUMBERS,
    GERMAN_STARTERS,
    HOURS,
    NAMES_TOO,
    NEVER_LAST,
    OFTEN_LAST,
    STARTERS,
    TITLES,
    UNITS,
    WEEKDAYS,
)

_OPENING = "\"“”„‟«»‹›'‘’‚‛()[]{}<>*_—–-/,;:!?¿¡…#"
_AFTER = re.compile(r"(?P<dash>[—–-]\s?)?[^\w\s]*(?P<word>[\w'’.-]*)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]")
_SET_APART = re.compile(r"\.(?:\s\.){1,5}\s{0,4}(?P<next>\S?)")
_SPEECH = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|told|added|adds|replied|wrote|writes|cried|shouted"
    r"|exclaimed|wondered|answered|demanded|recalled|continued|insisted)\b"
)


@dataclass(slots=True)
class Place:
    """A stop in `text`, the sentence so far having begun at `since`; `proposed` is what sentencex says."""

    text: str
    since: int
    match: re.Match[str]
    proposed: bool
    lang: str
    stop: str = field(init=False)
    before: str = field(init=False)
    earlier: str = field(init=False)
    after: str = field(init=False)
    dashed: bool = field(init=False)
    quoted: bool = field(init=False)

    def __post_init__(self) -> None:
        match = self.match
        start, end = match.start(), match.end()
        self.stop = match["stop"]
        self.quoted = bool(match["closers"])
        self.before, self.earlier = _words_before(self.text[max(self.since, start - 40) : start])
        after = _AFTER.match(self.text, end, end + 40)
        self.after = after["word"] if after else ""
        self.dashed = bool(after and after["dash"])

    @property
    def begins_anew(self) -> bool:
        """Whether the word that follows is one that sentences begin with."""
        word = self.after.split("'")[0].split("’")[0].rstrip(".")
        return word in STARTERS or (self.lang == "de" and word in GERMAN_STARTERS)

    @property
    def capital_follows(self) -> bool:
        return self.after[:1].isupper()


def _words_before(near: str) -> tuple[str, str]:
    """The word that a stop closes, inner dots kept, and the one before it; empty where there is none."""
    words = near.split()
    if not words:
        return "", ""
    if near[-1].isspace():
        return "", words[-1]
    word = words[-1].lstrip(_OPENING)
    earlier = words[-2] if len(words) > 1 else ""
    if word and not word[-1].isalnum() and word[-1] not in "'’°-":
        word = ""
    return word, earlier


def ends_sentence(place: Place) -> bool:
    """Whether a sentence ends at this place."""
    for rule in _RULES:
        answer = rule(place)
        if answer is not None:
            return answer
    return place.proposed


def _dots_in_a_row(place: Place) -> bool | None:
    """Three dots set apart leave words out, a fourth ends the sentence; dots before a capital end it."""
    stop = place.stop
    if stop == "." or (stop[-1] != "…" and stop.count(".") < 3):
        return None
    if " " in stop and stop.count(".") >= 3:
        if place.match.start() - place.since < 2:
            return False
        return place.capital_follows if stop.count(".") > 3 else place.begins_anew and place.after != "I"
    if place.capital_follows and place.before and not place.dashed:
        return True
    return None


def _dots_follow(place: Place) -> bool | None:
    """Dots set apart after a stop stand for what the quotation leaves out before its next sentence."""
    dots = _SET_APART.match(place.text, place.match.end()) if place.stop == "." else None
    return dots["next"].isupper() if dots else None


def _goes_on_in_small_letters(place: Place) -> bool | None:
    """A quotation or bracket that ends in a stop is followed by the sentence it stands in."""
    if place.after[:1].islower():
        if place.quoted and not place.match["openers"]:
            return False
        if place.dashed and (place.quoted or place.stop[-1] in "!?"):
            return False
        if place.lang == "tr" and place.stop[-1] in "!?":
            return False
    return None


def _question_and_its_speaker(place: Place) -> bool | None:
    """In “Why?” Khan asked, the question is not the end."""
    if place.quoted and place.stop[-1] in "!?" and _SPEECH.match(place.text, place.match.end()):
        return False
    return None


def _abbreviation(place: Place) -> bool | None:
    """Titles before names, "No." before numbers; "etc." and "5 km." before a capital end it."""
    if place.stop != "." or place.quoted:
        return None
    known = place.before.casefold()
    if known in HOURS:
        return _after_an_hour(place)
    titled = known in TITLES and place.capital_follows and known != "st"
    if titled or known in NEVER_LAST or (known in BEFORE_NUMBERS and place.after[:1].isdigit()):
        return False
    counted = known in UNITS and (place.earlier[-1:].isdigit() or place.earlier in UNITS)
    if place.capital_follows and (counted or known == "etc"):
        return True
    return None


def _weekday(place: Place) -> bool | None:
    """ "On Mon. or Tues. when it opens": no sentence begins with a small letter behind a weekday."""
    if place.stop == "." and not place.quoted and place.lang == "en" and place.before in WEEKDAYS:
        return False if place.after[:1].islower() else None
    return None


def _may_be_last(place: Place) -> bool | None:
    """Abbreviations that close a sentence where the next word is one that begins sentences: U.S., Inc."""
    if place.stop != "." or place.quoted:
        return None
    known = place.before.casefold()
    if known in OFTEN_LAST or known == "st" or ("." in known and _DOTTED.fullmatch(known)):
        return place.begins_anew
    return None


def _after_an_hour(place: Place) -> bool:
    """ "at 6 p.m. Mr. Lund" begins a sentence, unless "At 6 p.m." is all there was before."""
    if not place.capital_follows or place.match["openers"]:
        return False
    if place.after.casefold().rstrip(".") in AFTER_HOURS:
        return False
    return place.match.start() - place.since > 20 or place.begins_anew


def _initial(place: Place) -> bool | None:
    """A single capital before a name is an initial; the pronoun I after a small word is not."""
    word = place.before.rpartition("-")[2]
    if place.stop != "." or place.quoted or len(word) != 1 or not word.isalpha():
        return None
    if word.isupper() and place.capital_follows:
        if word == "I":
            return place.earlier[:1].islower()
        return place.begins_anew and place.after not in NAMES_TOO
    if not (word.isupper() or word.islower()):
        return False  # a letter of Arabic script that stands for a word
    return None


def _ordinal(place: Place) -> bool | None:
    """German writes ordinals with a stop: den 4. Platz."""
    if place.lang == "de" and place.stop == "." and place.before.isdigit() and len(place.before) <= 2:
        return place.begins_anew
    return None


def _number_follows(place: Place) -> bool | None:
    """A long word that is no abbreviation ends its sentence, also when a figure begins the next."""
    if place.stop == "." and place.after[:1].isdigit() and len(place.before) > 4 and place.before.isalpha():
        return True
    return None


def _whole_word(place: Place) -> bool | None:
    """A word of five letters or more, or one that is all there is ("Mm."), is no abbreviation."""
    if place.stop != "." or not place.capital_follows or not place.before.isalpha():
        return None
    alone = place.match.start() - place.since <= len(place.before) + 2
    if place.lang == "en" and (
        len(place.before) > 5
        or (place.before.islower() and len(place.before) > 1)
        or (alone and len(place.before) > 1)
    ):
        return True
    return None


def _bracket_before(place: Place) -> bool | None:
    """A stop behind a closing bracket is no abbreviation's."""
    behind = place.text[place.match.start() - 1] if place.match.start() else ""
    return True if place.stop == "." and behind in (")", "]", "»", "”") and place.capital_follows else None


def _plain_stop(place: Place) -> bool | None:
    """After ! or ? a capital begins anew."""
    if place.stop[-1] in "!?" and place.capital_follows and not place.dashed:
        return True
    return None


_RULES = (
    _dots_in_a_row,
    _dots_follow,
    _goes_on_in_small_letters,
    _question_and_its_speaker,
    _abbreviation,
    _weekday,
    _may_be_last,
    _initial,
    _ordinal,
    _number_follows,
    _whole_word,
    _bracket_before,
    _plain_stop,
)
