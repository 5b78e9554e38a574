"""Words that the sentence rules know: abbreviations by what follows them, and words that begin a sentence."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


TITLES = _words(
    "mr mrs ms dr gen col lt sgt capt maj rep sen gov prof rev hon pres adm cmdr comdr cpl pvt brig",
    "supt insp det fr msgr mme mlle messrs st mt ft asst assoc atty ald amb sra dra ing dipl mag org",
    "doç yrd av drs profs",
)
"""Before a name; no sentence ends here when a capital follows."""

BEFORE_NUMBERS = _words(
    "no nos nr p pp s fig figs sec sect art vol ch eq tel ext rte jan feb mar apr jun jul aug sep sept",
    "oct nov dec approx ca c ver par para мал рис табл ст див стор гл розд",
)
NEVER_LAST = _words(
    "p.s ps vs v e.g i.e cf viz eg ie esp incl resp al грец лат англ нім рос укр фр м.ін т.зв z.b d.h",
    "bzw",
)
OFTEN_LAST = _words(
    "co inc ltd corp jr sr bros esq llc plc assn dept univ ave blvd rd sq bldg calif mass va conn fla",
    "ill mich minn tenn wash wis ariz colo ala ark okla ore pa ga ky md nev mo tex del ph.d m.d b.a m.a",
)
"""May close a sentence: they do when the next word is one that begins sentences."""

WEEKDAYS = _words("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun")
"""With their capitals: "sat" and "sun" are words of their own."""
UNITS = _words(
    "km kg cm mm m ft lb oz mph min hr км кг см мм м тис млн млрд коп грн т га l t g kb mb gb",
)
HOURS = _words(
    "a.m p.m am pm",
)
AFTER_HOURS = _words(
    "monday tuesday wednesday thursday friday saturday sunday eastern pacific central mountain et est",
    "edt pt pst pdt ct cst cdt gmt utc cet local",
)
STARTERS = _words(
    "The A An This That These Those He She It They We You I There Here His Her Its Their Our My In On",
    "At For From With By As If When While Where Why How What Who Which After Before Since Until",
    "Although Though But And Or So Yet Still However Meanwhile Moreover Some Many Most All Both Each",
    "Every No Not Now Then Once Last Next Only Such One Two Three Did Do Does Is Are Was Were Has Have",
    "Had Can Could Will Would Should May Might Please Another Other Others Also According Under Over",
    "During Despite Because Let Even Yes Nobody Everyone Nothing Today Yesterday Later Earlier Instead",
)
GERMAN_STARTERS = _words(
    "Der Die Das Ein Eine Er Sie Es Wir Ihr Ich In Im Bei Beim Am An Auf Aus Mit Nach Vor Von Zu Zum",
    "Zur Für Als Wenn Weil Da Dann Doch Aber Und Oder So Auch Noch Nun Hier Dort Diese Dieser Dieses",
    "Seine Ihre Man Wer Was Wie Wo Warum Nicht Nur Unter Über Seit Während Damit Dabei Dazu Danach Denn",
    "Trotz Laut Den Dem Des",
)
NAMES_TOO = _words(
    "May Will An Do Has One I A In On So Da Am",
)
"""Of these, those that can stand behind an initial as part of a name or abbreviation."""
