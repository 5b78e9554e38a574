"""What an act on many claims made of one of them."""

from django import template

from annotator.models import BatchRow

register = template.Library()


@register.filter
def changes(row: BatchRow) -> list[tuple[str, str, str]]:
    """(what, before, after) of what it changed."""
    return [
        (name, row.was.get(name, ""), after)
        for name, after in row.became.items()
        if row.was.get(name) != after
    ]
