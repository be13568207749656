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
EXACT = 600  # largest connected part whose distances are all computed
PIVOTS = 40


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
    placed = [(part, _part(nx.subgraph(graph, part), part, boxes[part])) for part in parts]
    points = _pack(placed, boxes)
    return [(round(x), round(y)) for x, y in points.tolist()]


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
    # A hub needs room for its leaves all around it.
    lengths = 0.8 + 0.055 * np.minimum(degree[edges].max(axis=1), 40)
    if count <= EXACT:
        distance = _distances(edges, lengths, list(range(count)))
        points = _stress(_spread(distance), distance, steps=_steps(300, count))
        points = _level(points) * EDGE_LENGTH
        return _apart(points, boxes, edges, least, steps=_steps(240, count))
    points = _level(_spread(_far_apart(graph, part).T))
    room = float(boxes.prod(axis=1).sum()) / max(float(np.ptp(points, axis=0).prod()), 1e-9)
    return np.asarray(points * np.sqrt(2 * room))


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


def _far_apart(graph: nx.Graph[int], part: list[int]) -> Points:
    """Return the steps to all nodes from some that lie far from each other, the hub first."""
    source = max(part, key=lambda node: (graph.degree[node], -node))
    rows: list[list[int]] = []
    nearest = [len(part)] * len(part)
    while len(rows) < PIVOTS:
        steps = nx.single_source_shortest_path_length(graph, source)
        rows.append([steps[node] for node in part])
        nearest = list(map(min, nearest, rows[-1]))
        source = part[nearest.index(max(nearest))]
    return np.array(rows, dtype=float)


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
        sideways = over[..., 0] < over[..., 1]
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


def _pack(placed: list[tuple[list[int], Points]], boxes: Points) -> Points:
    """Put the largest part in the middle and the others in rows below it."""
    points = np.zeros((len(boxes), 2))
    if not placed:
        return points
    corners = []
    for part, own in placed:
        low, high = (own - boxes[part] / 2).min(axis=0), (own + boxes[part] / 2).max(axis=0)
        corners.append((low, high - low))
    area = sum(float((size + 30).prod()) for _, size in corners)
    width = max(float(corners[0][1][0]), (area * ASPECT) ** 0.5)
    x = y = row = 0.0  # where the next part goes, and the height of its row
    rows: list[list[tuple[int, float]]] = [[]]
    tops = [0.0]
    for number, (_, size) in enumerate(corners):
        if rows[-1] and x + size[0] > width:
            y, x, row = y + row + 30, 0.0, 0.0
            rows.append([])
            tops.append(y)
        rows[-1].append((number, x))
        x, row = x + float(size[0]) + 30, max(row, float(size[1]))
    for top, members in zip(tops, rows, strict=True):
        end = members[-1][1] + float(corners[members[-1][0]][1][0])
        for number, left in members:
            part, own = placed[number]
            points[part] = own - corners[number][0] + (left + (width - end) / 2, top)
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return points
