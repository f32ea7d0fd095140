// Every exported function becomes an export of the module, named in kebab-case as WebAssembly's tools expect:
// `jsc run geometry.wasm --invoke bounding-box`. The default export is what runs without `--invoke`.

const distance = (a, b) => Math.hypot(b.x - a.x, b.y - a.y);

/** The smallest rectangle around all points. */
export function boundingBox(points) {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** The length of the way through all points, in their order. */
export function pathLength(points) {
  return points.slice(1).reduce((sum, point, i) => sum + distance(points[i], point), 0);
}

/** The point that is nearest to `from`. */
export const nearestPoint = ({ from, points }) =>
  points.reduce((best, point) => (distance(from, point) < distance(from, best) ? point : best));

/** What there is to know about a path. */
export default function describe(points) {
  return { points: points.length, length: pathLength(points), box: boundingBox(points) };
}
