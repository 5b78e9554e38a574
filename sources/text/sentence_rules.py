"""Whether a sentence ends at a stop: rules that confirm or overrule what sentencex proposes.

Each rule answers True (it ends), False (it goes on) or None (not mine to say); the first answer counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEFORE = re.compile(r"[\w.'’&°-]*$")
_AFTER = re.compile(r"[\w'’.-]+")
_DOTTED = re.compile(r"(?:[A-Za-z]\.\s?)*[A-Za-z]")
_INITIAL_BEFORE = re.compile(r"(\S+)\s+\w\.?$")

_TITLES = frozenset(
    "mr mrs ms dr gen col lt sgt capt maj rep sen gov prof rev hon pres adm cmdr cpl pvt brig supt insp det"
    " fr msgr mme mlle messrs st mt ft cmdr comdr asst assoc atty ald amb sra sr sra dra ing dipl mag".split()
)
_BEFORE_NUMBERS = frozenset(
    "no nos p pp fig figs sec sect art vol ch eq tel ext rte jan feb mar apr jun jul aug sep sept oct nov dec"
    " approx ca c ver par para".split()
)
_NEVER_LAST = frozenset("vs v e.g i.e cf viz eg ie esp incl resp al".split())
_OFTEN_LAST = frozenset(
    "co inc ltd corp jr sr bros esq llc plc etc assn dept univ ave blvd rd sq bldg calif mass va conn fla ill"
    " mich minn tenn wash wis ariz colo ala ark okla ore pa ga ky md nev mo tex del".split()
)
_HOURS = frozenset("a.m p.m am pm".split())
_AFTER_HOURS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday eastern pacific central mountain et est edt pt"
    " pst pdt ct cst cdt gmt utc cet local".split()
)
_STARTERS = frozenset(
    "The A An This That These Those He She It They We You I There Here His Her Its Their Our My In On At For"
    " From With By As If When While Where Why How What Who Which After Before Since Until Although Though But"
    " And Or So Yet Still However Meanwhile Moreover Some Many Most All Both Each Every No Not Now Then Once"
    " Last Next Only Such One Two Three Did Do Does Is Are Was Were Has Have Had Can Could Will Would Should"
    " May Might Please Another Other Others Also According Under Over During Despite Because Let Its".split()
)
_SPEECH = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|told|added|adds|replied|wrote|writes|cried|shouted"
    r"|exclaimed|wondered|answered|demanded|recalled|continued|insisted)\b"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A stop in `text`, the sentence so far having begun at `since`; `proposed` is what sentencex says."""

    text: str
    since: int
    match: re.Match[str]
    proposed: bool
    lang: str

    @property
    def stop(self) -> str:
        return self.match["stop"]

    @property
    def before(self) -> str:
        """The word that the stop closes, inner dots kept."""
        found = _BEFORE.search(self.text, max(self.since, self.match.start() - 40), self.match.start())
        return found[0] if found else ""

    @property
    def after(self) -> str:
        """The word that follows, without what opens it."""
        found = _AFTER.match(self.text, self.match.end(), self.match.end() + 40)
        return found[0] if found else ""

    @property
    def quoted(self) -> bool:
        return bool(self.match["closers"])


def ends_sentence(place: Place) -> bool:
    """Whether a sentence ends at this place."""
    for rule in _RULES:
        answer = rule(place)
        if answer is not None:
            return answer
    return place.proposed


def _spaced_dots(place: Place) -> bool | None:
    """Three dots set apart leave words out; a fourth one ends the sentence."""
    if " " not in place.stop.strip() or place.stop.count(".") < 3:
        return None
    return place.stop.count(".") >= 4 and place.after[:1].isupper()


def _goes_on_in_small_letters(place: Place) -> bool | None:
    """A quotation or bracket that ends in a stop is followed by the sentence it stands in."""
    if place.quoted and place.after[:1].islower() and not place.match["openers"]:
        return False
    return None


def _question_and_its_speaker(place: Place) -> bool | None:
    """In “Why?” Khan asked, the question is not the end."""
    if place.quoted and place.stop[-1] in "!?" and _SPEECH.match(place.text, place.match.end()):
        return False
    return None


def _abbreviation(place: Place) -> bool | None:
    if place.stop != "." or place.quoted:
        return None
    word, after = place.before, place.after
    known = word.casefold()
    if known in _NEVER_LAST:
        return False
    if known in _TITLES and after[:1].isupper():
        return False
    if known in _BEFORE_NUMBERS and after[:1].isdigit():
        return False
    if known in _HOURS:
        return _after_an_hour(place)
    if known in _OFTEN_LAST or ("." in word and _DOTTED.fullmatch(word)):
        return after.rstrip(".") in _STARTERS or after.split("'")[0].split("’")[0] in _STARTERS
    return None


def _after_an_hour(place: Place) -> bool:
    """ "at 6 p.m. Mr. Smith" begins a sentence, unless "At 6 p.m." is all there was before."""
    after = place.after
    if not after[:1].isupper() or after.casefold().rstrip(".") in _AFTER_HOURS or place.match["openers"]:
        return False
    return place.match.start() - place.since > 20 or after in _STARTERS


def _initial(place: Place) -> bool | None:
    """A single capital before a name is an initial; the pronoun I after a small word is not."""
    word = place.before
    if place.stop != "." or place.quoted or len(word) != 1 or not word.isupper():
        return None
    if not place.after[:1].isupper():
        return None
    if word == "I":
        earlier = _INITIAL_BEFORE.search(place.text, place.since, place.match.start())
        return bool(earlier and earlier[1][0].islower())
    return False


def _plain_stop(place: Place) -> bool | None:
    """After ! or ? a capital begins anew, a small letter goes on."""
    if place.stop[-1] in "!?" and not place.match["openers"]:
        if place.after[:1].isupper():
            return True
    return None


_RULES = (
    _spaced_dots,
    _goes_on_in_small_letters,
    _question_and_its_speaker,
    _abbreviation,
    _initial,
    _plain_stop,
)
