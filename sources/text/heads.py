"""Judge the head of a page: the headline, the standfirst, and the lines that tell who, for whom and when."""

from __future__ import annotations

from collections.abc import Sequence

from sources.text.bylines import bare_byline, byline_names, tells_who_or_when
from sources.text.credits import AGENCIES, is_outlets_line, is_photo_credit
from sources.text.lines import LIST_ITEM, MARKDOWN_HEADING, Line
from sources.text.repeats import same_titles
from sources.text.verdict import Verdict, Verdicts, boilerplate

_HEAD_LINES = 15
_NEAR = 4
"""So many lines of names, roles and pictures may stand between a line of the head and its date."""
_SHORTEST_DEK = 4


def find_title(lines: Sequence[Line], verdicts: Verdicts) -> int | None:
    """The number of the first line that can be a title, unless a sentence of a story stands before it."""
    for n, line in enumerate(lines[:_HEAD_LINES]):
        if verdicts[n] is not None or tells_who_or_when(line.text, titled=False):
            continue
        open_lines = [m for m in range(n + 1, len(lines)) if verdicts[m] is None]
        if not open_lines:
            return None
        if _outlet_above(lines, open_lines, n):
            continue
        follower = next((m for m in open_lines if not tells_who_or_when(lines[m].text)), open_lines[0])
        if MARKDOWN_HEADING.match(line.text) or _title_like(line):
            return n
        if line.stopped and line.words >= 8:
            return None
        if line.words <= 2 and not line.stopped and not _title_like(lines[follower]):
            return n
    return None


def judge_head(lines: Sequence[Line], verdicts: Verdicts, title: int) -> None:
    """Judges what stands before the title, the title, and what stands between it and the story."""
    for n in range(title):
        if verdicts[n] is None and not tells_who_or_when(lines[n].text):
            verdicts[n] = _before(lines, verdicts, n)
    verdicts[title] = Verdict("headline", False, "the first line that can be a title, before the story")
    for again in same_titles([line.text for line in lines], title):
        verdicts[again] = Verdict("headline", True, "gives the title again", title)
    n, dek = title + 1, None
    while n < len(lines):
        known = verdicts[n]
        if known is not None and known.role == "heading":
            break
        if known is None:
            verdict = _of_who_or_when(lines, verdicts, n)
            if verdict is None and (dek is not None or not _dek_like(lines, verdicts, n)):
                break
            if verdict is None:
                dek = n
            verdicts[n] = verdict or Verdict("dek", False, "stands between the headline and the story")
        elif lines[n].text in AGENCIES and byline_names(lines[n - 1].text):
            verdicts[n] = Verdict("byline", True, "names the agency, below its writers")
        n += 1
    for n in range(title):
        if verdicts[n] is None:
            verdicts[n] = Verdict("byline", True, "names the writers or gives the date, before the story")


def _before(lines: Sequence[Line], verdicts: Verdicts, n: int) -> Verdict:
    if is_outlets_line(lines[n].text):
        return Verdict("byline", True, "names the outlet, above the headline")
    if bare_byline(lines[n].text) and _dated_below(lines, verdicts, n):
        return Verdict("byline", True, "perhaps names the writers, above the date")
    return boilerplate("a notice or label before the headline")


def _of_who_or_when(lines: Sequence[Line], verdicts: Verdicts, n: int) -> Verdict | None:
    """Of a line below the title; None where it tells neither."""
    line = lines[n]
    if byline_names(line.text):
        return Verdict("byline", True, "names the writers, before the story")
    if tells_who_or_when(line.text):
        return Verdict("byline", True, "gives the date, before the story")
    if (_is_name(lines, n) and _is_role(lines, n + 1)) or (_is_role(lines, n) and _is_name(lines, n - 1)):
        return Verdict("byline", True, "perhaps names the writers, with their role")
    if line.stopped or not _dated_below(lines, verdicts, n):
        return None
    if bare_byline(line.text):
        return Verdict("byline", True, "perhaps names the writers, above the date")
    return boilerplate("a label above the date") if line.words == 1 else None


def _is_name(lines: Sequence[Line], n: int) -> bool:
    found = bare_byline(lines[n].text)
    return bool(found and found.names)


def _is_role(lines: Sequence[Line], n: int) -> bool:
    """Whether it tells a writer's role or handle and nothing else."""
    found = bare_byline(lines[n].text) if n < len(lines) else None
    return bool(found and not found.names and not found.outlet)


def _title_like(line: Line) -> bool:
    text = line.text
    return (
        3 <= line.words <= 30
        and len(text) <= 250
        and not text.endswith((".", ":", ";", ",", "۔", "،"))
        and not (line.stopped and line.words > 20)
        and not LIST_ITEM.match(text)
    )


def _outlet_above(lines: Sequence[Line], open_lines: Sequence[int], n: int) -> bool:
    """Whether an outlet's name stands above a title, or above a date and a title: a story goes on below. A
    name without "The" may be a title itself ("Hard Times"), unless a date parts it from the next."""
    words = lines[n].text
    if not is_outlets_line(words):
        return False
    rest = [m for m in open_lines if not tells_who_or_when(lines[m].text)]
    dated = bool(rest) and rest[0] != open_lines[0]
    sure = dated or words.startswith("The ") or words in AGENCIES
    return sure and len(rest) > 1 and _title_like(lines[rest[0]]) and any(lines[m].stopped for m in rest[1:])


def _dated_below(lines: Sequence[Line], verdicts: Verdicts, n: int) -> bool:
    """Whether a date or a signed byline is near, with nothing between but names, roles and pictures."""
    for m in range(n + 1, min(n + 1 + _NEAR, len(lines))):
        known = verdicts[m]
        if known is None and tells_who_or_when(lines[m].text):
            return True
        if known.role not in ("boilerplate", "caption") if known else not bare_byline(lines[m].text):
            return False
    return False


def _dek_like(lines: Sequence[Line], verdicts: Verdicts, n: int) -> bool:
    """Without a stop, or set apart from the story by a byline, date or picture; and a story follows."""
    line = lines[n]
    after = [m for m in range(n + 1, min(n + 12, len(lines))) if verdicts[m] is None]
    follows = [m for m in after if not tells_who_or_when(lines[m].text)]
    if not follows or line.words > 60 or LIST_ITEM.match(line.text):
        return False
    dated = _dated_below(lines, verdicts, n)
    if line.words < _SHORTEST_DEK and not dated:
        return False
    if not line.stopped:
        return not line.text.endswith(":") and any(lines[m].stopped for m in follows)
    below = verdicts[n + 1] if n + 1 < len(lines) else None
    if n + 1 == len(lines) or (below is not None and below.role == "heading"):
        return False
    return line.words <= 45 and (dated or is_photo_credit(lines[n + 1].text))
