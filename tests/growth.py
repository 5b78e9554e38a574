"""How the time of an act grows with its input, on whatever machine."""

from collections.abc import Callable
from time import thread_time

ENOUGH = 0.02  # seconds; below that the clock says little
LARGEST_SIZE = 1 << 16


def growth(act: Callable[[int], object]) -> float:
    """How many times longer an act takes for four times the size: about 4 if linear, 16 if quadratic.

    Taken over two such steps and their mean, so that the machine would have to be four times slower for one
    of them to look quadratic. The size is raised until the larger act takes long enough to be measured; an
    act that never does grows too slowly to matter and counts as 0.
    """
    size = 1 << 10
    while (larger := _best(act, 16 * size, 1)) < ENOUGH:
        size *= 2
        if size > LARGEST_SIZE:
            return 0.0
    return (min(larger, _best(act, 16 * size, 2)) / _best(act, size, 5)) ** 0.5


def _best(act: Callable[[int], object], size: int, times: int) -> float:
    """Seconds of this thread alone: what else the machine does is not counted."""
    taken = []
    for _ in range(times):
        before = thread_time()
        act(size)
        taken.append(thread_time() - before)
    return min(taken)
