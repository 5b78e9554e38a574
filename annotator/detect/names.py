"""Which names may mean the same, by words, titles, surnames and initials: only ever a proposal.

Where two could be meant nobody is: a wrong name attached in silence is worse than none.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sources.text.likeness import folded

# Folded as `words` folds. They say what somebody is, not who; several may stand in a row.
TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr father sr sister brother
    president vice prime deputy minister premier chancellor secretary senator governor mayor ambassador
    judge justice chief speaker king queen prince princess emir sultan shah
    gen general lt lieutenant col colonel maj major brig brigadier capt captain cmdr commander sgt sergeant
    adm admiral marshal former acting retired
    sheikh shaikh sheik mullah mulla maulvi mawlawi maulana imam ayatollah haji hajji sayyid sayed qazi malik
    herr frau monsieur madame mme senor senora signor signora
    السيد السيده الدكتور دكتور الشيخ شيخ الملا ملا مولوي مولانا حاجي الحاج امام الامام الرئيس الوزير
    جنرال الجنرال العقيد القاضي اقاي اغا خانم داكتر استاد
    господин госпожа доктор президент министр генерал
    """.split()  # noqa: SIM905  (a list of words to read and to add to)
)
_SPELLINGS = {"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ـ": None}
_ALIKE = str.maketrans(_SPELLINGS)
_SCRIPTS = {"LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr"}
MOST_NAMES = 50
"""Names and aliases of one actor that are looked at."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody and what they are called. Surnames and initials are asked of a `person` alone."""

    key: int
    name: str
    aliases: tuple[str, ...] = ()
    person: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)[:MOST_NAMES]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two who may be one: keys, the smaller first, and why in words."""

    first: int
    second: int
    reason: str


def words(name: str) -> tuple[str, ...]:
    """The name's words without case, accents and marks; letters that differ by spelling habit are one."""
    return tuple(folded(name.translate(_ALIKE)).translate(_ALIKE).split())


def bare(name: str) -> tuple[str, ...]:
    """`words` without the titles before the name; a name of titles alone keeps them."""
    said = words(name)
    first = next((n for n, word in enumerate(said) if word not in TITLES), None)
    return said if first is None else said[first:]


def script_of(name: str) -> str:
    """The script of most of its letters as ISO 15924 ("Latn", "Arab"); empty where it is none of these."""
    found: dict[str, int] = defaultdict(int)
    for letter in name:
        if letter.isalpha():
            found[unicodedata.name(letter, "").partition(" ")[0]] += 1
    most = max(found, key=lambda script: found[script], default="")
    return {"LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr"}.get(
        most, ""
    )


def initials(name: str) -> str:
    """ "Northern Relief Corps" as "nrc"; empty for a single word."""
    said = [word for word in words(name) if word not in {"of", "the", "and", "for", "in", "on", "de", "la"}]
    return "".join(word[0] for word in said) if len(said) > 1 else ""


def meant(said: str, people: Iterable[Called]) -> int | None:
    """Whom these words mean among the people of one article: the full name they abbreviate.

    None where nobody, or more than one, can be meant.
    """
    somebody = list(people)
    tests: tuple[Callable[[Called], bool], ...] = (
        lambda one: any(words(name) == words(said) for name in one.names),
        lambda one: any(bare(name) == bare(said) for name in one.names),
        lambda one: one.person and any(abbreviates(bare(said), bare(name)) for name in one.names),
    )
    if not words(said):
        return None
    for test in tests:
        found = {one.key for one in somebody if test(one)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def abbreviates(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """ "Brandt" or "I. Brandt" for "Ilse Brandt"."""
    if len(full) < 2 or not short or short[-1] != full[-1] or short == full:
        return False
    given = short[:-1]
    return not given or (len(given) == 1 and len(given[0]) == 1 and full[0].startswith(given[0]))


def proposals(everybody: Iterable[Called]) -> list[Proposal]:
    """Who may be the same, each pair once with its strongest reason. The work grows with the names."""
    people = list(everybody)
    found: dict[tuple[int, int], str] = {}
    for first, second, reason in (*_alike(people), *_shortened(people), *_initialled(people)):
        pair = (min(first, second), max(first, second))
        if first != second:
            found.setdefault(pair, reason)
    return [Proposal(*pair, reason) for pair, reason in found.items()]


Pair = tuple[int, int, str]


def _alike(people: list[Called]) -> Iterator[Pair]:
    """The same words; another's alias; the same without a title; the same words in another order."""
    by_name, by_alias = defaultdict(list), defaultdict(list)
    by_bare, by_set = defaultdict(list), defaultdict(list)
    for one in people:
        by_name[words(one.name)].append(one.key)
        by_bare[bare(one.name)].append(one.key)
        by_set[tuple(sorted(bare(one.name)))].append(one.key)
        for alias in one.names[1:]:
            by_alias[words(alias)].append((one.key, alias))
    for called, keys in by_name.items():
        yield from _each_with_first(keys if called else [], "the same name")
    for called, owners in by_alias.items():
        if not called:
            continue
        first, alias = owners[0]
        named = f"is an alias of the other: “{alias}”"
        yield from ((key, first, named) for key in by_name.get(called, ()))
        yield from ((first, owner, f"both are also called “{alias}”") for owner, _ in owners[1:])
    for called, keys in by_bare.items():
        yield from _each_with_first(keys if called else [], "the same name but for the title")
    for called, keys in by_set.items():
        yield from _each_with_first(keys if len(called) > 1 else [], "the same words in another order")


def _each_with_first(keys: list[int], reason: str) -> Iterator[Pair]:
    """Of many alike each is proposed with the first, not with every other: the list stays readable."""
    return ((keys[0], key, reason) for key in keys[1:])


def _shortened(people: list[Called]) -> Iterator[Pair]:
    """A surname, or an initial and a surname, and the one full name it can stand for."""
    full: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for one in people:
        said = bare(one.name)
        if one.person and len(said) > 1 and len(said[0]) > 1:
            shortened: tuple[tuple[str, ...], ...] = ((said[-1],), (said[0][0], said[-1]))
            for short in shortened:
                # Two are enough to know that nobody is proposed.
                if len(full[short]) < 2:
                    full[short].add(one.key)
    for one in people:
        short = bare(one.name)
        if one.person and short and short in full and len(full[short]) == 1:
            reason = "the same surname" if len(short) == 1 else "the same surname and initial"
            yield one.key, next(iter(full[short])), reason


def _initialled(people: list[Called]) -> Iterator[Pair]:
    """An organisation's initials and the one full name they can stand for."""
    by_initials: dict[str, set[int]] = defaultdict(set)
    for one in people:
        if not one.person and (short := initials(one.name)):
            by_initials[short].add(one.key)
    for one in people:
        letters = one.name.replace(".", "")
        if not one.person and letters.isupper() and letters.isalpha() and len(letters) > 1:
            full = by_initials.get(letters.lower(), set()) - {one.key}
            if len(full) == 1:
                yield one.key, full.pop(), f"{one.name} may be its initials"
