/**
 * Shapes on a square from -1 to 1, y down. A shape says whether a point is inside.
 * @typedef {(x: number, y: number) => boolean} Shape
 */

/** @type {(radius: number) => Shape} */
export const disc = (radius) => (x, y) => x * x + y * y <= radius * radius;

/** @type {(left: number, top: number, right: number, bottom: number) => Shape} */
export const box = (left, top, right, bottom) => (x, y) =>
  x >= left && x <= right && y >= top && y <= bottom;

/** @type {(...shapes: readonly Shape[]) => Shape} */
export const union =
  (...shapes) =>
  (x, y) =>
    shapes.some((shape) => shape(x, y));

/** @type {(shape: Shape, hole: Shape) => Shape} */
export const without = (shape, hole) => (x, y) => shape(x, y) && !hole(x, y);

/** A thick line with round ends. @type {(ends: readonly [number, number, number, number], width: number) => Shape} */
export const stroke =
  ([x1, y1, x2, y2], width) =>
  (x, y) => {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy);
    const t = Math.max(0, Math.min(1, along));
    return Math.hypot(x - x1 - t * dx, y - y1 - t * dy) <= width / 2;
  };

/** The inside of a convex or concave outline. @type {(...corners: readonly (readonly [number, number])[]) => Shape} */
export const polygon =
  (...corners) =>
  (x, y) => {
    let inside = false;
    corners.forEach(([x1, y1], index) => {
      const [x2, y2] = corners[(index + 1) % corners.length] ?? [x1, y1];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    });
    return inside;
  };

/** @type {(shape: Shape, dx: number, dy: number) => Shape} */
export const moved = (shape, dx, dy) => (x, y) => shape(x - dx, y - dy);
