"""A byline as a CSL name: family and given names where they are told apart, else the words as they stand.

A comma tells them apart. Without one they are where no other reading is likely: one given name,
with initials or not, and one family name with its particles, in Latin letters and not in a language
that puts the family first. Three plain names, what may be an office, an agency or an outlet, and
family names that often stand first stay literal: a name that is not turned round is odd, one turned
round wrongly is another's.
"""

import re
import unicodedata
from functools import lru_cache

Name = dict[str, str]
_BEFORE_FAMILIES = (
    "van von de der den del della di da dos das do du la le el al ter ten te zu zum zur af av ap"
)
_PARTICLES = frozenset(_BEFORE_FAMILIES.split())
_SUFFIX = re.compile(r"(?:jr|sr|[jJ]nr|[sS]nr)\.?|I{2,3}|IV", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*\.?|(?:[^\W\d_]\.-?)+")
_JOINED = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az)[-‐’'][^\W\d_][\w’'-]*|[dDlL][’'][^\W\d_][\w’'-]*")
_FAMILY_FIRST = frozenset(("zh", "yue", "ja", "ko", "vi", "hu", "km", "mn"))
_FAMILIES = """
    an bae bai bui cai cao chang chau chen cheng cheung choi chu cui dang dinh do dong duong fan
    fang feng fu gao gu guo ha han he ho hoang hong hou hu huang hwang im jang jeon jeong jia jiang
    jin jung kang kim kong kwon lai lam lau le lee leung li liang liao lim lin liu lo lu luo ma mao
    meng mo ngo nguyen nguyễn oh ong pak pan park peng pham phan qian qin ren seo shao shen shi shin
    sim so son song su suh sun tan tang tao tian to tran trần trinh truong tsai tse vo vu wan wang
    wei wen wong woo wu xi xia xiao xie xu xue yan yang yao ye yeon yi yim yin yoo yoon you yu yuan
    zeng zhang zhao zheng zhong zhou zhu zou
"""
_OFTEN_FIRST = frozenset(_FAMILIES.split())
_NOBODY = re.compile(
    r"""\b(?:staff|agenc|correspond|report|editor|wire|desk|writer|bureau|news|press\b|media|
    team\b|radio|tv\b|television|times|post\b|herald|tribune|gazette|courier|journal|
    chronicle|observer|guardian|mail\b|mirror|sun\b|star\b|today|daily|weekly|
    online|digital|network|broadcast|associat|institut|universit|ministry|office|
    council|committee|commission|department|government|union\b|center|centre|foundation|
    group\b|society\b|club|party\b|police\b|army\b|service\b|board\b|bank\b|company|inc\b|ltd\b|
    llc\b|gmbh\b|international|national|united|world\b|global|city\b|state\b|special|
    guest\b|contribut|columnist|author|photograph|redaktion|agentur|zeitung|nachrichten|
    presse|rédaction|agence|agencia|redacción|redazione|mr\b|mrs\b|ms\b|dr\b|prof\b|
    sir\b|lord\b|lady\b|by\b|and\b|the\b|for\b|from\b|with\b|und\b|et\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 200


@lru_cache(maxsize=4096)
def csl_name(author: str, language: str = "", outlet: str = "") -> Name:
    """`language` (BCP 47) is the article's, `outlet` who published it: what is called like that is nobody."""
    literal = {"literal": author}
    words = " ".join(author.split())
    if len(words) > _LONGEST or any(unicodedata.category(sign) in ("Nd", "Cc") for sign in words):
        return literal
    if "," in words:
        return _inverted(words, outlet) or literal
    if language.partition("-")[0].lower() in _FAMILY_FIRST or _is_nobody(words, outlet):
        return literal
    return _in_order(words.split()) or literal


def _inverted(words: str, outlet: str) -> Name | None:
    """ "Family, Given", or "Family, Given, Jr."; not "Given Family, Reuters" nor a list of names."""
    family, given, *rest = (part.strip() for part in words.split(","))
    if not family or not given or len(rest) > 1 or (rest and not _SUFFIX.fullmatch(rest[0])):
        return None
    if _SUFFIX.fullmatch(given) or _is_nobody(given, outlet):
        return None
    return {"family": family, "given": ", ".join([given, *rest])}


def _is_nobody(words: str, outlet: str) -> bool:
    own = {word for word in outlet.casefold().split() if len(word) > 3}
    return bool(_NOBODY.search(words)) or not own.isdisjoint(words.casefold().split())


def _in_order(words: list[str]) -> Name | None:
    """One given name, initials, and a family name of one word with the particles before it."""
    first = next((i for i, word in enumerate(words) if i and _is_particle(word)), len(words) - 1)
    given, family = words[:first], words[first:]
    if not given or not _is_name(family[-1]) or not all(_is_particle(word) for word in family[:-1]):
        return None
    if len(family) == 1 and given[0].casefold() in _OFTEN_FIRST:
        return None
    whole = [word for word in given if not (word.isupper() and _INITIALS.fullmatch(word))]
    if len(whole) > 1 or not all(_is_name(word) for word in whole):
        return None
    return {"family": " ".join(family), "given": " ".join(given)}


def _is_particle(word: str) -> bool:
    return word.casefold() in _PARTICLES


def _is_name(word: str) -> bool:
    """A capital and small letters, parts of it joined by hyphens or apostrophes, all of it Latin."""
    letters = [sign for sign in word if sign.isalpha()]
    if len(letters) < 2 or not all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters):
        return False
    if not all(sign.isalpha() or unicodedata.category(sign) == "Mn" or sign in "-‐’'" for sign in word):
        return False
    return bool(_JOINED.fullmatch(word)) or (word[0].isupper() and any(sign.islower() for sign in letters))
