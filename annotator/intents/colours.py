"""Colours of codes that can be seen on every surface of the pages, by day and by night."""

import re

DAY, NIGHT = "#f0ece3", "#28282c"
"""The darkest surface by day and the lightest by night (static/css/tokens.css): the hardest to be seen on."""
LEAST = 3.0
"""Contrast of a sign with its surface, as WCAG 2.2 success criterion 1.4.11 asks for."""
_STEPS = 200
_SHORT, _LONG = re.compile(r"#[0-9a-f]{3}"), re.compile(r"#[0-9a-f]{6}")

Channels = tuple[int, int, int]


def read_colour(written: str) -> str | None:
    """`#rgb` or `#rrggbb` in small letters and full length; None for anything else."""
    colour = written.strip().lower()
    if _SHORT.fullmatch(colour):
        return "#" + "".join(digit * 2 for digit in colour[1:])
    return colour if _LONG.fullmatch(colour) else None


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of a colour `#rrggbb`."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_seen(colour: str) -> bool:
    """Whether the colour stands out enough by day and by night."""
    return contrast(colour, DAY) >= LEAST and contrast(colour, NIGHT) >= LEAST


def made_seen(colour: str) -> str:
    """The colour itself if it is seen, else the nearest on its way to black or white that is."""
    towards: Channels = (0, 0, 0) if contrast(colour, DAY) < LEAST else (255, 255, 255)
    steps = (_mixed(_channels(colour), towards, step / _STEPS) for step in range(_STEPS + 1))
    return next(filter(is_seen, steps))


def _channels(colour: str) -> Channels:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: Channels, other: Channels, share: float) -> str:
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(colour, other, strict=True))
