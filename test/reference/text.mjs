// Text folding, rounding, hashing and dates as the matching contract defines them.

/** NFKC and case folded, the form in which words are compared. */
export const fold = text => text.normalize('NFKC').toLowerCase().normalize('NFKC');

/** Folded and without blanks, hyphens, dots and underscores: the form of standards and tags. */
export const compact = text => fold(text).replace(/[\s\-._]/gu, '');

/** A compact standard without its trailing revision letter (one letter right after a digit). */
export const withoutRevision = folded => folded.replace(/(\d)[a-z]$/, '$1');

/** VALUE rounded to 4 decimals, exact ties to even. */
export function round4(value) {
    const halves = value * 32;
    const isTie = Number.isInteger(halves) && halves % 2 !== 0;
    if (!isTie) return Number(value.toFixed(4)) + 0;
    const floor = Math.floor(value * 10000);
    return (floor % 2 === 0 ? floor : floor + 1) / 10000;
}

/** FNV-1a, 64 bits, over bytes; a BigInt. */
export function fnv1a64(bytes) {
    let hash = 0xcbf29ce484222325n;
    for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
    return hash;
}

/** Calendar days from date A to date B (YYYY-MM-DD). */
export function daysBetween(a, b) {
    return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86400000);
}

export function addDays(date, days) {
    return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
}

const RADIUS_KM = 6371.0088;

/** Great circle distance of two {lat, lon} in km. */
export function greatCircleKm(a, b) {
    const rad = degrees => degrees * Math.PI / 180;
    const sinLat = Math.sin(rad(b.lat - a.lat) / 2);
    const sinLon = Math.sin(rad(b.lon - a.lon) / 2);
    const h = sinLat * sinLat + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * sinLon * sinLon;
    return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
