"""Small plots, and what they show in words."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse

from annotator.models import Actor
from annotator.queries.asking import Asks, Desk
from annotator.queries.periods import asked_within
from annotator.queries.speaker_list import Plot, WantedSpeakers
from sources.text.printable import isolated as as_isolated
from sources.text.printable import printable as as_printable

from .dates import when

register = template.Library()
OF_CLAIMS = ("status", "topic", "outlet", "period")
"""Fields of `WantedSpeakers` that are of the claims."""
TOLD = 40
"""Numbers of a plot that are told in words; beyond it their sum."""


COLOURS = {
    "claim": "#9a4a08",
    "actor": "#1b5a94",
    "event": "#28663a",
    "edge": "#5f5b52",
    "s-draft": "#8a8477",
    "s-submitted": "#1b5a94",
    "s-disputed": "#7d5200",
    "s-rejected": "#a1231c",
    "s-accepted": "#1c6739",
}
"""By tone, as a picture that was saved shows it; on a page the stylesheet says so."""


@register.filter
def asking(asks: Asks, desk: Desk) -> str:
    return desk.address(asks)


@register.filter
def colour(tone: str) -> str:
    return COLOURS[tone]


@register.filter
def of(found: Mapping[int, Any], thing: Model) -> Any:
    """What is said of that actor, event or article, by key; None for nothing."""
    return found.get(thing.pk)


@register.simple_tag(takes_context=True)
def said_by(context: template.Context, actor: Actor) -> Desk:
    """Of the claims that the list of speakers is asked for what the actor says, first published first."""
    wanted = context.get("wanted") or WantedSpeakers()
    kept = {name: str(value) for name in OF_CLAIMS if (value := getattr(wanted, name))}
    asks = {**kept, "speaker": str(actor.uuid), "link": "said", "once": "yes", "order": "first"}
    return Desk(reverse("claims", args=[context["here"].project.slug]), asks)


@register.simple_tag
def within(desk: Desk, at: str) -> str:
    """The address of its claims of that day, month or year."""
    return desk.address({"period": asked_within(at, desk.kept.get("period", ""))})


@register.inclusion_tag("speakers/_plot.html", takes_context=True)
def claims_over_time(context: template.Context, plots: Mapping[int, Plot], actor: Actor) -> dict[str, object]:
    """The actor's claims along time as a picture whose every mark leads to its claims. Marks as small as
    these are no stops of the keyboard's: the number beside them leads to all, in the same order."""
    plot = plots.get(actor.pk)
    said = [f"{when(at)}: {n}" for at, n in plot.said] if plot else []
    return {
        "plot": plot,
        "words": "; ".join(said[:TOLD]) + (" …" if len(said) > TOLD else ""),
        "actor": actor,
        "desk": said_by(context, actor),
    }


@register.filter
def printable(text: str) -> str:
    """What a picture that is kept can hold of it."""
    return as_printable(text)


@register.filter
def isolated(name: str) -> str:
    """As it may stand beside numbers where nothing else says its direction."""
    return as_isolated(as_printable(name))
