// Makes src/feature/map/map.def: the districts as small SVG paths on one grid of whole numbers.
//   node tools/map/map.mjs TOPOLOGY.json vocab/regions.csv > src/feature/map/map.def
// Every border is simplified once (Visvalingam) and used by both neighbours, so that borders don't gap.
import { readFileSync } from 'node:fs';

const [topology_file, regions_file] = process.argv.slice(2);
const topology = JSON.parse(readFileSync(topology_file, 'utf8'));
const WEST = 125.9, NORTH = 38.65, UNIT = 100, SQUEEZE = Math.cos((36 * Math.PI) / 180);
const SMALLEST = 1.4; // area of a corner that is kept, in units of the grid
const EAST_MOST = 130.2, WEST_MOST = 125.85; // far islands would make the country small; they count in the table
const LENGTH_MAX = 40000;

const provinces = { 11: 11, 21: 26, 22: 27, 23: 28, 24: 12, 25: 30, 26: 31, 29: 36, 31: 41, 32: 51, 33: 43, 34: 44, 35: 52, 36: 12, 37: 47, 38: 48, 39: 50 };
// Names of 2018 that are no longer there; a list: the first is of the main land, the second of the islands.
const renamed = { '23 중구': ['KR.28.125', 'KR.28.155'], '23 동구': ['KR.28.125'], '23 서구': ['KR.28.275'], '23 남구': ['KR.28.177'], '37 군위군': ['KR.27.720'] };

const regions = readFileSync(regions_file, 'utf8').split('\n').slice(1).filter(Boolean).map((line) => {
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map((c) => c.replace(/,$/, '').replace(/^"|"$/g, ''));
  return { code: cells[0], names: [cells[2].replace(/^\S+ /, ''), ...cells[6].split('|')] };
});

function codes_of(p) {
  const known = renamed[`${p.code.slice(0, 2)} ${p.name}`];
  if (known) return known;
  const inside = `KR.${provinces[p.code.slice(0, 2)]}`;
  if (inside === 'KR.36') return [inside];
  const city = p.name.match(/^(.+시)(.+구)$/);
  const wanted = city ? [`${city[1]} ${city[2]}`, p.name, city[1]] : [p.name];
  for (const name of wanted) {
    const hit = regions.find((r) => r.code.startsWith(`${inside}.`) && r.names.includes(name));
    if (hit) return [hit.code];
  }
  throw new Error(`no region for ${p.code} ${p.name}`);
}

const { scale, translate } = topology.transform;
function project(arc) {
  let x = 0, y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [(x * scale[0] + translate[0] - WEST) * UNIT * SQUEEZE, (NORTH - y * scale[1] - translate[1]) * UNIT];
  });
}

const corner = (a, b, c) => Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
function simplify(points) {
  const kept = points.slice();
  const least = points[0].join() === points.at(-1).join() ? 4 : 2;
  while (kept.length > least) {
    let at = 0, size = Infinity;
    for (let i = 1; i + 1 < kept.length; i++) {
      const s = corner(kept[i - 1], kept[i], kept[i + 1]);
      if (s < size) [at, size] = [i, s];
    }
    if (size > SMALLEST) break;
    kept.splice(at, 1);
  }
  return kept.map(([x, y]) => [Math.round(x), Math.round(y)]);
}
const arcs = topology.arcs.map((a) => simplify(project(a)));

const ring_points = (ring) => ring.flatMap((i, n) => (i < 0 ? arcs[~i].slice().reverse() : arcs[i]).slice(n ? 1 : 0));
const number = (n, first) => (first || n < 0 ? `${n}` : ` ${n}`);
function path_of(points, closed) {
  let [x, y] = points[0];
  let text = `M${x}${number(y)}l`, first = true;
  const rest = closed ? points.slice(1, -1) : points.slice(1);
  for (const [px, py] of rest) {
    if (px === x && py === y) continue;
    text += number(px - x, first) + number(py - y);
    [x, y, first] = [px, py, false];
  }
  return first ? '' : text + (closed ? 'z' : '');
}
function area_of(points) {
  let twice = 0;
  for (let i = 0; i + 1 < points.length; i++) twice += points[i][0] * points[i + 1][1] - points[i + 1][0] * points[i][1];
  return Math.abs(twice) / 2;
}

const areas = new Map();
const owners = arcs.map(() => []); // the 시도 on both sides of a border
for (const g of Object.values(topology.objects)[0].geometries) {
  const codes = codes_of(g.properties);
  const polygons = g.type === 'Polygon' ? [g.arcs] : g.arcs;
  const rings = polygons.map((p) => ({ points: ring_points(p[0]), rings: p })).sort((a, b) => area_of(b.points) - area_of(a.points));
  // Of the old 중구 of Incheon the main land is what lies east of the strait.
  const strait = (126.6 - WEST) * UNIT * SQUEEZE;
  rings.forEach(({ points, rings: all }, n) => {
    const east = points.reduce((sum, p) => sum + p[0], 0) / points.length > strait;
    const code = codes.length > 1 ? codes[east ? 0 : 1] : codes[0];
    const far = points.some(([x]) => x < (WEST_MOST - WEST) * UNIT * SQUEEZE || x > (EAST_MOST - WEST) * UNIT * SQUEEZE);
    if (far || (n && area_of(points) < 6)) return;
    for (const ring of all) {
      for (const i of ring) owners[i < 0 ? ~i : i].push(code.slice(0, 5));
      areas.set(code, (areas.get(code) ?? '') + path_of(ring_points(ring), true));
    }
  });
}

const borders = [];
owners.forEach((o, i) => {
  const path = new Set(o).size > 1 ? path_of(arcs[i], false) : '';
  if (path) borders.push(path);
});
const lines = [...areas].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, path]) => `MAP_AREA("${code}", "${path}")`);
const text = `/* Made by tools/map/map.mjs from the boundaries of Statistics Korea (2018), KOGL type 1; simplified, names of today. */
${lines.join('\n')}
${borders.map((b) => `MAP_BORDER("${b}")`).join('\n')}
`;
const bytes = lines.join('').length + borders.join('').length;
if (bytes > LENGTH_MAX) throw new Error(`${bytes} bytes are more than ${LENGTH_MAX}`);
const all = arcs.flat();
console.error(`${areas.size} areas, ${bytes} bytes, x to ${Math.max(...all.map((p) => p[0]))}, y to ${Math.max(...all.map((p) => p[1]))}`);
process.stdout.write(text);
