"""Words by which news bounds and writes numbers, by language: lower case, one blank between words."""

from dataclasses import dataclass, field

SINGLE_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
SINGLE_DE = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
TENS_DE = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"


@dataclass(frozen=True, slots=True)
class NumberLexicon:
    """`before` and `after` are phrases that bound a number, with their qualifier; `between` with `then` and
    `to` join two numbers into a range. `vague` are orders of size, never numbers. `words` are the numbers
    that are read, `scales` what multiplies the one before; `numeral` words belong to numbers that are not
    read. `doubt` beside a number makes it unreadable."""

    decimal: str
    group: str
    before: dict[str, str]
    after: dict[str, str] = field(default_factory=dict)
    between: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    to: tuple[str, ...] = ("-", "–", "—", "‑")
    vague: tuple[str, ...] = ()
    words: dict[str, int] = field(default_factory=dict)
    single: tuple[str, ...] = ()
    """Words for one that count only before a scale ("a hundred")."""
    scales: dict[str, int] = field(default_factory=dict)
    numeral: frozenset[str] = frozenset()
    doubt: frozenset[str] = frozenset()
    lead: tuple[str, ...] = ()
    """What may stand before the whole phrase and bounds nothing."""
    prefixes: tuple[str, ...] = ()
    """Letters that are written together with the first word of a phrase."""
    linked: tuple[str, ...] = ()
    """What may stand between a hundred and the rest ("a hundred and five")."""
    ratio: tuple[str, ...] = ()
    """Between two numbers that are one share ("one in five")."""
    percent: tuple[str, ...] = ("%",)


def _said(**phrases: str) -> dict[str, str]:
    return {phrase: qualifier for qualifier, some in phrases.items() for phrase in some.split("|")}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _counted(words: str, tens: str) -> dict[str, int]:
    numbers = {word: number for number, word in enumerate(words.split())}
    return numbers | {word: 10 * number for number, word in enumerate(tens.split(), 2)}


