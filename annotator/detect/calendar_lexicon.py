"""Words by which news tells days, by language: lower case, one blank between words."""

from dataclasses import dataclass

MONTHS_ROMAN = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
WEEKDAYS_MONDAY_FIRST = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`days` are phrases for a day at that distance from publication; `spans` name the week, month or year
    at that distance. `on` may stand before a day, weekday or month and means nothing more; `last` and
    `following` stand before a weekday or month and do. `weekend` are phrases for the latest weekend."""

    days: dict[str, int]
    spans: dict[str, tuple[str, int]]
    weekdays: dict[str, int]
    months: dict[str, int]
    on: tuple[str, ...]
    last: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    weekend: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """Words after a day that narrow it within the day ("morning")."""
    within: tuple[str, ...] = ()
    """Words before a month or year that narrow it ("early")."""
    ago: str = ""
    """A pattern with the groups `n` and `unit`."""
    units: dict[str, str] | None = None
    numbers: dict[str, int] | None = None


def _numbered(words: str, first: int) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


def _spans(**named: str) -> dict[str, tuple[str, int]]:
    """`week=-1` written as week__1="last week|the past week"."""
    made: dict[str, tuple[str, int]] = {}
    for key, phrases in named.items():
        unit, _, distance = key.partition("_")
        offset = {"this": 0, "last": -1, "next": 1}[distance]
        made |= dict.fromkeys(phrases.split("|"), (unit, offset))
    return made


_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_SHORT_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9}
_DIGITS_EN = "one two three four five six seven eight nine ten eleven twelve"

ENGLISH = Lexicon(
    days={
        **{"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0},
        **{"yesterday": -1, "last night": -1, "the day before yesterday": -2},
        **{"tomorrow": 1, "the day after tomorrow": 2},
    },
    spans=_spans(
        week_this="this week",
        week_last="last week",
        week_next="next week",
        month_this="this month|earlier this month|later this month",
        month_last="last month|the previous month",
        month_next="next month",
        year_this="this year|earlier this year|later this year",
        year_last="last year|late last year|early last year|the previous year",
        year_next="next year",
    ),
    weekdays=_numbered(WEEKDAYS_MONDAY_FIRST["en"], 0) | _SHORT_DAYS,
    months=_numbered(MONTHS_ROMAN["en"], 1) | _SHORT_MONTHS | {"oct": 10, "nov": 11, "dec": 12},
    on=(
        *("on", "in", "since", "by", "late on", "early on", "during", "late", "early", "before dawn on"),
        *("at dawn on", "at noon on", "at midday on", "at dusk on", "at midnight on"),
    ),
    last=("last", "on last", "in last", "this past", "this last"),
    following=("next", "on next", "in next", "this coming"),
    weekend=("the weekend", "over the weekend", "at the weekend", "on the weekend", "during the weekend"),
    parts=("morning", "afternoon", "evening", "night", "at dawn", "at dusk", "at noon"),
    within=("early", "mid", "late", "early in", "late in", "the beginning of", "the end of", "at the end of"),
    ago=r"(?P<n>\d{1,3}|an?|" + _DIGITS_EN.replace(" ", "|") + r") (?P<unit>days?|weeks?|months?|years?) ago",
    units={"day": "day", "week": "week", "month": "month", "year": "year"},
    numbers=_numbered(_DIGITS_EN, 1) | {"a": 1, "an": 1},
)
GERMAN = Lexicon(
    days={"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2, "gestern abend": -1},
    spans=_spans(
        week_this="diese woche|in dieser woche",
        week_last="letzte woche|vergangene woche|in der vergangenen woche|vorige woche",
        month_this="diesen monat|in diesem monat",
        month_last="letzten monat|vergangenen monat|im vergangenen monat",
        year_this="dieses jahr|in diesem jahr",
        year_last="letztes jahr|im vergangenen jahr|im vorigen jahr",
    ),
    weekdays=_numbered(WEEKDAYS_MONDAY_FIRST["de"], 0) | {"sonnabend": 5},
    months=_numbered(MONTHS_ROMAN["de"], 1) | {"jänner": 1},
    on=("am", "im", "seit", "bis"),
    last=("letzten", "am letzten", "vergangenen", "am vergangenen"),
    following=("nächsten", "am nächsten", "kommenden", "am kommenden"),
    weekend=("am wochenende", "übers wochenende", "das wochenende"),
    parts=("morgen", "vormittag", "mittag", "nachmittag", "abend", "früh"),
    within=("anfang", "mitte", "ende"),
    ago=r"vor (?P<n>\d{1,3}) (?P<unit>tagen|wochen|monaten|jahren)",
    units={"tage": "day", "woche": "week", "monate": "month", "jahre": "year"},
)
FRENCH = Lexicon(
    days={"aujourd'hui": 0, "hier": -1, "hier soir": -1, "avant-hier": -2, "demain": 1, "après-demain": 2},
    spans=_spans(
        week_this="cette semaine",
        week_last="la semaine dernière|la semaine passée",
        month_this="ce mois-ci",
        month_last="le mois dernier|le mois passé",
        year_this="cette année",
        year_last="l'année dernière|l'an dernier",
    ),
    weekdays=_numbered(WEEKDAYS_MONDAY_FIRST["fr"], 0),
    months=_numbered(MONTHS_ROMAN["fr"], 1),
    on=("en", "le", "depuis", "au mois de"),
    weekend=("le week-end", "ce week-end", "durant le week-end", "pendant le week-end"),
    parts=("matin", "après-midi", "soir"),
    within=("début", "mi", "fin", "à la fin de"),
    ago=r"il y a (?P<n>\d{1,3}) (?P<unit>jours?|semaines?|mois|ans?)",
    units={"jour": "day", "semaine": "week", "mois": "month", "an": "year"},
)
SPANISH = Lexicon(
    days={"hoy": 0, "ayer": -1, "anoche": -1, "anteayer": -2, "pasado mañana": 2},
    spans=_spans(
        week_this="esta semana",
        week_last="la semana pasada",
        month_this="este mes",
        month_last="el mes pasado",
        year_this="este año",
        year_last="el año pasado",
    ),
    weekdays=_numbered(WEEKDAYS_MONDAY_FIRST["es"], 0),
    months=_numbered(MONTHS_ROMAN["es"], 1) | {"setiembre": 9},
    on=("el", "en", "desde", "desde el"),
    last=("el pasado",),
    following=("el próximo",),
    weekend=("el fin de semana", "este fin de semana", "durante el fin de semana"),
    parts=("por la mañana", "por la tarde", "por la noche"),
    within=("a principios de", "a mediados de", "a finales de"),
    ago=r"hace (?P<n>\d{1,3}) (?P<unit>días?|semanas?|mes(?:es)?|años?)",
    units={"día": "day", "semana": "week", "mes": "month", "año": "year"},
)
ARABIC = Lexicon(
    days={"اليوم": 0, "أمس": -1, "امس": -1, "مساء أمس": -1, "أول أمس": -2, "غدا": 1, "غدًا": 1},
    spans=_spans(
        week_this="هذا الأسبوع",
        week_last="الأسبوع الماضي|الأسبوع المنصرم",
        month_this="هذا الشهر",
        month_last="الشهر الماضي|الشهر المنصرم",
        year_this="هذا العام|هذه السنة",
        year_last="العام الماضي|السنة الماضية",
    ),
    weekdays=_numbered(WEEKDAYS_MONDAY_FIRST["ar"], 0) | {"الإثنين": 0},
    months=_numbered(MONTHS_ROMAN["ar"], 1) | {"ابريل": 4, "اغسطس": 8, "اكتوبر": 10},
    on=("يوم", "في", "منذ", "في يوم", "في شهر", "شهر"),
    parts=("صباحا", "مساء", "ظهرا"),
)

LEXICONS = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ar": ARABIC}
