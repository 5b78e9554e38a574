"""Small plots, and what they show in words."""

from collections.abc import Mapping
from typing import Any

from django import template

from annotator.models import Actor
from annotator.queries.speaker_list import Plot

from .dates import when

register = template.Library()
TOLD = 40
"""Numbers of a plot that are told in words; beyond it their sum."""


@register.filter
def of(found: Mapping[int, Any], actor: Actor) -> Any:
    """What is said of that actor, by key; None for nothing."""
    return found.get(actor.pk)


@register.inclusion_tag("speakers/_plot.html", takes_context=True)
def claims_over_time(context: template.Context, plots: Mapping[int, Plot], actor: Actor) -> dict[str, object]:
    """The actor's claims along time as a picture that leads to the claims, in order of publication."""
    plot = plots.get(actor.pk)
    said = [f"{when(at)}: {n}" for at, n in plot.said] if plot else []
    return {
        "plot": plot,
        "words": "; ".join(said[:TOLD]) + (" …" if len(said) > TOLD else ""),
        "actor": actor,
        "wanted": context.get("wanted"),
        "slug": context["here"].project.slug,
    }
