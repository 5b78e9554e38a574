"""EDTF dates (ISO 8601-2) as people read them."""

from django import template

from annotator.citations.date_words import in_words

register = template.Library()


@register.filter
def when(edtf: str) -> str:
    """ "2025-04-03" as "3 Apr 2025"."""
    return in_words(str(edtf))


@register.filter
def until(first: str, last: str) -> str:
    """From the first EDTF date to the last of several, in words; one date where they are the same."""
    if not last or first == last:
        return when(first)
    both = f"{first}/{last}"
    together = when(both)
    return f"{when(first)} – {when(last)}" if together == both else together
