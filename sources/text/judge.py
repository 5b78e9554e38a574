"""Judge the lines of a page: what each is, whether it is masked, and why.

Each rule looks only at lines that no rule before it has judged; what is left is the story's paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sources.text.bylines import byline_names
from sources.text.calendar_words import date_line
from sources.text.credits import (
    ends_in_credit,
    is_bracketed_credit,
    is_photo_credit,
    names_who_worked_on_it,
    source_outlet,
)
from sources.text.furniture import (
    among_furniture_reason,
    furniture_reason,
    is_address,
    so_long_ago,
)
from sources.text.furniture_reasons import LIST
from sources.text.heads import find_title, judge_head
from sources.text.lines import LIST_ITEM, MARKDOWN_HEADING, Line
from sources.text.repeats import is_wholly_quoted, pull_quotes
from sources.text.verdict import Verdict, Verdicts, boilerplate

_PICTURE_BELOW = re.compile(
    r"\b(?:video|photo|image|picture|footage|clip|map|chart)s? (?:below|above)\b", re.IGNORECASE
)
_PICTURE_FIRST = re.compile(
    r"(?:(?:a |the )?(?:video|photo|image|picture|footage|map|chart|still))\b", re.IGNORECASE
)
_CAPTION = re.compile(r"(?:image|photo|media|video) caption\s*[,:]\s", re.IGNORECASE)
_SAYS = r"(?:said|says|told|tells|asked|added|recalled|replied|explained)\b"
_SPOKEN = re.compile(rf"[\"”»“]\s+(?:[\w’'.-]+\s+){{0,3}}{_SAYS}|{_SAYS}[^.\"“«„]{{0,20}}[\"“«„]")
"""Direct speech and its speaker: a story's sentence. A teaser may quote a name, and say "police said"."""
_WRITES = r"(?:is|was|has been|covers|reports|writes|works)\b"
_LONGEST_TITLE = 30
_POINTED_TO = "names a picture that the line before points to"


def judge(lines: Sequence[Line]) -> list[Verdict]:
    """One verdict a line."""
    verdicts: Verdicts = [_alone(line) for line in lines]
    _captions(lines, verdicts)
    title = find_title(lines, verdicts)
    _timeline(lines, verdicts, title)
    if title is not None:
        judge_head(lines, verdicts, title)
    _listed(lines, verdicts)
    _teasers(lines, verdicts)
    _among(lines, verdicts)
    _pulled(lines, verdicts)
    _tail(lines, verdicts)
    _writer(lines, verdicts)
    _headings(lines, verdicts)
    return [verdict or Verdict() for verdict in verdicts]


def _alone(line: Line) -> Verdict | None:
    """What a line's own words tell, wherever it stands."""
    reason = furniture_reason(line.text)
    if reason is None and is_photo_credit(line.text):
        reason = "a picture's credit"
    if reason is None and source_outlet(line.text) and not date_line(line.text):
        reason = "says whom the text was taken from"
    if reason is None and is_address(line.text):
        reason = "an address"
    if reason is not None:
        return boilerplate(reason)
    if _CAPTION.match(line.text) and line.words <= 60:
        return Verdict("caption", True, "is called a caption")
    if names_who_worked_on_it(line.text):
        return Verdict("byline", True, "says who worked on the story")
    if line.words <= 45 and ends_in_credit(line.text):
        return Verdict("caption", True, "ends in a picture's credit")
    return None