_TEENS = {"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
ENGLISH = NumberLexicon(
    decimal=".",
    group=",",
    before=_said(
        more_than="more than|over|above|well over|well above|far more than|much more than|slightly more than"
        "|just over|a little over|a little more than|greater than|in excess of|upwards of|exceeding",
        at_least="at least|no fewer than|no less than|not fewer than|not less than|a minimum of|minimum of"
        "|as few as|at the least",
        at_most="at most|up to|as many as|as much as|no more than|not more than|a maximum of|maximum of"
        "|at the most",
        fewer_than="fewer than|less than|under|below|well under|well below|far fewer than|just under"
        "|just below|slightly fewer than|slightly less than",
        about="about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated|circa|ca"
        "|perhaps|maybe|possibly|~|≈",
        exactly="exactly|precisely|only|just|a total of|all|the|these|those",
    ),
    after=_said(
        at_least="or more|or above|at least|and more|plus|+",
        at_most="or fewer|or less|at most|at the most|tops",
        about="or so|or thereabouts|- odd|- some",
    ),
    between=("between",),
    then=("and",),
    to=("to", "-", "–", "—", "‑"),
    vague=(
        *("tens of thousands", "hundreds of thousands", "tens of millions", "hundreds of millions"),
        *("dozens", "scores", "hundreds", "thousands", "millions", "billions"),
    ),
    words=_counted(SINGLE_EN, TENS_EN) | _TEENS,
    single=("a", "one"),
    scales={"hundred": 100, "dozen": 12, "thousand": 1000, "million": 10**6, "billion": 10**9, "bn": 10**9},
    numeral=_set("trillion score half halves third thirds quarter quarters fifth fifths"),
    doubt=_set("not no never or if than least most more fewer less from half"),
    lead=("the", "another", "all", "these", "those", "a total of"),
    linked=("and",),
    ratio=("in", "of", "out"),
    percent=("%", "percent", "per cent"),
)

_TEENS_DE = {"sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19}
_PLAIN_DE = _counted(SINGLE_DE, TENS_DE) | _TEENS_DE
_JOINED_DE = {
    f"{one}und{ten}": _PLAIN_DE[one] + _PLAIN_DE[ten]
    for one in SINGLE_DE.split()[1:10]
    for ten in TENS_DE.split()
}
GERMAN = NumberLexicon(
    decimal=",",
    group=".",
    before=_said(
        more_than="mehr als|über|weit über|deutlich mehr als|gut",
        at_least="mindestens|wenigstens|nicht weniger als|zumindest",
        at_most="höchstens|maximal|bis zu|nicht mehr als",
        fewer_than="weniger als|unter|knapp unter",
        about="etwa|rund|ungefähr|circa|ca|zirka|fast|beinahe|knapp|an die|geschätzt|schätzungsweise|~|≈",
        exactly="genau|nur|lediglich|insgesamt|die|alle|der|den|diese",
    ),
    after=_said(at_least="oder mehr|und mehr|+", at_most="oder weniger"),
    between=("zwischen",),
    then=("und",),
    to=("bis", "-", "–", "—", "‑"),
    vague=(
        "dutzende",
        "dutzende von",
        "hunderte",
        "tausende",
        "zehntausende",
        "hunderttausende",
        "millionen",
    ),
    words={word: number for word, number in (_PLAIN_DE | _JOINED_DE).items() if word != "ein"},
    single=("eine", "ein", "einer"),
    scales={"dutzend": 12, "tausend": 1000, "million": 10**6, "millionen": 10**6, "milliarden": 10**9},
    numeral=_set("hundert halb halbe drittel viertel milliarde billionen eins"),
    doubt=_set("nicht kein keine als oder wenn von mehr weniger bis zu"),
    lead=("die", "alle", "der", "den", "diese", "insgesamt", "weitere"),
    percent=("%", "prozent"),
)

FRENCH = NumberLexicon(
    decimal=",",
    group=" .",
    before=_said(
        more_than="plus de|plus d'|bien plus de|un peu plus de",
        at_least="au moins|pas moins de|au minimum",
        at_most="au plus|jusqu'à|au maximum|pas plus de|tout au plus",
        fewer_than="moins de|un peu moins de",
        about="environ|près de|quelque|quelques|autour de|à peu près|presque|quasiment|~|≈",
        exactly="exactement|précisément|seulement|les|ces|au total",
    ),
    after=_said(
        at_least="ou plus|au moins|et plus|+", at_most="ou moins|au plus|au maximum", about="environ"
    ),
    between=("entre",),
    then=("et",),
    to=("à", "-", "–", "—", "‑"),
    vague=("des dizaines", "des centaines", "des milliers", "des millions", "des dizaines de milliers"),
    words={"trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10, "douze": 12},
    scales={"mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
    numeral=_set(
        "un une deux neuf onze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante "
        "cent cents dizaine vingtaine trentaine centaine millier demi tiers quart"
    ),
    doubt=_set("ou que de plus moins pas si ni sur"),
    lead=("les", "ces", "au total"),
    prefixes=("d'", "l'", "qu'"),
    percent=("%", "pour cent"),
)

SPANISH = NumberLexicon(
    decimal=",",
    group=".",
    before=_said(
        more_than="más de|mas de|bastante más de",
        at_least="al menos|por lo menos|como mínimo|no menos de",
        at_most="hasta|como máximo|a lo sumo|no más de",
        fewer_than="menos de",
        about="unos|unas|cerca de|alrededor de|aproximadamente|casi|en torno a|~|≈",
        exactly="exactamente|sólo|solo|los|las|estos|estas|un total de",
    ),
    after=_said(
        at_least="o más|al menos|como mínimo|+", at_most="o menos|como máximo", about="aproximadamente"
    ),
    between=("entre",),
    then=("y",),
    to=("a", "-", "–", "—", "‑"),
    vague=("decenas", "docenas", "cientos", "centenares", "miles", "millones", "decenas de miles"),
    words={"tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10},
    scales={"mil": 1000, "millón": 10**6, "millones": 10**6},
    numeral=_set(
        "un una uno dos once doce trece catorce quince dieciséis veinte treinta cuarenta cincuenta sesenta "
        "setenta ochenta noventa cien ciento docena decena medio media tercio tercios cuarto"
    ),
    doubt=_set("o que de más menos no si ni"),
    lead=("los", "las", "un total de"),
    percent=("%", "por ciento"),
)

ARABIC = NumberLexicon(
    decimal="٫.",
    group="٬,",
    before=_said(
        more_than="أكثر من|اكثر من|أزيد من|ما يزيد على|ما يزيد عن|فوق",
        at_least="ما لا يقل عن|لا يقل عن|على الأقل",
        at_most="ما يصل إلى|حتى|ما لا يزيد على|لا يزيد عن|كحد أقصى",
        fewer_than="أقل من|اقل من|دون",
        about="حوالي|نحو|قرابة|زهاء|تقريبا|ما يقارب|ما يقرب من",
        exactly="فقط|بالضبط",
    ),
    after=_said(
        at_least="على الأقل|أو أكثر|فأكثر", at_most="على الأكثر|أو أقل|كحد أقصى", about="تقريبا|تقريباً"
    ),
    between=("بين", "ما بين"),
    then=("و",),
    to=("إلى", "-", "–", "—", "‑"),
    vague=("عشرات", "العشرات", "مئات", "المئات", "آلاف", "الآلاف", "عشرات الآلاف", "مئات الآلاف"),
    scales={"ألف": 1000, "آلاف": 1000, "مليون": 10**6, "ملايين": 10**6, "مليار": 10**9},
    numeral=_set("نصف ثلث ربع مئة مائة"),
    doubt=_set("من عن أو أكثر أقل لا ليس غير على"),
    prefixes=("و", "ف", "ل", "ب"),
    percent=("%", "٪", "في المئة", "بالمئة"),
)

LEXICONS = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ar": ARABIC}
