// What a page makes a browser load: HTML, styles and scripts as compressed as the server sends them, and the slices of the font that its letters need.
import http from 'node:http';
import zlib from 'node:zlib';

export const WEIGHT_MAX = 60 * 1024;
export const FONTS_MAX = 150 * 1024;

export const get = (base, target, headers = {}) =>
  new Promise((done, fail) => {
    http.get(new URL(target, base), { headers, agent: false }, (answer) => {
      const chunks = [];
      answer.on('data', (c) => chunks.push(c)).on('end', () => done({ code: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
    }).on('error', fail);
  });

export function unpacked(answer) {
  const encoding = answer.headers['content-encoding'];
  if (encoding === 'br') return zlib.brotliDecompressSync(answer.body);
  return encoding === 'gzip' ? zlib.gunzipSync(answer.body) : answer.body;
}

// [{ source, has(code) }] of a style.
export function faces(css) {
  return [...css.matchAll(/@font-face\s*{([^}]*)}/g)].flatMap(([, face]) => {
    const source = /url\(["']?([^"')]+\.woff2[^"')]*)/.exec(face)?.[1];
    const ranges = [...face.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].map((m) => [parseInt(m[1], 16), parseInt(m[2] ?? m[1], 16)]);
    return source ? [{ source, has: (code) => !ranges.length || ranges.some(([a, b]) => code >= a && code <= b) }] : [];
  });
}

export async function weights(base, target = '/') {
  const accept = { 'Accept-Encoding': 'br, gzip', 'Accept-Language': 'ko' };
  const page = await get(base, target, accept);
  const html = unpacked(page).toString();
  const links = new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js)[^"]*)"/g)].map((m) => m[1]));
  const out = { bytes: page.body.length, fonts: 0, html: page.body.length, encoding: page.headers['content-encoding'] ?? 'not compressed' };
  for (const link of links) {
    const asset = await get(base, link, accept);
    out.bytes += asset.body.length;
    if (!link.includes('.css')) continue;
    for (const face of faces(unpacked(asset).toString()))
      if ([...html].some((c) => face.has(c.codePointAt(0)))) out.fonts += (await get(base, face.source)).body.length;
  }
  return out;
}
