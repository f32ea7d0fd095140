// Values of every kind, alone, in objects and in each other.
const values = [
  "", "plain", "it's", 'say "hi"', "it's \"both\"", "it's \"a\" `b`", "tab\tnew\nline\0\x1b\x7f\x80", "\ud800", "a\udc00b", "日本語", "😀", "back\\slash",
  0, -0, 1, -1.5, 1e21, 1e-7, 0.1 + 0.2, NaN, Infinity, -Infinity, 2 ** 53, 0n, -5n, 12345678901234567890n, true, false, null, undefined,
  Symbol(), Symbol("named"), Symbol.iterator, Symbol("it's\n"), {}, { a: 1 }, { "two words": 1, "it's": 2, "": 3, 12: 4, _ok: 5, $dollar: 6, é: 7 },
  { ["__proto__"]: 1, [Symbol("s")]: 2 }, { get a() { throw 1; } }, { set a(v) {} }, { get a() { return 1; }, set a(v) {} },
  Object.create(null), Object.assign(Object.create(null), { a: 1 }), Object.create({}), Object.create(Object.create(null)),
  { [Symbol.toStringTag]: "own" }, Object.create({ [Symbol.toStringTag]: "inherited" }), { constructor: 1 },
  [], [1, 2, 3], [, 1], [1, , , 2, ,], Array(5), [[[[1]]]], [[], {}], Object.assign([1], { a: 2, "-1": 3 }), Object.setPrototypeOf([1], null),
  () => {}, function () {}, function named() {}, class {}, class A {}, class B extends Map {}, class extends null {}, async () => {}, async function wait() {},
  function* make() {}, async function* both() {}, Math.max, Map, Object.assign(() => {}, { a: 1 }), Object.assign(class C {}, { s: 1 }), function f() {}.bind(),
  class D { static s = 1; static method() {} }, Object.setPrototypeOf(function g() {}, null),
  new Date(0), new Date(NaN), Object.assign(new Date(0), { a: 1 }), Object.setPrototypeOf(new Date(0), null), new (class Day extends Date {})(0),
  /x/g, /a\/b[c]/iu, new RegExp(""), Object.assign(/x/, { a: 1 }),
  new Number(3), new Number(-0), new String("x"), new Boolean(false), Object(5n), Object(Symbol("s")), Object.assign(new String("ab"), { c: 1 }),
  new Map(), new Map([["a", 1], [{ b: 1 }, [2]]]), new Set(), new Set([1, "x", { a: 1 }]), new WeakMap(), new WeakSet(), new WeakRef({}),
  Object.assign(new Map([[1, 2]]), { a: 1 }), Object.setPrototypeOf(new Map([[1, 2]]), null), new (class Registry extends Map {})([[1, 2]]),
  new Map([["a", 1], ["b", 2]]).keys(), new Map([["a", 1]]).values(), new Map([["a", { x: 1 }]]).entries(), new Set([1, 2]).values(), new Set([1]).entries(),
  new Uint8Array(0), new Uint8Array([1, 2, 3]), new Float64Array([1.5, -0, NaN]), new BigInt64Array(2), Object.assign(new Int16Array(1), { a: 1 }),
  new Uint8ClampedArray(1), new Int8Array(1), new Uint16Array(1), new Int32Array(1), new Uint32Array(1), new Float32Array(1), new BigUint64Array(1),
  new ArrayBuffer(0), new Uint8Array([1, 171, 255]).buffer, new DataView(new ArrayBuffer(4), 1), Object.setPrototypeOf(new Uint8Array(2), null),
  Promise.resolve(1), Promise.resolve({ a: { b: { c: 1 } } }), new Promise(() => {}), new (class Mine extends Promise {})(() => {}),
  new Proxy({ a: 1 }, { get() { throw 1; }, ownKeys() { throw 1; } }), new Proxy([1, 2], {}), new Proxy(() => {}, {}), new Proxy(new Proxy({ a: 1 }, {}), {}),
  (function* () {})(), (async function* () {})(), [][Symbol.iterator](), ""[Symbol.iterator](), "a".matchAll(/a/g),
  (function () { return arguments; })(), (function () { return arguments; })(1, { a: 2 }), (function (a) { "use strict"; return arguments; })(1),
  Math, JSON, Reflect, Map.prototype, Object.prototype, Array.prototype, class E {}.prototype,
];
class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}
class Point3 extends Point {}
class Tagged {
  get [Symbol.toStringTag]() {
    return "tag";
  }
}
values.push(new Point(1, { a: [1] }), new Point3(1, 2), new Tagged(), Object.assign(new Tagged(), { a: 1 }), new (class {})(), Point3.prototype);
const revocable = Proxy.revocable({}, {});
revocable.revoke();
values.push(revocable.proxy);
const rejected = Promise.reject("no");
rejected.catch(() => {});
values.push(rejected);
const iterator = new Map([["a", 1], ["b", 2], ["c", 3]]).entries();
iterator.next();
values.push(iterator);
const circle = { name: "circle" };
circle.self = circle;
const left = { name: "left" };
left.right = { left };
left.right.self = left.right;
const list = [1];
list.push(list, { list });
const map = new Map();
map.set(map, map);
values.push(circle, { circle }, left, list, map);

for (const value of values) console.log(value);
for (const value of values) console.log({ value });
for (const value of values) console.log([[[value]]]);
for (const value of values) console.log("%s", value && typeof value === "object" ? value : 0);
for (const value of values) console.log(new Map([[value, value]]));
for (const value of values) console.dir(value, { depth: 0 });
console.log(values.slice(0, 40));
console.log();
console.log("a", 1, { b: 2 }, "c", [3], null, undefined, -0, 5n, Symbol("s"));
