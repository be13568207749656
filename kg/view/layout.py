"""Where the nodes of a page stand: stress majorization, labels kept apart, islands packed.

The positions are computed here and not in the browser, so that a page opens at once, stands still
and is the same every time.
"""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

EDGE_LENGTH = 102.0
ASPECT = 1.1  # width to height of the canvas on a usual screen
GAP = 26  # pixels between parts that do not hang together
CELL = 12  # pixels between the places that are tried for a part
ROOM = 2.0  # how much larger a drawing is than the boxes in it


def positions(
    sizes: Sequence[tuple[float, float]], lines: Sequence[tuple[int, int, float]]
) -> list[tuple[int, int]]:
    """Return the centre of the box of each node and its label.

    Parameters
    ----------
    sizes
        Width and height of each box in pixels.
    lines
        Which two nodes are connected, and how long the line is at least, for its label.

    Returns
    -------
    list
        ``(x, y)`` in pixels, whole numbers, the same for the same input.

    Examples
    --------
    >>> positions([(40, 40)], [])
    [(0, 0)]
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(sizes)))
    for one, other, length in lines:
        if one != other:
            longest = max(length, graph.get_edge_data(one, other, {"least": 0.0})["least"])
            graph.add_edge(one, other, least=longest)
    boxes = np.array(sizes, dtype=float).reshape(len(sizes), 2)
    parts = sorted(map(sorted, nx.connected_components(graph)), key=lambda part: (-len(part), part))
    points = np.zeros((len(sizes), 2))
    taken = np.zeros((0, 2, 2))  # middles and sizes of what has its place
    for part in parts:
        own = _part(nx.subgraph(graph, part), part, boxes[part])
        low, high = (own - boxes[part] / 2).min(axis=0), (own + boxes[part] / 2).max(axis=0)
        points[part] = own = own - (low + high) / 2 + _free(high - low + GAP, taken)
        taken = np.concatenate([taken, _occupied(graph, part, own, boxes[part])])
    if len(points):
        points -= ((points - boxes / 2).min(axis=0) + (points + boxes / 2).max(axis=0)) / 2
    return [(round(x), round(y)) for x, y in points.tolist()]


def _free(size: Points, taken: NDArray[np.float64]) -> Points:
    """Return the middle of the free place for a box that lies nearest to the middle.

    All places of a grid are tried at once: `sums` holds how many cells are taken left of and above
    each corner, so that four of them tell how many lie in a box.
    """
    if not len(taken):
        return np.zeros(2)
    low = (taken[:, 0] - taken[:, 1] / 2).min(axis=0) - size - CELL
    high = (taken[:, 0] + taken[:, 1] / 2).max(axis=0) + size + CELL
    cells = np.zeros(np.ceil((high - low) / CELL).astype(int) + 1, dtype=np.int32)
    first = ((taken[:, 0] - taken[:, 1] / 2 - low) // CELL).astype(int)
    last = ((taken[:, 0] + taken[:, 1] / 2 - low) // CELL).astype(int) + 1
    for (left, top), (right, bottom) in zip(first, last, strict=True):
        cells[left:right, top:bottom] = 1
    sums = np.pad(cells, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    wide, high_ = np.minimum(np.ceil(size / CELL).astype(int), np.array(cells.shape) - 1)
    inside = (
        sums[wide:, high_:] - sums[:-wide, high_:] - sums[wide:, :-high_] + sums[:-wide, :-high_]
    )
    x, y = (low[:, None] + CELL * np.argwhere(inside == 0).T) + size[:, None] / 2
    nearest = np.maximum(np.abs(x) / ASPECT, np.abs(y)).argmin()
    return np.array([x[nearest], y[nearest]])


def _occupied(
    graph: nx.Graph[int], part: list[int], points: Points, boxes: Points
) -> NDArray[np.float64]:
    """Return the boxes of a part, and small ones along its lines."""
    index = {node: place for place, node in enumerate(part)}
    found = [np.stack([points, boxes], axis=1)]
    for one, other in sorted(sorted(pair) for pair in nx.subgraph(graph, part).edges):
        ends = points[[index[one], index[other]]]
        pieces = int(np.hypot(*(ends[1] - ends[0])) // CELL) + 1
        along = ends[0] + np.linspace(0, 1, pieces + 1)[:, None] * (ends[1] - ends[0])
        found.append(np.stack([along, np.full_like(along, 2.0 * CELL)], axis=1))
    return np.concatenate(found)


def _part(graph: nx.Graph[int], part: list[int], boxes: Points) -> Points:
    """Lay out one connected part around the origin."""
    count = len(part)
    if count == 1:
        return np.zeros((1, 2))
    index = {node: place for place, node in enumerate(part)}
    ordered = sorted(sorted(pair) for pair in graph.edges)
    edges = np.array([(index[a], index[b]) for a, b in ordered])
    least: Points = np.array([graph.edges[a, b]["least"] for a, b in ordered])
    degree = np.bincount(edges.ravel(), minlength=count)
    distance = _distances(edges, _lengths(edges, degree), list(range(count)))
    points = _stress(_spread(distance), distance, steps=_steps(300, count))
    points = _level(points) * EDGE_LENGTH
    room = ROOM * float(boxes.prod(axis=1).sum())
    points *= max(1.0, room / float((np.ptp(points, axis=0) + EDGE_LENGTH).prod())) ** 0.5
    return _apart(points, boxes, edges, least, steps=_steps(240, count))


def _lengths(edges: NDArray[np.intp], degree: NDArray[np.intp]) -> Points:
    """Return how long each line should be, by how many neighbours its ends do not share.

    A hub gets room for its leaves all around it, and two hubs that everybody meets stand apart
    instead of in one knot.
    """
    near = np.zeros((len(degree), len(degree)))
    near[edges[:, 0], edges[:, 1]] = near[edges[:, 1], edges[:, 0]] = 1
    shared = (near[edges[:, 0]] * near[edges[:, 1]]).sum(axis=1)
    apart = degree[edges].sum(axis=1) - 2 * shared - 2
    lengths: Points = 0.8 + 0.16 * np.sqrt(np.maximum(apart, 0))
    return lengths


def _steps(most: int, count: int) -> int:
    """Return how many rounds there is time for; each looks at every pair of nodes."""
    return min(most, 8_000_000 // count**2)


def _distances(edges: NDArray[np.intp], lengths: Points, sources: list[int]) -> Points:
    """Return the length of the shortest path from each source to each node, by Bellman-Ford."""
    both = np.concatenate([edges, edges[:, ::-1]])
    order = np.argsort(both[:, 1], kind="stable")
    tails, heads = both[order].T
    steps = np.concatenate([lengths, lengths])[order]
    first = np.searchsorted(heads, np.arange(int(heads.max()) + 1))
    table = np.full((len(sources), len(first)), np.inf)
    table[np.arange(len(sources)), sources] = 0
    while True:
        over_a_neighbour = np.minimum.reduceat(table[:, tails] + steps, first, axis=1)
        nearer = np.minimum(table, over_a_neighbour)
        if (nearer == table).all():
            return table
        table = np.asarray(nearer)


def _spread(distance: Points) -> Points:
    """Place nodes by their distances to some (or all) nodes: pivot MDS [1]_.

    References
    ----------
    .. [1] U. Brandes, C. Pich: Eigensolver methods for progressive multidimensional scaling of
       large data. Graph Drawing 2006. doi:10.1007/978-3-540-70904-6_6
    """
    squared = distance**2
    centred = -0.5 * (
        squared
        - squared.mean(axis=0, keepdims=True)
        - squared.mean(axis=1, keepdims=True)
        + squared.mean()
    )
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, -2:][:, ::-1]
    if axes.shape[1] < 2:
        axes = np.column_stack([axes, np.zeros(len(axes))])
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    points = centred @ axes
    points *= float(distance.max()) / 2 / max(float(np.abs(points).max()), 1e-9)
    # Leaves of one hub have equal distances to all: the golden angle keeps them from coinciding.
    turn = np.arange(len(points)) * 2.399963
    points += 0.2 * np.column_stack([np.cos(turn), np.sin(turn)])
    return np.asarray(points)


def _stress(points: Points, distance: Points, steps: int) -> Points:
    """Move nodes until drawn distances fit path lengths, by majorization [1]_.

    References
    ----------
    .. [1] E. Gansner, Y. Koren, S. North: Graph drawing by stress majorization. Graph Drawing
       2004. doi:10.1007/978-3-540-31843-9_25
    """
    weight = np.where(distance > 0, 1 / np.maximum(distance, 1e-9) ** 2, 0)
    total = weight.sum(axis=1)[:, None]
    for _ in range(steps):
        step = points[:, None] - points[None]
        drawn = np.maximum(np.hypot(step[..., 0], step[..., 1]), 1e-6)
        pull = (weight * distance / drawn)[..., None] * step
        points = np.asarray((weight @ points + pull.sum(axis=1)) / total)
    return points


def _level(points: Points) -> Points:
    """Turn the longest extent to the horizontal and bring the shape near to that of a screen."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    turned = points @ axes[:, ::-1]
    turned *= np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    width, height = np.maximum(np.ptp(turned, axis=0), 1e-9)
    excess = min(max(width / height / ASPECT, 1.0), 2.2) ** 0.5
    level: Points = turned * np.array([1 / excess, excess])
    return level


