import type { Colour, Painter } from './draw-picture.ts';

const INK: Colour = [0.11, 0.1, 0.16];
const PAPER: Colour = [0.96, 0.94, 0.9];
const SEA: Colour = [0.13, 0.36, 0.47];
const SAND: Colour = [0.91, 0.78, 0.6];
const EMBER: Colour = [0.85, 0.36, 0.24];
const VIOLET: Colour = [0.35, 0.21, 0.79];

/** Layers of waves, the farther up the paler. */
export const tide: Painter = (x, y) => {
  const wave = y + 0.04 * Math.sin(9 * x + 14 * y) + 0.02 * Math.sin(31 * x - 6 * y);
  const band = Math.floor(wave * 14) / 14;
  return mix(mix(SAND, SEA, band), PAPER, 0.5 * (1 - y) * ((wave * 14) % 1));
};

/** Two grids of lines, one turned a little against the other. */
export const grids: Painter = (x, y) => {
  const turned = 0.07;
  const [u, v] = [x + turned * (y - 0.5), y - turned * (x - 0.5)];
  const first = stripes(x, 60) * stripes(y, 45);
  const second = stripes(u, 58) * stripes(v, 43.5);
  return mix(INK, PAPER, 0.5 * (first + second));
};

/** Smooth noise in three sizes. */
export const grain: Painter = (x, y) => {
  const depth = 0.6 * noise(x, y, 6) + 0.3 * noise(x, y, 17) + 0.1 * noise(x, y, 90);
  return mix(mix(INK, VIOLET, depth), SAND, Math.max(0, 2.4 * depth - 1.2));
};

/** A sun that goes down behind a line. */
export const dusk: Painter = (x, y) => {
  const sky = mix(VIOLET, EMBER, Math.min(1, 1.6 * y));
  const isSun = Math.hypot(4 * (x - 0.62), 3 * (y - 0.58)) < 0.62 && y < 0.66;
  if (isSun) return mix(SAND, EMBER, y);
  return y < 0.66 ? sky : mix(INK, sky, 0.35 * stripes(y + 0.01 * Math.sin(40 * x), 60));
};

/** Rings around two places, one through the other. */
export const rings: Painter = (x, y) => {
  const around = (a: number, b: number) =>
    Math.sin(70 * Math.hypot(4 * (x - a), 3 * (y - b)) * 0.5);
  return mix(SEA, PAPER, 0.5 + 0.25 * (around(0.33, 0.45) + around(0.69, 0.58)));
};

/** Noise, woven through two grids. */
export const weave: Painter = (x, y) =>
  mix(grids(x, y), grain(x, y), 0.3 + 0.5 * stripes(x + y, 9));

/** The tide, seen through what was woven. */
export const wovenTide: Painter = (x, y) => {
  const bent = 0.05 * (noise(x, y, 8) - 0.5);
  return mix(tide(x + bent, y + bent), weave(x, y), 0.35);
};

function mix(one: Colour, other: Colour, share: number): Colour {
  const between = (a: number, b: number) => a + (b - a) * share;
  return [between(one[0], other[0]), between(one[1], other[1]), between(one[2], other[2])];
}

function stripes(place: number, count: number): number {
  return 0.5 + 0.5 * Math.sin(2 * Math.PI * count * place);
}

/** From 0 to 1, and the same for the same place, on a grid of `size` cells a side. */
function noise(x: number, y: number, size: number): number {
  const [u, v] = [x * size, y * size];
  const [column, row] = [Math.floor(u), Math.floor(v)];
  const [a, b] = [smooth(u - column), smooth(v - row)];
  const upper = lerp(pick(column, row), pick(column + 1, row), a);
  const lower = lerp(pick(column, row + 1), pick(column + 1, row + 1), a);
  return lerp(upper, lower, b);
}

function pick(column: number, row: number): number {
  const mixed = Math.imul(column * 374_761 + row * 668_265, 2_246_822_519);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

const smooth = (share: number) => share * share * (3 - 2 * share);
const lerp = (one: number, other: number, share: number) => one + (other - one) * share;
