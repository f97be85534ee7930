// Verdicts of certificates, standards, tags, industries, words and place.
import { isUnder, sigunguOf } from './vocab.mjs';
import { compact, fold, greatCircleKm, withoutRevision } from './text.mjs';
import { finding } from './verdict.mjs';

/** certificate:X, held or implied by one held on DATE (until inclusive). */
export function judgeCertificate(vocab, held, code, date) {
    if (held === null) return finding('unknown', 0.3);
    const isValid = cert => (cert.until ?? null) === null || cert.until >= date;
    const gives = cert => cert.code === code || vocab.certificates.get(cert.code).implies.includes(code);
    return held.some(cert => isValid(cert) && gives(cert)) ? finding('yes', 1) : finding('no', 0);
}

const listed = isListed => (isListed ? finding('yes', 1) : finding('unknown', 0));

/** standard:X, a trailing revision letter of the offered one is ignored. */
export function judgeStandard(offered, name) {
    const asked = compact(name);
    return listed(offered.map(compact).some(folded => folded === asked || withoutRevision(folded) === asked));
}

export function judgeTag(offered, name) {
    return listed(offered.some(tag => compact(tag) === compact(name)));
}

export function judgeIndustry(offered, code) {
    return listed(offered.includes(code));
}

/** Words: each one is somewhere in the capability's text or the names. */
export function judgeWords(supplier, words) {
    const texts = [supplier.cap.text, supplier.org.name, supplier.org.name_en, supplier.site.name].map(fold);
    const isFound = word => texts.some(text => text.includes(word));
    return listed(fold(words).split(/\s+/u).filter(Boolean).every(isFound));
}

/** Where a need is delivered: its coordinates, else the centroid of its region, else null. */
export function deliveryPoint(vocab, deliverTo) {
    if (deliverTo === null) return null;
    const region = vocab.regions.get(deliverTo.region);
    const point = [deliverTo, region].find(place => place && place.lat !== null && place.lon !== null);
    return point ? { lat: point.lat, lon: point.lon } : null;
}

function regionPart(vocab, site, regions) {
    if (regions.length === 0) return [];
    if (site.region === null) return ['unknown'];
    return [regions.some(region => isUnder(vocab.regions, site.region, region)) ? 'yes' : 'no'];
}

function distancePart(km, maxKm) {
    if (maxKm === null) return [];
    if (km === null) return ['unknown'];
    return [km <= maxKm ? 'yes' : 'no'];
}

function placeVerdict(vocab, site, place, km) {
    const parts = [...regionPart(vocab, site, place.regions), ...distancePart(km, place.max_km)];
    if (parts.length === 0) return site.lat === null ? 'unknown' : 'yes';
    if (parts.includes('yes')) return 'yes';
    return parts.includes('unknown') ? 'unknown' : 'no';
}

function placeScore(km, deliverTo, isSameSigungu) {
    if (km !== null) return Math.max(isSameSigungu ? 0.95 : 0, 0.3 + 0.7 * Math.exp(-km / 100));
    if (deliverTo === null) return 1;
    return isSameSigungu ? 0.95 : 0.3;
}

/** Place: regions and max_km; TARGET is the delivery point or null. */
export function judgePlace(vocab, site, place, deliverTo, target) {
    const km = site.lat === null || target === null ? null : greatCircleKm(site, target);
    const verdict = placeVerdict(vocab, site, place, km);
    const sigungu = sigunguOf(site.region);
    const isSameSigungu = sigungu !== null && sigungu === sigunguOf(deliverTo?.region);
    const found = finding(verdict, verdict === 'unknown' ? 0.3 : placeScore(km, deliverTo, isSameSigungu));
    if (verdict === 'unknown' || place.max_km === null || km === null) return found;
    return { ...found, margin: (place.max_km - km) / place.max_km, to: Math.ceil(km) };
}
