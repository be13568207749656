// Where the nodes of a scene stand that Python has not placed: by stress, boxes apart, islands packed.

const STEP = 120; // pixels of one relation
const ROUNDS = 16;
const ROOM = 2.6; // how much larger a drawing is than the boxes in it

/** Numbers between 0 and 1 that are the same every time. */
function chances(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** Numbers of the nodes that hang together, the largest part first. */
function partsOf(size, near) {
  const part = new Int32Array(size).fill(-1);
  const parts = [];
  for (let start = 0; start < size; start += 1) {
    if (part[start] >= 0) continue;
    const members = [start];
    part[start] = parts.length;
    for (const at of members)
      for (const next of near[at])
        if (part[next] < 0) {
          part[next] = parts.length;
          members.push(next);
        }
    parts.push(members);
  }
  return parts.sort((a, b) => b.length - a.length);
}

/** How many relations lie between the nodes of a part: a row for each. */
function hops(members, near) {
  const size = members.length;
  const place = new Map(members.map((member, at) => [member, at]));
  const links = members.map((member) => near[member].map((next) => place.get(next)));
  return members.map((_, start) => {
    const far = new Uint16Array(size);
    const queue = [start];
    for (const at of queue)
      for (const next of links[at])
        if (next !== start && !far[next]) {
          far[next] = far[at] + 1;
          queue.push(next);
        }
    return far;
  });
}

/**
 * Distances drawn like path lengths, pair by pair in random order.
 *
 * J. Zheng, S. Pawar, D. Goodman: Graph Drawing by Stochastic Gradient Descent. IEEE TVCG 2018.
 * doi:10.1109/TVCG.2018.2859997
 */
function byStress(members, near) {
  const size = members.length;
  const chance = chances(size);
  const x = Float64Array.from(members, () => chance());
  const y = Float64Array.from(members, () => chance());
  const far = hops(members, near);
  const pairs = new Uint32Array((size * (size - 1)) / 2);
  let [filled, longest] = [0, 1];
  for (let i = 0; i < size; i += 1)
    for (let j = i + 1; j < size; j += 1) {
      pairs[filled++] = i * size + j;
      if (far[i][j] > longest) longest = far[i][j];
    }
  for (let i = filled - 1; i > 0; i -= 1) {
    const j = Math.floor(chance() * (i + 1));
    const kept = pairs[i];
    pairs[i] = pairs[j];
    pairs[j] = kept;
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const heat = longest ** 2 * Math.exp((-round / (ROUNDS - 1)) * Math.log(10 * longest ** 2));
    for (let place = 0; place < filled; place += 1) {
      const j = pairs[place] % size;
      const i = (pairs[place] - j) / size;
      const steps = far[i][j];
      const [dx, dy] = [x[i] - x[j], y[i] - y[j]];
      const drawn = Math.max(Math.sqrt(dx * dx + dy * dy), 1e-6);
      const move = (Math.min(1, heat / (steps * steps)) * (drawn - steps)) / 2 / drawn;
      x[i] -= move * dx;
      y[i] -= move * dy;
      x[j] += move * dx;
      y[j] += move * dy;
    }
  }
  return members.map((_, place) => ({ x: x[place] * STEP, y: y[place] * STEP }));
}

/** Pull a part so far apart that there is room for its boxes. */
function spread(at, boxes) {
  const extent = (axis) =>
    Math.max(...at.map((point) => point[axis])) - Math.min(...at.map((point) => point[axis])) + STEP / 2;
  const room = boxes.reduce((sum, box) => sum + box.width * box.height, 0);
  const factor = Math.max(1, Math.sqrt((ROOM * room) / (extent("x") * extent("y"))));
  for (const point of at) {
    point.x *= factor;
    point.y *= factor;
  }
}

/** Turn the longest extent to the horizontal, for windows are wide. */
function level(at) {
  const mean = (axis) => at.reduce((sum, point) => sum + point[axis], 0) / at.length;
  const middle = { x: mean("x"), y: mean("y") };
  let [xx, xy, yy] = [0, 0, 0];
  for (const point of at) {
    const [x, y] = [(point.x -= middle.x), (point.y -= middle.y)];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const turn = -Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (const point of at)
    [point.x, point.y] = [point.x * cos - point.y * sin, point.x * sin + point.y * cos];
}

/** Push boxes apart that overlap, each pair along its shorter way. */
function apart(at, boxes, rounds) {
  const cell = Math.max(...boxes.map((box) => Math.max(box.width, box.height)), 1);
  for (let round = 0; round < rounds; round += 1) {
    const cells = new Map();
    at.forEach((point, place) => {
      const key = `${Math.floor(point.x / cell)},${Math.floor(point.y / cell)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(place);
    });
    let moved = false;
    const meet = (i, j) => {
      const [x, y] = [at[j].x - at[i].x || 1e-3, at[j].y - at[i].y || 1e-3];
      const wide = (boxes[i].width + boxes[j].width) / 2 - Math.abs(x);
      const high = (boxes[i].height + boxes[j].height) / 2 - Math.abs(y);
      if (wide <= 0 || high <= 0) return;
      moved = true;
      const sideways = wide / (boxes[i].width + boxes[j].width) < high / (boxes[i].height + boxes[j].height);
      const [axis, by] = sideways ? ["x", (Math.sign(x) * wide) / 2] : ["y", (Math.sign(y) * high) / 2];
      at[i][axis] -= by;
      at[j][axis] += by;
    };
    for (const [key, own] of cells) {
      const [column, row] = key.split(",").map(Number);
      own.forEach((i, place) => own.slice(place + 1).forEach((j) => meet(i, j)));
      for (const [right, down] of [[1, 0], [-1, 1], [0, 1], [1, 1]])
        for (const j of cells.get(`${column + right},${row + down}`) || []) own.forEach((i) => meet(i, j));
    }
    if (!moved) return;
  }
}

/** Put parts into rows, the largest first; returns nothing, moves the points. */
function pack(parts, boxes, aspect) {
  const gap = 40;
  const framed = parts.map(({ members, at }) => {
    const edge = (axis, side, sign) =>
      sign * Math.max(...members.map((member, place) => sign * at[place][axis] + boxes[member][side] / 2));
    const left = edge("x", "width", -1);
    const top = edge("y", "height", -1);
    return { at, left, top, width: edge("x", "width", 1) - left + gap, height: edge("y", "height", 1) - top + gap };
  });
  const area = framed.reduce((sum, { width, height }) => sum + width * height, 0);
  const room = Math.max(framed[0]?.width || 0, Math.sqrt(area * aspect));
  let [x, y, height] = [0, 0, 0];
  for (const part of framed) {
    if (x && x + part.width > room) [x, y, height] = [0, y + height, 0];
    for (const point of part.at) {
      point.x += x - part.left;
      point.y += y - part.top;
    }
    x += part.width;
    height = Math.max(height, part.height);
  }
}

/** Place boxes that lines connect (two numbers each) in a window of this width to height. */
function placed(boxes, lines, aspect) {
  const near = boxes.map(() => new Set());
  for (const [one, other] of lines)
    if (one !== other) {
      near[one].add(other);
      near[other].add(one);
    }
  const links = near.map((found) => [...found]);
  const result = boxes.map(() => null);
  const parts = partsOf(boxes.length, links).map((members) => {
    const at = byStress(members, links);
    level(at);
    const own = members.map((member) => boxes[member]);
    spread(at, own);
    apart(at, own, 60);
    members.forEach((member, place) => (result[member] = at[place]));
    return { members, at };
  });
  pack(parts, boxes, aspect);
  return result;
}

/** Place boxes in rings around the first, the next ones nearest. */
function ringed(boxes) {
  const at = [{ x: 0, y: 0 }];
  let radius = 60;
  for (let ring = 0; at.length < boxes.length; ring += 1) {
    radius += 110;
    const room = Math.floor((2 * Math.PI * radius) / 120);
    const number = Math.min(room, boxes.length - at.length);
    for (let place = 0; place < number; place += 1) {
      const angle = (2 * Math.PI * (place + (ring % 2) / 2)) / number - Math.PI / 2;
      at.push({ x: radius * Math.cos(angle) * 1.15, y: radius * Math.sin(angle) });
    }
  }
  apart(at, boxes, 40);
  return at;
}
