// A small seeded random source, so that a failing round can be run again.

/** Random source (mulberry32). */
export class Random {
    constructor(seed) {
        this.state = seed >>> 0;
    }

    /** A number in [0, 1). */
    next() {
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let t = this.state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    }

    /** A whole number in [low, high]. */
    int(low, high) {
        return low + Math.floor(this.next() * (high - low + 1));
    }

    chance(probability) {
        return this.next() < probability;
    }

    pick(values) {
        return values[this.int(0, values.length - 1)];
    }

    /** COUNT picks, repeats possible. */
    some(values, count) {
        return Array.from({ length: count }, () => this.pick(values));
    }
}
