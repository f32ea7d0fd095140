// Lines, columns and depths.
class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}
const count = (length, value = (i) => i) => Array.from({ length }, (_, i) => value(i));
for (const length of [5, 6, 7, 8, 13, 16, 26, 27, 50, 100, 101, 130]) {
  console.log(count(length));
  console.log(count(length, (i) => i / 7));
  console.log(count(length, (i) => BigInt(i) * 99n));
  console.log(count(length, (i) => "x".repeat(i % 9)));
  console.log(count(length, (i) => (i % 2 ? i : `${i}`)));
  console.log(new Set(count(length)), new Map(count(length, (i) => [`key${i}`, i])));
  console.log({ nested: { deeper: count(length), typed: new Uint16Array(length) } });
  console.log(new Uint8Array(length).buffer);
}
console.log(count(10, (i) => "日本語".repeat(i % 3)), count(10, (i) => "😀".repeat(i % 4)), count(10, (i) => "e\u0301".repeat(i % 3)));
for (let length = 55; length < 85; length++) {
  console.log({ a: "x".repeat(length) });
  console.log({ a: 1, b: ["x".repeat(length - 10)] });
  console.log(new Point("x".repeat(length - 10), 1));
}
const wide = Object.fromEntries(count(30, (i) => [`key${i}`, i]));
console.log(wide, { wide }, [wide]);
console.log({ a: { b: { c: { d: 1 } } } }, { a: { b: { c: [1] } } }, { a: { b: { c: new Point(1, 2), d: new Map(), e: /x/, f() {} } } });
console.log({ a: `${"x".repeat(60)}\n${"y".repeat(60)}` }, { a: { b: { c: "line\n".repeat(10) } } }, ["x".repeat(10050)]);
for (const depth of [0, 1, 2, 3, null, Infinity]) console.dir({ a: { b: { c: { d: [{ e: new Map([[{ f: 1 }, 2]]) }] } } } }, { depth });
for (const compact of [0, 1, 2, 3, 5, false]) console.dir({ a: { b: { c: [1, [2, [3]]] } }, d: [{ e: 1 }] }, { compact, depth: null });
for (const breakLength of [20, 60, 120, Infinity]) console.dir({ a: count(30), b: { c: "text", d: "text" } }, { breakLength });
for (const maxArrayLength of [0, 3, null]) console.dir([count(120), new Set(count(5)), new Uint8Array(5), [1, , 3, , , 6]], { maxArrayLength });
console.dir([1, { a: new Point(1, 2) }, () => {}, new Uint8Array(2)], { showHidden: true });
const sparse = count(120);
delete sparse[3];
delete sparse[50];
console.log(sparse);
const far = [];
far[4294967290] = 1;
console.log(far);
const custom = Symbol.for("nodejs.util.inspect.custom");
console.log({ [custom]: () => "text" }, { a: { [custom]: () => "two\nlines" } }, { a: { [custom]: (depth) => ({ depth }) } });
console.log({ a: { [custom]: (_, options, inspect) => inspect({ b: { c: { d: { e: 1 } } } }, options) } });
