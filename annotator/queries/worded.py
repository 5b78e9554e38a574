"""The condition that words stand in what is searched."""

from django.db.models import BooleanField, F, Func, Value
from django.db.models.expressions import Combinable


def matching(words: str | Combinable, tsquery: str) -> Func:
    """What was sought goes as a tsquery of folded words: no parser of the server's looks at it."""
    asked = Func(Value(tsquery), template="%(expressions)s::tsquery", output_field=BooleanField())
    where = F(words) if isinstance(words, str) else words
    return Func(where, asked, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())
