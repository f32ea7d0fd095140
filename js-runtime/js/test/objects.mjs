import { each, same, sameDir } from "./check.mjs";

class Plain {}
class Point {
  #hidden = 1;
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
  get length() {
    return this.#hidden;
  }
}
class Point3 extends Point {}
class Tagged {
  get [Symbol.toStringTag]() {
    return "tag";
  }
}
const custom = Symbol.for("nodejs.util.inspect.custom");

export default async function () {
  each([{}, { a: 1 }, { a: 1, b: "x", c: null, d: undefined }, { a: {} }, { a: { b: {} } }, { a: { b: { c: {} } } }]);
  each([
    { a: { b: { c: { d: 1 } } } },
    { a: { b: { c: [1] } } },
    { a: { b: { c: new Point(1, 2) } } },
    { a: { b: { c: new Map() } } },
  ]);
  each([{ a: { b: { c: new Map([[1, 2]]), d: new Date(0), e: /x/, f: () => {}, g: Object.create(null) } } }]);
  each([
    { "two words": 1, "it's": 2, 'say "hi"': 3, "": 4, "a-b": 5, 12: 6, _ok: 7, $dollar: 8, é: 9, "new\nline": 10 },
  ]);
  each([{ ["__proto__"]: 1 }, { [Symbol("s")]: 1, [Symbol()]: 2, [Symbol.iterator]: 3, [Symbol("it's\n")]: 4 }]);
  each([
    {
      get a() {
        return 1;
      },
    },
    { set a(v) {} },
    {
      get a() {
        return 1;
      },
      set a(v) {},
    },
    {
      get [Symbol("s")]() {
        return 1;
      },
    },
  ]);
  each([Object.defineProperty({ a: 1 }, "hidden", { value: 2 }), Object.freeze({ a: 1 })]);
  each([Object.create(null), Object.assign(Object.create(null), { a: 1 }), { a: Object.create(null) }]);
  each([
    Object.create({}),
    Object.create({ a: 1 }),
    Object.create(Object.create(null)),
    Object.create(new Point(1, 2)),
  ]);
  each([new Plain(), new Point(1, { a: [1] }), new Point3(1, 2), new (class {})(), new (class extends Point {})(1, 2)]);
  each([Plain.prototype, Point.prototype, Point3.prototype, Object.prototype, Array.prototype, Function.prototype]);
  each([Map.prototype, Date.prototype, Error.prototype, RegExp.prototype, Promise.prototype, Symbol.prototype]);
  each([new Tagged(), { [Symbol.toStringTag]: "own" }, Object.create({ [Symbol.toStringTag]: "inherited" })]);
  each([Object.create(null, { [Symbol.toStringTag]: { value: "bare" } }), Object.assign(new Tagged(), { a: 1 })]);
  each([
    { constructor: 1 },
    { constructor: "x" },
    { constructor: Plain },
    Object.assign(new Point(1, 2), { constructor: null }),
  ]);
  each([Object.setPrototypeOf({ a: 1 }, Point.prototype)]);
  each([Math, JSON, Reflect, Atomics, globalThis.Intl, new WeakRef({})]);

  const wide = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`key${i}`, i]));
  each([wide, { wide }, [wide, wide], { a: wide, b: { c: "x" } }]);
  for (let length = 55; length < 85; length++) {
    same({ a: "x".repeat(length) });
    same({ a: 1, b: "x".repeat(length - 6) });
    same(["x".repeat(length)]);
    same({ a: ["x".repeat(length - 4)] });
    same(new Point("x".repeat(length - 10), 1));
  }
  each([{ a: { b: { c: {} } } }, { a: { b: 1 }, c: { d: 2 } }, { a: [{ b: { c: 1 } }] }, [[[1, [2]], 3], 4]]);
  each([
    { a: "two\nlines" },
    { a: "x".repeat(40) + "\n" + "y".repeat(40), b: 1 },
    { a: () => {}, b() {}, async c() {} },
  ]);

  const circle = { name: "circle" };
  circle.self = circle;
  const left = { name: "left" };
  left.right = { left, self: null };
  left.right.self = left.right;
  const list = [1];
  list.push(list, { list });
  const map = new Map();
  map.set("map", map).set(map, 1);
  each([circle, { circle }, [circle, circle], left, list, map, new Set([circle]), { a: { b: circle } }]);
  const loop = () => {};
  loop.loop = loop;
  same(loop);
  const error = new Error("circular");
  error.self = error;
  same(error);
  const shared = { a: 1 };
  same({ one: shared, two: shared });

  const named = { arrow: () => {}, method() {}, async wait() {}, *make() {}, async *both() {} };
  each([
    () => {},
    function () {},
    function named() {},
    class {},
    class Named {},
    class extends Plain {},
    class B extends Plain {},
  ]);
  each([
    ...Object.values(named),
    named,
    Object.values(named),
    class extends null {},
    Map,
    Math.max,
    Promise.resolve,
    Symbol,
  ]);
  each([
    Object.assign(() => {}, { a: 1 }),
    Object.assign(function f() {}, { a: { b: 1 } }),
    Object.assign(class A {}, { s: 1 }),
  ]);
  each([
    class {
      static a = 1;
    },
    Object.setPrototypeOf(function f() {}, null),
    Object.setPrototypeOf(class C {}, null),
  ]);
  each([function () {}.bind(), named.method.bind({}), Object.defineProperty(() => {}, "name", { value: "" })]);
  each([
    Object.assign(() => {}, { [Symbol.toStringTag]: "T" }),
    Object.defineProperty(() => {}, Symbol.toStringTag, { value: "T" }),
  ]);
  each([new Function("return 1"), Object.defineProperty(class A {}, "name", { value: "Other" })]);

  each([new Date(0), new Date(NaN), new Date(8.64e15), [new Date(5)], Object.assign(new Date(0), { a: 1 })]);
  each([
    new (class Day extends Date {})(0),
    Object.setPrototypeOf(new Date(0), null),
    Object.assign(new Date(NaN), { a: 1 }),
  ]);
  each([
    /x/,
    /a\/b[c]/giu,
    new RegExp(""),
    [/x/],
    Object.assign(/x/, { a: 1 }),
    new (class Rx extends RegExp {})("x", "g"),
  ]);
  each([
    Promise.resolve(1),
    Promise.resolve({ a: { b: { c: 1 } } }),
    new Promise(() => {}),
    Object.assign(Promise.resolve(1), { a: 1 }),
  ]);
  const rejected = Promise.reject(new TypeError("no"));
  rejected.catch(() => {});
  each([rejected, { rejected }, new (class Mine extends Promise {})(() => {})]);

  each([
    new Proxy({ a: 1 }, {}),
    new Proxy([1, 2], {}),
    new Proxy(() => {}, {}),
    new Proxy(class A {}, {}),
    new Proxy(new Point(1, 2), {}),
  ]);
  each([new Proxy(new Proxy({ a: 1 }, {}), {}), { proxy: new Proxy(new Map([[1, 2]]), {}) }]);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  each([proxy, [proxy]]);
  sameDir(proxy, { showProxy: true });
  sameDir(new Proxy({ a: 1 }, { get() {} }), { showProxy: true });
  sameDir([[[new Proxy({}, {})]]], { showProxy: true });

  each([
    (function* () {})(),
    (async function* () {})(),
    [][Symbol.iterator](),
    ""[Symbol.iterator](),
    "a".matchAll(/a/g),
  ]);
  same(await import("./module.mjs"));
  each([{ module: await import("./module.mjs") }]);

  each([{ [custom]: () => "text" }, { [custom]: () => "two\nlines" }, { a: { [custom]: () => "two\nlines" } }]);
  each([
    { [custom]: () => ({ other: 1 }) },
    { a: { [custom]: () => 5 } },
    { [custom]: () => null },
    { [custom]: 5, a: 1 },
  ]);
  each([
    {
      [custom]() {
        return this;
      },
      a: 1,
    },
    { a: { [custom]: (depth) => ({ depth }) } },
    { a: [{ [custom]: (d) => `${d}` }] },
  ]);
  each([{ a: { [custom]: (_, options, inspect) => inspect({ b: { c: { d: { e: 1 } } } }, options) } }]);
  each([
    { a: { [custom]: (_, options, inspect) => options.stylize(inspect([1], { ...options, depth: 0 }), "special") } },
  ]);
  sameDir({ [custom]: () => "unused" }, {});
  sameDir({ [custom]: () => "used" }, { customInspect: true });

  for (const depth of [0, 1, 2, 3, 4, null, Infinity, -1])
    for (const value of [
      { a: { b: { c: { d: { e: 1 } } } } },
      [[[[[1]]]]],
      new Map([[{ a: 1 }, { b: { c: 1 } }]]),
      new Point([1], 2),
    ])
      sameDir(value, { depth });
  for (const value of [{}, [1], new Point(1, 2), new Map([[1, 2]]), () => {}, /x/, new Date(0), new Set([1]), "x"])
    sameDir(value, { showHidden: true });
  for (const maxStringLength of [0, 1, 5, null]) sameDir(["long text", "x"], { maxStringLength });
  sameDir({ a: 1 }, undefined);
  sameDir({ a: 1 }, null);
}
