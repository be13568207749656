// The ground of the map: land and borders of Natural Earth, in degrees, drawn once.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Read whole numbers as source maps write them: five bits a letter, the sign in the lowest bit. */
function numbersOf(letters) {
  const numbers = [];
  let [value, shift] = [0, 0];
  for (const letter of letters) {
    const bits = LETTERS.indexOf(letter);
    value += (bits & 31) * 2 ** shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value % 2 ? -(value - 1) / 2 : value / 2);
    [value, shift] = [0, 0];
  }
  return numbers;
}

/** The points of a line in degrees east and north; the first is given whole, the others as steps. */
function pointsOf(letters, unit) {
  const numbers = numbersOf(letters);
  const points = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < numbers.length; i += 2) {
    x += numbers[i];
    y += numbers[i + 1];
    points.push([x / unit, y / unit]);
  }
  return points;
}

/** A ring that crosses 180 degrees goes on beyond it, instead of back around the world. */
function unbroken(ring) {
  let [turn, last] = [0, ring[0][0]];
  return ring.map(([x, y]) => {
    if (Math.abs(x - last) > 180) turn += x < last ? 360 : -360;
    last = x;
    return [x + turn, y];
  });
}

/** The drawings of land and borders, where `project` puts degrees on the plane. */
function groundOf({ unit, arcs, land, borders }, project) {
  const lines = arcs.map((letters) => pointsOf(letters, unit));
  const line = (number) => (number < 0 ? [...lines[~number]].reverse() : lines[number]);
  const point = ([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`;
  const drawing = (points) => `M${points.map((one) => point(project(one))).join("L")}`;
  return {
    land: land.map((ring) => `${drawing(unbroken(ring.flatMap(line)))}Z`).join(""),
    borders: borders.map((number) => drawing(line(number))).join(""),
  };
}
