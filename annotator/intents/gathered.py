"""All that is wrong with one object, told together instead of the first thing alone.

Readers of single values (`leaf`) that refuse one tell it and go on with a value of its type that nobody sees:
what is gathered is raised at the end, and nothing is made of the object. What compares several fields is told
where every field by itself is right, since it may follow from one that is not.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

from .refusal import Refused, together

MOST_TOLD = 100
"""Of what is wrong with one object."""

T = TypeVar("T")
P = ParamSpec("P")
_told: ContextVar[list[Refused] | None] = ContextVar("told", default=None)


@contextmanager
def gathering() -> Iterator[None]:
    """Within it all that is wrong is gathered. Raises it as one Refused."""
    told: list[Refused] = []
    token = _told.set(told)
    try:
        yield
    except Refused as error:
        if not told:
            told += error.all
    finally:
        _told.reset(token)
    if told:
        # A field that was read twice is told once.
        raise together(list({(one.field, one.rule, one.message): one for one in told}.values()))


def tell(error: Refused) -> None:
    """Raises it, unless all that is wrong is gathered."""
    told = _told.get()
    if told is None or len(told) >= MOST_TOLD:
        raise error
    told += error.all


def refuse(error: Refused) -> NoReturn:
    """Told whatever else is wrong: there is nothing to go on with."""
    tell(error)
    raise error


def leaf(instead: Any) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Makes of a reader of one value one that tells what is wrong and goes on with `instead`. Within it
    nothing is gathered: it may read by others and tell their refusals in its own words."""

    def reader(read: Callable[P, T]) -> Callable[P, T]:
        @wraps(read)
        def reading(*args: P.args, **more: P.kwargs) -> T:
            if _told.get() is None:
                return read(*args, **more)
            token = _told.set(None)
            try:
                return read(*args, **more)
            except Refused as error:
                refused = error
            finally:
                _told.reset(token)
            tell(refused)
            return instead

        return reading

    return reader


def each(read: Callable[[Any, str], T], values: Iterable[Any], field: str) -> tuple[T, ...]:
    """What `read` makes of each, by its place in `field`; while all is gathered without those it refuses."""
    told, found = _told.get(), []
    for number, value in enumerate(values):
        before = len(told or ())
        try:
            found.append(read(value, f"{field}.{number}"))
        except Refused as error:
            if told is None or len(told) >= MOST_TOLD:
                raise
            if len(told) == before:
                told += error.all
    return tuple(found)
