"""Every pair of colours that carries words or a sign is readable by day and by night (WCAG 2.2 AA).

The ratios are computed from tokens.css itself: relative luminance as WCAG defines it, 4.5 for text
(success criterion 1.4.3) and 3 for the edges of fields, focus rings and the lines of marks (1.4.11).
"""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[3] / "static" / "css"
TOKEN = re.compile(r"--([a-z0-9-]+):\s*light-dark\(\s*(#[0-9a-f]{6})\s*,\s*(#[0-9a-f]{6})\s*\)")
COLOURS = {name: (day, night) for name, day, night in TOKEN.findall((CSS / "tokens.css").read_text())}

SURFACES = ("paper", "sheet", "wash")
KINDS = ("claim", "actor", "event", "cue")
STATES = ("ok", "bad", "warn", "info", "anon")
TEXT_PAIRS = [
    *((ink, surface) for ink in ("ink", "soft", "brand", *KINDS, *STATES) for surface in SURFACES),
    *(("ink", f"{kind}-{depth}") for kind in KINDS for depth in ("fill", "strong")),
    *((kind, f"{kind}-fill") for kind in (*KINDS, *STATES)),
    *(("ink", f"{state}-fill") for state in STATES),
    *(("soft", f"{kind}-fill") for kind in (*KINDS, *STATES)),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("brand-deep", "brand-wash"),
    ("ink", "brand-wash"),
]
SIGN_PAIRS = [
    *((sign, surface) for sign in ("edge", "focus", *KINDS) for surface in SURFACES),
    *((kind, f"{kind}-strong") for kind in KINDS),
    ("focus", "brand-wash"),
]


def luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (SIGN_PAIRS, 3.0)], ids=["text", "signs"])
def test_pairs_are_readable(pairs: list[tuple[str, str]], least: float, scheme: int) -> None:
    faint = {
        f"{front} on {back}": round(contrast(COLOURS[front][scheme], COLOURS[back][scheme]), 2)
        for front, back in pairs
        if contrast(COLOURS[front][scheme], COLOURS[back][scheme]) < least
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["day", "night"])
def test_words_under_a_watch_terms_tint_are_readable(scheme: int) -> None:
    """The tint is ink laid thinly over whatever stands there already; quieter text becomes ink with it."""
    rule = re.search(
        r"highlight\(watch\) \{ color: var\(--ink\);[^}]*var\(--ink\) (\d+)%",
        (CSS / "reading.css").read_text(),
    )
    assert rule is not None
    share = int(rule[1]) / 100

    def tinted(name: str) -> str:
        pairs = zip(*(bytes.fromhex(COLOURS[c][scheme][1:]) for c in ("ink", name)), strict=True)
        return "#" + "".join(f"{round(share * ink + (1 - share) * ground):02x}" for ink, ground in pairs)

    grounds = ["sheet", *(f"{kind}-{depth}" for kind in KINDS for depth in ("fill", "strong"))]
    told = {("ink", g): contrast(COLOURS["ink"][scheme], tinted(g)) for g in grounds}
    assert {pair: round(ratio, 2) for pair, ratio in told.items() if ratio < 4.5} == {}


def test_no_stylesheet_names_a_colour_of_its_own() -> None:
    """A colour outside tokens.css would escape the test above; print's greys are the only ones allowed."""
    stray = {
        path.name: found
        for path in sorted(CSS.glob("*.css"))
        if path.name != "tokens.css"
        and (found := set(re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text())) - {"#000", "#bbb"})
    }
    assert stray == {}


def test_every_variable_that_is_used_is_defined() -> None:
    sheets = {path: path.read_text() for path in sorted(CSS.glob("*.css"))}
    defined = {name for text in sheets.values() for name in re.findall(r"(--[a-z0-9-]+)\s*:", text)}
    scripts = "".join(path.read_text() for path in sorted(CSS.parent.glob("js/**/*.js")))
    defined |= set(re.findall(r'setProperty\("(--[a-z0-9-]+)"', scripts))
    used = {name for text in sheets.values() for name in re.findall(r"var\((--[a-z0-9-]+)\)", text)}
    assert used - defined == set()
