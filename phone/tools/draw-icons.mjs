/**
 * Draws the app's icon: a shield with a tick over a rule of lines. One description gives the SVG and, by
 * sampling it, the PNG sizes that phones ask for. Run with `npm run icons` after changing the drawing.
 */
import { writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const OUT = new URL("../public/", import.meta.url);
const GROUND = [13, 74, 91];
const PAPER = [255, 255, 255];
const MARK = [20, 99, 53];
const SHIELD = [
  [50, 17],
  [77, 27],
  [77, 50],
  [74, 62],
  [66, 73],
  [50, 83],
  [34, 73],
  [26, 62],
  [23, 50],
  [23, 27],
];
const TICK = [
  [36, 50],
  [46, 60],
  [65, 39],
];
const TICK_WIDTH = 8;

const path = (points) => points.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join("");
const hex = (colour) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="22" fill="${hex(GROUND)}"/><path d="${path(SHIELD)}Z" fill="${hex(PAPER)}" stroke="${hex(PAPER)}" stroke-width="4" stroke-linejoin="round"/><path d="${path(TICK)}" fill="none" stroke="${hex(MARK)}" stroke-width="${TICK_WIDTH}" stroke-linecap="round" stroke-linejoin="round"/></svg>\n`;

function distance([px, py], [ax, ay], [bx, by]) {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length));
  return Math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay));
}

function toPolygon(point, points) {
  let inside = false;
  let nearest = Infinity;
  points.forEach((corner, index) => {
    const next = points[(index + 1) % points.length];
    nearest = Math.min(nearest, distance(point, corner, next));
    const crosses = corner[1] > point[1] !== next[1] > point[1];
    if (
      crosses &&
      point[0] < ((next[0] - corner[0]) * (point[1] - corner[1])) / (next[1] - corner[1]) + corner[0]
    )
      inside = !inside;
  });
  return inside ? -nearest : nearest;
}

function toRoundedSquare([x, y], radius) {
  const dx = Math.abs(x - 50) - (50 - radius);
  const dy = Math.abs(y - 50) - (50 - radius);
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

/** How much of a pixel of width `pixel` lies inside a shape whose edge is `far` away. */
const cover = (far, pixel) => Math.max(0, Math.min(1, 0.5 - far / pixel));

function paint(point, pixel, bleed) {
  const layers = [
    [GROUND, bleed ? 1 : cover(toRoundedSquare(point, 22), pixel)],
    [PAPER, cover(toPolygon(point, SHIELD) - 2, pixel)],
    [
      MARK,
      cover(
        Math.min(distance(point, TICK[0], TICK[1]), distance(point, TICK[1], TICK[2])) - TICK_WIDTH / 2,
        pixel,
      ),
    ],
  ];
  let colour = GROUND;
  for (const [next, share] of layers.slice(1))
    colour = colour.map((part, index) => part + (next[index] - part) * share);
  return [...colour.map(Math.round), Math.round(layers[0][1] * 255)];
}

function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function png(size, bleed) {
  const rows = [];
  for (let y = 0; y < size; y += 1) {
    const row = [0];
    for (let x = 0; x < size; x += 1) {
      const point = [((x + 0.5) / size) * 100, ((y + 0.5) / size) * 100];
      const inset = bleed ? point.map((part) => (part - 50) * 1.2 + 50) : point;
      row.push(...paint(inset, (bleed ? 120 : 100) / size, bleed));
    }
    rows.push(Buffer.from(row));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

writeFileSync(new URL("icon.svg", OUT), svg);
for (const size of [192, 512]) writeFileSync(new URL(`icon-${size}.png`, OUT), png(size, false));
writeFileSync(new URL("icon-maskable-512.png", OUT), png(512, true));
