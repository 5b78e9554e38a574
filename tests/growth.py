"""How the time of an act grows with its input, on whatever machine."""

from collections.abc import Callable
from time import thread_time

ENOUGH = 0.02  # seconds; below that the clock says little
LARGEST_SIZE = 1 << 18


def growth(act: Callable[[int], object]) -> float:
    """How many times longer `act(4 * size)` takes than `act(size)`: about 4 if linear, 16 if quadratic.

    The size is raised until the larger act takes long enough to be measured; an act that never does grows
    too slowly to matter and counts as 0.
    """
    size = 1 << 10
    while (larger := _best(act, 4 * size, 1)) < ENOUGH:
        size *= 2
        if size > LARGEST_SIZE:
            return 0.0
    return min(larger, _best(act, 4 * size, 2)) / _best(act, size, 3)


def _best(act: Callable[[int], object], size: int, times: int) -> float:
    """Seconds of this thread alone: what else the machine does is not counted."""
    taken = []
    for _ in range(times):
        before = thread_time()
        act(size)
        taken.append(thread_time() - before)
    return min(taken)
