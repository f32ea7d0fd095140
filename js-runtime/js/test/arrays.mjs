import { each, same, sameDir } from "./check.mjs";

const count = (length, value = (i) => i) => Array.from({ length }, (_, i) => value(i));

export default function () {
  each([[], [1], [1, 2, 3], ["a", "b"], [[]], [[[]]], [[[[]]]], [[[[[]]]]], [[[[1]]]], [{}], [null, undefined]]);
  each([[,], [, 1], [1, ,], [, , 1, , ,], Array(5), [1, , 2, , , 3], Object.assign([1, , 3], { a: 1 }), Array(200)]);
  for (const length of [5, 6, 7, 8, 12, 13, 16, 25, 26, 27, 50, 99, 100, 101, 102, 200]) {
    same(count(length));
    same(count(length, (i) => i * 1000));
    same(count(length, (i) => i / 7));
    same(count(length, (i) => BigInt(i) * 99n));
    same(count(length, (i) => `item${i}`));
    same(count(length, (i) => "x".repeat(i % 9)));
    same(count(length, (i) => (i % 2 ? i : `${i}`)));
    same(count(length, () => ({})));
    same(count(length, () => [1, 2]));
    same({ nested: { deeper: count(length) } });
  }
  same(count(10, (i) => "日本語".repeat(i % 3)));
  same(count(10, (i) => "é\u0301".repeat(i % 3)));
  same(count(10, (i) => "😀".repeat(i % 4)));
  same(count(10, (i) => `\u001b[${i}m`));
  same(count(10, (i) => "long text here ".repeat(i)));
  same([...count(30), "text"]);
  same([...count(8), { a: 1 }]);
  same(count(101, (i) => (i === 100 ? "last" : i)));
  same(Object.assign(count(8), { extra: true }));
  same(Object.assign(count(3), { "-1": 1, "two words": 2, [Symbol("s")]: 3, 4294967295: 4 }));
  same(Object.assign(count(120), { extra: true }));
  const sparse = count(120);
  delete sparse[3];
  delete sparse[50];
  same(sparse);
  const large = [];
  large[4294967290] = 1;
  same(large);
  const far = [1, 2];
  far[200] = 3;
  same(far);
  same(new (class List extends Array {})(3));
  same(Object.assign(new (class List extends Array {})(), { a: 1 }));
  same(Object.setPrototypeOf([1, 2], null));
  same(Object.assign([1], { [Symbol.toStringTag]: "Tagged" }));
  const accessors = Object.defineProperty([1, 2, 3], 1, { get: () => 5, enumerable: true });
  same(accessors);
  same(Object.defineProperty(count(9), 4, { get: () => 5, set() {}, enumerable: true }));
  same(Object.defineProperty([1], 0, { enumerable: false }));
  same(Object.freeze([1, 2]));
  same(
    (function () {
      return arguments;
    })(),
  );
  same(
    (function () {
      return arguments;
    })(1, { a: 2 }),
  );
  same(
    (function (a) {
      "use strict";
      return arguments;
    })(1),
  );

  for (const Typed of [Int8Array, Uint8ClampedArray, Uint16Array, Float32Array, Float64Array, BigInt64Array]) {
    same(new Typed());
    same(new Typed(3));
    same(new Typed(150));
    same(Object.assign(new Typed(2), { a: 1 }));
    sameDir(new Typed(2), { showHidden: true });
    sameDir(new Typed(0), { showHidden: true });
  }
  each([Float64Array.of(-0, NaN, 1.5), new (class Bytes extends Uint8Array {})(2), [new Uint8Array(1)]]);
  each([new ArrayBuffer(0), new ArrayBuffer(4), Uint8Array.of(1, 171, 255).buffer, new ArrayBuffer(120)]);
  each([new DataView(new ArrayBuffer(4), 1), Object.assign(new ArrayBuffer(1), { a: 1 }), { b: [new ArrayBuffer(1)] }]);
  each([
    new SharedArrayBuffer(2),
    new (class Buf extends ArrayBuffer {})(1),
    Object.setPrototypeOf(new Uint8Array(2), null),
  ]);
  const detached = new ArrayBuffer(3);
  structuredClone(detached, { transfer: [detached] });
  same(detached);

  for (const maxArrayLength of [0, 1, 3, null, Infinity, -1]) {
    sameDir(count(5), { maxArrayLength });
    sameDir(count(105), { maxArrayLength });
    sameDir(new Uint8Array(5), { maxArrayLength });
    sameDir(new ArrayBuffer(5), { maxArrayLength: maxArrayLength === -1 ? 0 : maxArrayLength });
    sameDir([1, , 3, , , 6], { maxArrayLength });
    sameDir(new Set(count(5)), { maxArrayLength });
    sameDir(
      new Map([
        [1, 2],
        [3, 4],
      ]),
      { maxArrayLength },
    );
  }
  for (const breakLength of [20, 40, 60, 120, Infinity]) {
    sameDir(count(50), { breakLength });
    sameDir({ a: count(20), b: { c: "text", d: "text" } }, { breakLength });
  }
  for (const compact of [0, 1, 2, 3, 5, false]) {
    sameDir(count(20), { compact });
    sameDir({ a: { b: { c: [1, [2, [3]]] } }, d: [{ e: 1 }, { f: 2 }] }, { compact, depth: null });
  }
}
