"""Counts of claims by status, drawn and in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from annotator.detect.search import Sought
from annotator.queries.claims import IN_ORDER
from annotator.queries.passages import Part, found_in
from annotator.queries.review_queue import codes_to_judge_by

register = template.Library()


@register.filter
def at(counts: Mapping[str, int], key: str) -> int:
    """The count under `key`, 0 where there is none."""
    return counts.get(key, 0)


@register.simple_tag
def in_words(counts: Mapping[str, int]) -> str:
    """ "3 accepted, 1 disputed": only what there is."""
    return ", ".join(f"{counts[key]} {key.label.lower()}" for key in IN_ORDER if counts.get(key))


@register.inclusion_tag("_components/meter.html")
def meter(counts: Mapping[str, int], label: str) -> dict[str, Any]:
    """A bar cut by status, with the numbers as its text."""
    total, x, bars = sum(counts.values()), 0.0, []
    for key in IN_ORDER:
        if counts.get(key):
            width = 100 * counts[key] / total
            bars.append({"key": str(key), "x": f"{x:.3f}", "width": f"{width:.3f}"})
            x += width
    return {"bars": bars, "label": f"{label}: {in_words(counts) or 'none'}"}


@register.simple_tag
def judging_data(here: Any, user: Any) -> dict[str, Any]:
    """What the scripts beside claims' cards are told: who judges, where it is sent, by which codes."""
    slug = here.project.slug
    return {
        "me": str(user.uuid) if user.is_authenticated else "",
        "project": slug,
        "urls": {
            "claims": f"/api/v1/projects/{slug}/claims/",
            "relations": f"/api/v1/projects/{slug}/relations/",
        },
        **codes_to_judge_by(here.project),
    }


@register.simple_tag(takes_context=True)
def showing(context: template.Context, parts: Iterable[Part]) -> Iterable[Part]:
    """The parts of a passage with what was sought on this page set apart; as they are where nothing was."""
    sought = context.get("sought")
    return found_in(parts, sought) if isinstance(sought, Sought) else parts


@register.simple_tag(takes_context=True)
def cut_at_found(context: template.Context, text: str) -> Iterable[Part]:
    """The same of a text that is not a passage."""
    return showing(context, (Part(text, False),))
