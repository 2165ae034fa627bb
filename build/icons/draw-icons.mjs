// Draws every icon of the app into resources/icons. Run it after a change of a shape:
//   node build/icons/draw-icons.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { icoFile, pngFile } from './png.mjs';
import { box, disc, moved, polygon, stroke, union, without } from './shapes.mjs';

/** @typedef {{ shape: import('./shapes.mjs').Shape, colour: readonly [number, number, number] }} Layer */

const WHITE = /** @type {const} */ ([255, 255, 255]);
const GREEN = /** @type {const} */ ([38, 166, 91]);
const BLUE = /** @type {const} */ ([33, 133, 208]);
const AMBER = /** @type {const} */ ([242, 153, 0]);
const RED = /** @type {const} */ ([214, 48, 49]);
const GREY = /** @type {const} */ ([120, 130, 140]);
const NIGHT = /** @type {const} */ ([16, 24, 32]);

const tick = union(
  stroke([-0.45, 0.05, -0.12, 0.38], 0.26),
  stroke([-0.12, 0.38, 0.46, -0.34], 0.26),
);
const mark = union(stroke([0, -0.28, 0, 0.24], 0.26), moved(disc(0.15), 0, 0.58));
const arrows = union(
  polygon([-0.42, -0.55], [-0.08, -0.08], [-0.76, -0.08]),
  polygon([0.42, 0.55], [0.76, 0.08], [0.08, 0.08]),
  box(-0.53, -0.1, -0.31, 0.5),
  box(0.31, -0.5, 0.53, 0.1),
);
const shackle = without(moved(disc(0.55), 0, -0.32), moved(disc(0.3), 0, -0.32));

/** Each state has an outline of its own, so that it can be told apart without its colour. */
/** @type {Record<string, readonly Layer[]>} */
const trayIcons = {
  ok: [
    { shape: disc(0.94), colour: GREEN },
    { shape: tick, colour: WHITE },
  ],
  exposed: [
    { shape: box(-0.94, -0.94, 0.94, 0.94), colour: BLUE },
    { shape: arrows, colour: WHITE },
  ],
  warning: [
    { shape: polygon([0, -0.98], [0.98, 0.9], [-0.98, 0.9]), colour: AMBER },
    { shape: mark, colour: NIGHT },
  ],
  locked: [
    { shape: union(shackle, box(-0.72, -0.14, 0.72, 0.92)), colour: RED },
    { shape: union(moved(disc(0.17), 0, 0.3), box(-0.08, 0.3, 0.08, 0.68)), colour: WHITE },
  ],
  offline: [
    { shape: without(disc(0.92), disc(0.62)), colour: GREY },
    { shape: stroke([-0.78, 0.78, 0.78, -0.78], 0.3), colour: GREY },
  ],
};

/** A peak over a level line: the mark of the app. */
/** @type {readonly Layer[]} */
const appIcon = [
  { shape: roundedSquare(0.96, 0.3), colour: NIGHT },
  { shape: polygon([0, -0.66], [0.62, 0.42], [-0.62, 0.42]), colour: BLUE },
  { shape: polygon([0, -0.18], [0.34, 0.42], [-0.34, 0.42]), colour: NIGHT },
  { shape: stroke([-0.62, 0.62, 0.62, 0.62], 0.12), colour: WHITE },
];

/** @type {(half: number, radius: number) => import('./shapes.mjs').Shape} */
function roundedSquare(half, radius) {
  return (x, y) => {
    const [dx, dy] = [Math.abs(x) - (half - radius), Math.abs(y) - (half - radius)];
    return Math.hypot(Math.max(0, dx), Math.max(0, dy)) <= radius;
  };
}

/** Samples per pixel and direction. */
const SAMPLES = 8;

/**
 * @param {readonly Layer[]} layers
 * @param {number} size
 */
function draw(layers, size) {
  const pixels = new Uint8Array(size * size * 4);
  for (let index = 0; index < size * size; index += 1) {
    pixels.set(
      pixelOf(layers, { size, column: index % size, row: Math.floor(index / size) }),
      index * 4,
    );
  }
  return pngFile({ size, pixels });
}

/**
 * @param {readonly Layer[]} layers
 * @param {{ size: number, column: number, row: number }} place
 */
function pixelOf(layers, { size, column, row }) {
  const sum = [0, 0, 0];
  let hits = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const x = ((column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size) * 2 - 1;
    const y = ((row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size) * 2 - 1;
    const layer = layers.findLast(({ shape }) => shape(x, y));
    if (layer === undefined) continue;
    hits += 1;
    layer.colour.forEach((part, channel) => (sum[channel] = (sum[channel] ?? 0) + part));
  }
  const alpha = Math.round((hits / SAMPLES ** 2) * 255);
  return [...sum.map((part) => (hits === 0 ? 0 : Math.round(part / hits))), alpha];
}

const folder = join(import.meta.dirname, '..', '..', 'resources', 'icons');
mkdirSync(folder, { recursive: true });
for (const [state, layers] of Object.entries(trayIcons)) {
  writeFileSync(join(folder, `tray-${state}.png`), draw(layers, 16));
  writeFileSync(join(folder, `tray-${state}@2x.png`), draw(layers, 32));
}
const sizes = [16, 24, 32, 48, 64, 128, 256];
writeFileSync(
  join(folder, 'app.ico'),
  icoFile(sizes.map((size) => ({ size, png: draw(appIcon, size) }))),
);
writeFileSync(join(folder, 'app.png'), draw(appIcon, 512));
