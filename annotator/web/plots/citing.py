"""Who cites whom, in columns: on the left who only speaks, on the right outlets that only take from others.

In which order the nodes of a column stand is found by going over the columns some times and setting each node
near the middle of those it is joined to, so that few lines cross; the same network is always drawn the same.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from annotator.queries.citing import Edge, Network, Node
from sources.text.printable import isolated

from .drawing import Asks, Drawing, Mark, Word, counted, fitting

WIDTH, ROW, SIDE, BOX = 1000.0, 30.0, 210.0, 14.0
SWEEPS = 8
THICK = 14.0
"""Of the strongest edge."""


def drawn(found: Network, node_asks: Callable[[Node], Asks], edge_asks: Callable[[Edge], Asks]) -> Drawing:
    """Edges are the thicker the more claims go over them, and end in an arrow at who cites."""
    columns = _columns(found)
    most = max((edge.claims for edge in found.edges), default=1)
    rows = max((len(column) for column in columns), default=0)
    high = rows * ROW + 26
    place = _places(columns, high)
    marks = [_edge(edge, found, place, most, edge_asks(edge)) for edge in found.edges]
    marks += [_node(found.nodes[key], place[key], node_asks(found.nodes[key])) for key in place]
    heads = (("who is cited", SIDE - 10, "end"), ("who passes it on", WIDTH / 2, "middle"))
    words = [Word(x, 14, text, "head", anchor) for text, x, anchor in heads[: 2 if columns[1] else 1]]
    words.append(Word(WIDTH - SIDE + 10, 14, "who prints it", "head"))
    return Drawing(WIDTH, high, marks, words)


def _columns(found: Network) -> list[list[int]]:
    """Of nodes by where they stand: only give; take and give, or take and print nothing; outlets that only
    take. In their order from the top."""
    gives = {edge.source for edge in found.edges}
    takes = {edge.target for edge in found.edges}
    weight: dict[int, int] = defaultdict(int)
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for edge in found.edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            weight[one] += edge.claims
            near[one].append((other, edge.claims))
    ends = {key for key in takes - gives if found.nodes[key].outlet}
    sides = (gives - takes, takes - ends, ends)
    columns = [sorted(side, key=lambda key: (-weight[key], found.nodes[key].name, key)) for side in sides]
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else columns[::-1]:
            _set_near(column, columns, near)
    return columns


def _set_near(
    column: list[int], columns: Sequence[list[int]], near: dict[int, list[tuple[int, int]]]
) -> None:
    """The column in the order of the middles of what its nodes are joined to in other columns."""
    height = {key: (i + 0.5) / len(one) for one in columns for i, key in enumerate(one)}
    here = set(column)

    def middle(key: int) -> tuple[float, float]:
        joined = [(height[other], n) for other, n in near[key] if other not in here]
        every = sum(n for _, n in joined)
        return (sum(at * n for at, n in joined) / every if every else height[key]), height[key]

    column.sort(key=middle)


def _places(columns: Sequence[list[int]], high: float) -> dict[int, tuple[float, float, int]]:
    """By node the middle of its box and its column; short columns stand in the middle of the height."""
    x = (SIDE, WIDTH / 2, WIDTH - SIDE)
    place = {}
    for side, column in enumerate(columns):
        step = min((high - 26) / max(1, len(column)), ROW * 3)
        top = 26 + (high - 26 - step * len(column)) / 2
        for i, key in enumerate(column):
            place[key] = (x[side], round(top + (i + 0.5) * step, 1), side)
    return place


def _edge(
    edge: Edge, found: Network, place: dict[int, tuple[float, float, int]], most: int, asks: Asks
) -> Mark:
    (x1, y1, from_), (x2, y2, to) = place[edge.source], place[edge.target]
    thick = round(max(1.5, THICK * edge.claims / most), 1)
    if from_ == to:  # both pass on: out and back on the right-hand side
        x1, x2 = x1 + BOX / 2, x2 + BOX / 2
        bow = 60 + abs(y2 - y1) / 4
        line = f"M{x1:g} {y1:g}C{x1 + bow:g} {y1:g} {x2 + bow:g} {y2:g} {x2 + 8:g} {y2:g}"
        head = f"M{x2:g} {y2:g}l9 -5v10z"
    else:
        x1, x2 = x1 + BOX / 2, x2 - BOX / 2
        middle = (x1 + x2) / 2
        line = f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2 - 8:g} {y2:g}"
        head = f"M{x2:g} {y2:g}l-9 -5v10z"
    names = [isolated(found.nodes[end].name) for end in (edge.source, edge.target)]
    label = f"{names[1]} cites {names[0]}: {counted(edge.claims)}"
    return Mark(label, asks, "edge", "path", {"d": line, "thick": thick, "head": head})


def _node(node: Node, at: tuple[float, float, int], asks: Asks) -> Mark:
    x, y, side = at
    n = node.given or node.taken
    label = f"{isolated(node.name)}: {counted(n)} {'of it passed on' if node.given else 'from others'}"
    shape = {"x": x - BOX / 2, "y": y - BOX / 2, "width": BOX, "height": BOX}
    name = fitting(node.name, SIDE - 50 if side != 1 else 190)
    if side == 0:
        words = Word(x - BOX, y + 4, f"{name}  {n:,}", anchor="end")
        room = (0.0, y - 12, SIDE + BOX / 2, 24.0)
    elif side == 2:
        words = Word(x + BOX, y + 4, f"{name}  {n:,}")
        room = (x - BOX / 2, y - 12, SIDE + BOX / 2, 24.0)
    else:
        words = Word(x, y - 11, f"{name}  {n:,}", anchor="middle")
        room = (x - 14, y - 14, 28.0, 28.0)
    return Mark(
        label,
        asks,
        "event" if node.outlet else "actor",
        "rect" if node.outlet else "circle",
        shape if node.outlet else {"cx": x, "cy": y, "r": BOX / 2},
        room,
        (words,),
    )
