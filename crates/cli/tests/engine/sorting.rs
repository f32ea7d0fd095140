//! Comparators that contradict themselves, which many packages have: the order that comes out is V8's.

use super::check;

/// Comparators by which no order is right. Each sees which elements it is asked about, and how often it was asked.
const COMPARATORS: &str = r"
let seed = 12345;
const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8;
const comparators = [
  () => 1, () => -1, () => 0, () => NaN, () => '-1', () => 0.5, () => true, () => undefined,
  (a, b) => a > b, (a, b) => (a > b ? 1 : -1), (a, b) => (a < b ? -1 : 1), (a, b) => (a >= b ? 1 : -1),
  (a, b) => (a > b ? -1 : 1), (a, b) => (a < b ? -1 : 0), (a, b) => ((a * 7919 + b * 104729) % 3) - 1,
  (a, b) => ((a ^ b) & 1 ? 1 : -1), (a, b) => (a >> 4) - (b >> 4) || 1, (a, b) => (a % 10) - (b % 10),
  (a, b) => a - b, (a, b) => b - a, () => (random() % 3) - 1, (a, b) => (random() % 8 ? a - b : b - a),
];
const shapes = [
  () => random() % 1000, (i) => i, (i) => -i, (i) => i % 17, (i) => (i % 100 < 90 ? i : random() % 2000),
  (i) => (i < 200 ? i : 400 - i), (i) => (random() % 50 ? i : 5),
];
let hash = 0;
const mix = (number) => { hash = (Math.imul(hash, 31) + number) | 0; };
const sortAll = (sort) => {
  const hashes = [];
  for (const comparator of comparators) {
    for (const shape of shapes) {
      hash = 0;
      for (const length of lengths) {
        let calls = 0;
        const compare = (a, b) => { calls++; mix(a); mix(b); return comparator(a, b); };
        for (const number of sort(Array.from({ length }, (_, i) => shape(i)), compare)) mix(number);
        mix(calls);
      }
      hashes.push(hash);
    }
  }
  console.log(hashes.join(' '));
};
";

fn check_sorts(lengths: &str, sorts: &str) {
    check(&format!("const lengths = {lengths};{COMPARATORS}{sorts}"));
}

#[test]
fn arrays_are_sorted_as_v8_sorts_them() {
    check_sorts(
        "[0, 1, 2, 3, 20, 33, 63, 64, 65, 129, 300]",
        "sortAll((array, compare) => array.sort(compare));\n",
    );
}

#[test]
fn long_arrays_are_sorted_as_v8_sorts_them() {
    check_sorts(
        "[700, 2000]",
        "comparators.splice(0, 13); shapes.splice(1, 3); sortAll((array, compare) => array.sort(compare));\n",
    );
}

#[test]
fn copies_are_sorted_as_v8_sorts_them() {
    check_sorts(
        "[0, 1, 40, 100]",
        "sortAll((array, compare) => array.toSorted(compare));\n",
    );
}

#[test]
fn typed_arrays_are_sorted_as_v8_sorts_them() {
    check_sorts(
        "[0, 1, 2, 3, 5, 31, 100]",
        "sortAll((array, compare) => Int32Array.from(array).sort(compare));\n\
         sortAll((array, compare) => Float64Array.from(array).toSorted(compare));\n",
    );
}

#[test]
fn numbers_are_sorted_without_a_comparator() {
    check(
        r"
        const numbers = [3, -1, 0, -0, NaN, Infinity, -Infinity, 1.5, -1.5, 255, 256, 65536, 2 ** 31, -(2 ** 31), 1e300, 5e-324];
        const show = (array) => Array.from(array, (n) => (Object.is(n, -0) ? '-0' : String(n))).join();
        for (const Kind of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
                            Float32Array, Float64Array]) {
          console.log(Kind.name, show(Kind.from(numbers).sort()), show(Kind.from(numbers).toSorted()));
        }
        const wide = [3n, -1n, 0n, 2n ** 63n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 64n - 1n];
        console.log(BigInt64Array.from(wide).sort().join(), BigUint64Array.from(wide).sort().join());
        const bits = new Uint32Array([0x7fc00000, 0xffc00001, 0x3f800000, 0xff800000, 0x80000000, 0]);
        console.log(show(new Float32Array(bits.buffer).sort()));
        console.log([1].concat(Array.from({ length: 300 }, (_, i) => (i * 7919) % 1009)).sort().join());
        ",
    );
}

#[test]
fn what_is_no_element_goes_to_the_end() {
    check(
        r"
        const array = [3, , undefined, 1, , 2, undefined];
        array.sort((a, b) => (a > b ? 1 : -1));
        console.log(array.length, Object.keys(array).join(), String(array));
        console.log(['b', 'a', 10, 9, undefined, null, [2], {}].sort().map(String).join('|'));
        console.log([3, , 1].toSorted().map(String).join('|'));
        console.log(Array.prototype.sort.call({ length: 3, 0: 'c', 2: 'a' })[0]);
        ",
    );
}

#[test]
fn comparators_may_do_anything() {
    check(
        r"
        const t = (f) => { try { return f(); } catch (error) { return error.name + ': ' + error.message; } };
        console.log(t(() => [3, 2, 1].sort(() => { throw new Error('enough'); })));
        console.log(t(() => new Int8Array([3, 2, 1]).sort(() => { throw new Error('enough'); })));
        const log = [];
        const long = Array.from({ length: 200 }, (_, i) => (i * 7919) % 211);
        t(() => long.sort((a, b) => { if (log.push(a, b) > 900) throw new Error('late'); return a - b; }));
        console.log(log.length, log.slice(-6).join(), long.slice(0, 9).join());
        const changed = [1, 2, 3];
        changed.sort(() => { changed[0] = 9; changed.push(7); return 0; });
        console.log(changed.join());
        const typed = new Int8Array([3, 1, 2]);
        console.log(typed.sort((a, b) => { typed[0] = 100; return a - b; }).join());
        const buffer = new ArrayBuffer(8, { maxByteLength: 16 });
        const shrunk = new Uint8Array(buffer).map((_, i) => 9 - i);
        const view = new Uint8Array(buffer);
        view.set(shrunk);
        console.log(view.sort((a, b) => { buffer.resize(4); return a - b; }).join());
        const set = [];
        const watched = new Proxy([2, 1, 3], { set(target, key, value) { set.push(key, value); target[key] = value; return true; } });
        watched.sort((a, b) => a - b);
        console.log(set.join());
        console.log(t(() => [1, 2].sort(5)).slice(0, 9), t(() => new Int8Array(2).sort(null)).slice(0, 9));
        ",
    );
}