def _apart(
    points: Points, boxes: Points, edges: NDArray[np.intp], least: Points, steps: int
) -> Points:
    """Push apart nodes whose boxes overlap or whose line is short, and nodes from other lines."""
    points = points.copy()
    reach = (boxes[:, None] + boxes[None]) / 2
    ends = np.zeros((len(edges), len(points)), dtype=bool)
    ends[np.arange(len(edges)), edges[:, 0]] = True
    ends[np.arange(len(edges)), edges[:, 1]] = True
    others = ~np.eye(len(points), dtype=bool)
    # Of two nodes on one spot the later one goes down and to the right.
    later = np.sign(np.subtract.outer(np.arange(len(points)), np.arange(len(points))))[..., None]
    for step in range(steps):
        gap = points[:, None] - points[None]
        over = np.maximum(reach - np.abs(gap), 0)
        clash = (over > 0).all(axis=2) & others
        sideways = over[..., 0] / reach[..., 0] < over[..., 1] / reach[..., 1]
        push = np.zeros_like(gap)
        signs = np.where(gap == 0, later, np.sign(gap))
        push[..., 0] = np.where(clash & sideways, over[..., 0] * signs[..., 0], 0)
        push[..., 1] = np.where(clash & ~sideways, over[..., 1] * signs[..., 1], 0)
        points += 0.3 * np.clip(push.sum(axis=1), -60, 60)
        line = points[edges[:, 1]] - points[edges[:, 0]]
        long = np.maximum(np.hypot(line[:, 0], line[:, 1]), 1e-6)
        stretch = (0.1 * np.maximum(least - long, 0) / long)[:, None] * line
        np.add.at(points, edges[:, 0], -stretch)
        np.add.at(points, edges[:, 1], stretch)
        if step < steps * 0.7:  # in the end, names that do not overlap count for more
            points += _off_lines(points, edges, ends)
    return points


def _off_lines(points: Points, edges: NDArray[np.intp], ends: NDArray[np.bool_]) -> Points:
    """Return a small step away from each line that passes too near to a node it does not join."""
    start, line = points[edges[:, 0]], points[edges[:, 1]] - points[edges[:, 0]]
    length = np.maximum((line**2).sum(axis=1), 1e-9)
    offset = points[None] - start[:, None]
    along = (offset * line[:, None]).sum(axis=2) / length[:, None]
    away = offset - along[..., None] * line[:, None]
    distance = np.maximum(np.hypot(away[..., 0], away[..., 1]), 1e-6)
    near = (along > 0.05) & (along < 0.95) & (distance < 38) & ~ends
    push = np.where(near, (38 - distance) / distance, 0)[..., None] * away
    step: Points = 0.12 * np.clip(push.sum(axis=0), -40, 40)
    return step
