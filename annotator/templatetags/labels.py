"""What anonymous speakers are called outside their article."""

from collections.abc import Mapping

from django import template

from annotator.models import Actor
from annotator.queries.identities import Label

register = template.Library()


@register.filter
def among_names(actor: Actor, names: Mapping[int, str]) -> str:
    """The actor's own of the names by key."""
    return names[actor.pk]


@register.filter
def among(actor: Actor, labels: Mapping[int, Label]) -> str:
    """The actor's own of the labels by key, without outlet and date."""
    return labels[actor.pk].short