def _captions(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """What stands right above a credit in brackets is a caption; so is what names "the video below"."""
    for n, line in enumerate(lines):
        if is_bracketed_credit(line.text) and 1 < line.of_chunk <= 3:
            for above in range(n - 1, max(0, n - 3), -1):
                if lines[above].chunk == line.chunk and verdicts[above] is None and lines[above].words <= 60:
                    verdicts[above] = Verdict("caption", True, "stands right above a picture's credit")
        elif n and verdicts[n] is None and line.words <= 30 and line.chunk != lines[n - 1].chunk:
            pointed_to = _PICTURE_FIRST.match(line.text) and _PICTURE_BELOW.search(lines[n - 1].text)
            verdicts[n] = Verdict("caption", True, _POINTED_TO) if pointed_to else None


def _timeline(lines: Sequence[Line], verdicts: Verdicts, title: int | None) -> None:
    """Three dates or more, most with only a line or two between them: an account by dates, not teasers."""
    dates = [n for n, line in enumerate(lines) if n and verdicts[n] is None and date_line(line.text)]
    dates = [n for n in dates if n - 1 != title and not byline_names(lines[n - 1].text)]
    short = sum(later - earlier <= 3 for earlier, later in pairwise(dates))
    if len(dates) < 3 or short * 2 <= len(dates) - 1 or dates[-1] == len(lines) - 1:
        return
    for n in dates:
        verdicts[n] = Verdict("heading", False, "a date that heads what follows it")


def _listed(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """Titles below the head of a list of other stories. The last one before the story goes on may be a
    heading of it, unless it is the only one or stands right below another."""
    for n, verdict in enumerate(verdicts):
        if verdict is None or verdict.reason != LIST:
            continue
        m = n + 1
        while m < len(lines) and (verdicts[m] is not None or _other_title(lines[m])):
            m += 1
        titles = [k for k in range(n + 1, m) if verdicts[k] is None]
        last = titles[-1] if titles else n
        heads = m < len(lines) and last > n + 1 and lines[last].chunk != lines[last - 1].chunk
        for k in titles[:-1] if heads else titles:
            verdicts[k] = boilerplate("stands in a list of other stories")


def _other_title(line: Line) -> bool:
    return not line.stopped and line.words <= _LONGEST_TITLE and not line.text.endswith((":", ",", ";"))


def _among(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """Words that are furniture among furniture only, or behind the last sentence of the story."""
    last = max((n for n, line in enumerate(lines) if verdicts[n] is None and line.stopped), default=-1)
    for step in (1, -1):  # a run of such words is furniture when either end of it meets some
        for n in range(len(lines))[::step]:
            if verdicts[n] is not None or (reason := among_furniture_reason(lines[n].text)) is None:
                continue
            beside = verdicts[n - step] if 0 <= n - step < len(lines) else None
            if n > last >= 0 or (beside is not None and beside.role == "boilerplate"):
                verdicts[n] = boilerplate(reason)


def _teasers(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """A date on a line of its own in mid-story belongs to a teaser: the line before it, of another story."""
    open_lines = [n for n, verdict in enumerate(verdicts) if verdict is None]
    dates = [n for n in open_lines if date_line(lines[n].text) or so_long_ago(lines[n].text)]
    date_set = set(dates)
    story = [n for n in open_lines if n not in date_set]
    if not dates or not story:
        return
    for n in dates:
        verdicts[n] = boilerplate("a date on a line of its own, as teasers of other stories carry it")
        before = n - 1
        inside = before > story[0] and n < story[-1] and before not in date_set
        short = inside and lines[before].words <= 60 and lines[before].of_chunk <= 2
        if short and verdicts[before] is None and not _SPOKEN.search(lines[before].text):
            verdicts[before] = boilerplate("a teaser of another story: a date of its own follows it")


def _pulled(lines: Sequence[Line], verdicts: Verdicts) -> None:
    open_lines = [n for n, verdict in enumerate(verdicts) if verdict is None]
    candidates = [n for n in open_lines if lines[n].of_chunk == 1 or is_wholly_quoted(lines[n].text)]
    for n, source in pull_quotes([line.text for line in lines], candidates, open_lines).items():
        verdicts[n] = Verdict("pull_quote", True, "says again what another paragraph says", source)


def _tail(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """Short lines without a stop that stand among the furniture after the last sentence of the story."""
    last = max((n for n, line in enumerate(lines) if verdicts[n] is None and line.stopped), default=None)
    if last is None:
        return
    furnished = any(verdict and verdict.role == "boilerplate" for verdict in verdicts[last + 1 :])
    for n in range(last + 1, len(lines)):
        if verdicts[n] is None and byline_names(lines[n].text):
            verdicts[n] = Verdict("byline", True, "names the writers, after the story")
        elif furnished and verdicts[n] is None and lines[n].words <= 8:
            verdicts[n] = boilerplate("stands among the page's furniture after the story")


def _writer(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """The story's last words, where they tell who the writer is whom the byline names."""
    named = [verdict is not None and verdict.role == "byline" for verdict in verdicts]
    writers = [name for n, line in enumerate(lines) if named[n] for name in byline_names(line.text) or ()]
    for n in reversed(range(len(lines))):
        if verdicts[n] is None:
            words = lines[n].text if lines[n].words <= 60 else ""
            if any(re.match(rf"{re.escape(name)} {_WRITES}", words) for name in writers):
                verdicts[n] = Verdict("byline", True, "tells who the writer is, after the story")
            return


def _headings(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """A short line without a full stop that a longer paragraph follows."""
    for n, line in enumerate(lines[:-1]):
        if verdicts[n] is not None:
            continue
        after = next((m for m in range(n + 1, len(lines)) if verdicts[m] is None), None)
        if after is None or not lines[after].stopped or lines[after].words <= line.words:
            continue
        if MARKDOWN_HEADING.match(line.text) or _heading_like(line):
            verdicts[n] = Verdict("heading", False, "short, without a full stop, and a paragraph follows")


def _heading_like(line: Line) -> bool:
    text = line.text
    if line.words > 10 or len(text) > 90 or LIST_ITEM.match(text) or text[0] in "\"“«'‘(":
        return False
    if text.endswith("?"):
        return line.words <= 8
    return not line.stopped and not text.endswith((":", ",", ";", "،"))
