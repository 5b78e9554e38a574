"""Which way a text runs and, coarsely, which language it is in, from its own letters."""

from __future__ import annotations

import re
import unicodedata

_SAMPLE = 20_000
_RTL = "ar arc ckb dv fa he iw ks nqo ps sd syr ug ur yi"  # `ku` alone is written in Latin letters
_RTL_LANGUAGES = frozenset(_RTL.split())
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_LETTERS_OF = (
    ("ps", re.compile(r"[ټډړږښڼېۍځڅ]")),
    ("ur", re.compile(r"[ٹڈڑںےھہ]")),
    ("fa", re.compile(r"[پچژگیک]")),
)
_SCRIPTS = (
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_FREQUENT = {
    "en": "the of and to in that is was for on with as by at from said has have are it",
    "de": "der die das und den von zu mit ist im nicht ein eine dem auf für sich des wird",
    "fr": "le la les des et est un une dans que pour qui sur pas du par au avec sont il",
    "es": "el los las que y en del se por con una para su es al como más fue lo",
    "it": "il di che e la per un non con del della sono nel alla gli dei si le da",
    "pt": "o os que e do da em um uma para com não por dos das se na no foi",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er door om als",
    "tr": "ve bir bu için ile de da olarak çok daha olan gibi kadar sonra ancak ise ne",
}
_FREQUENT_SETS = {language: frozenset(words.split()) for language, words in _FREQUENT.items()}


def direction(text: str) -> str:
    """ "rtl" or "ltr", by the majority of strongly directional letters (Unicode UAX 9) in the text."""
    balance = 0
    for character in text[:_SAMPLE]:
        bidi = unicodedata.bidirectional(character)
        if bidi == "L":
            balance -= 1
        elif bidi in ("R", "AL"):
            balance += 1
    return "rtl" if balance > 0 else "ltr"


def direction_of_language(language: str) -> str:
    """ "rtl" or "ltr" by a BCP 47 tag's first part ("ur-PK" runs as "ur" does)."""
    return "rtl" if language.lower().split("-")[0] in _RTL_LANGUAGES else "ltr"


def direction_of_block(text: str, line: str) -> str:
    """ "rtl" or "ltr" for a part of a text that as a whole runs as `line` says.

    The part runs otherwise only where its first letter and most of its letters do: neither a name at its
    beginning nor a quotation within it turns it.
    """
    kinds = map(unicodedata.bidirectional, text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), None)
    if first is None or (first == "L") == (line == "ltr"):
        return line
    return direction(text)


def guess_language(text: str) -> str | None:
    """An ISO 639-1 code by script, and for Latin script by frequent words; None where nothing tells.

    A proposal for a person to confirm, never a finding.
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    if len(_ARABIC.findall(sample)) * 2 > letters:
        return _arabic_script_language(sample, letters)
    if len(_CYRILLIC.findall(sample)) * 2 > letters:
        return "uk" if _UKRAINIAN.search(sample) else "ru"
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) * 3 > letters:
            return language
    return _latin_language(sample)


def _arabic_script_language(sample: str, letters: int) -> str:
    for language, pattern in _LETTERS_OF:
        # A foreign name may bring one such letter into any of them.
        if len(pattern.findall(sample)) * 100 > letters:
            return language
    return "ar"


def _latin_language(sample: str) -> str | None:
    words = _WORD.findall(sample.lower())
    counts = {language: sum(word in known for word in words) for language, known in _FREQUENT_SETS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] * 12 >= len(words) and counts[best] >= 2 else None
