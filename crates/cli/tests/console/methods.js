// Directives and the methods of `console` that write to standard output.
class Speaking {
  toString() {
    return "spoken";
  }
}
const circle = {};
circle.self = circle;
const values = [
  "text", "", 0, -0, 42.9, NaN, Infinity, "42.5px", "0x10", 5n, true, null, undefined, Symbol("s"), {}, { a: { b: { c: 1 } } }, [1, [2, [3]]],
  new Date(0), new Date(NaN), /x/g, new Speaking(), { toString: () => "own" }, { valueOf: () => 7 }, Object.create(null), new Map([[1, { a: {} }]]),
  circle, { toJSON: () => "json" }, new Proxy({ a: 1 }, {}), new Number(3), new String("boxed"), Object(5n), Promise.resolve(1), "%s", "%%",
];
for (const directive of ["s", "d", "i", "f", "j", "O", "c", "x", "%"])
  for (const value of values) {
    // A BigInt has no JSON, nor has an object without a prototype a number.
    if (directive === "j" && (typeof value === "bigint" || value instanceof BigInt)) continue;
    if ("dif".includes(directive) && value && typeof value === "object" && !Object.getPrototypeOf(value)) continue;
    console.log(`a %${directive} b`, value, "rest");
  }
for (const value of values.slice(0, 24)) if (!(value instanceof RegExp)) console.log("%o", value);
console.log("%o", { f: [function () {}.name, { g: 1 }], s: new Set([1]) });
console.log("%s %s", 1);
console.log("%s", 1, 2, 3);
console.log("100% %s", "sure");
console.log("%%");
console.log("%%", 1);
console.log("%", 1);

Error.stackTraceLimit = 0;
class Failure extends Error {}
class FailureError extends Error {}
const errors = [
  new Error(), new Error("message"), new TypeError("two\nlines"), new Failure("f"), new FailureError("f"), Object.assign(new Error("x"), { code: 1 }),
  new Error("outer", { cause: new Error("inner") }), new AggregateError([new Error("one"), 2], "many"), Object.create(Error.prototype),
  new RangeError("x", { cause: { a: { b: { c: 1 } } } }),
];
for (const error of errors) {
  console.log(error);
  console.log({ error }, [[[error]]]);
  console.log("%s", error);
}

console.info("info");
console.debug("debug");
console.group("group %s", 1);
console.log("two\nlines");
console.group();
console.log({ a: "x".repeat(40), b: "y".repeat(40) });
console.table([[1, 2], [3]]);
console.groupEnd();
console.log("back");
console.groupEnd();
console.groupEnd();
console.groupCollapsed("collapsed");
console.groupEnd();
console.count();
console.count("other");
console.count();
console.countReset();
console.count();
console.dir({ a: { b: { c: { d: 1 } } } });
const tables = [
  [], {}, [1, "it's"], [[1, 2], [3, 4]], [{ a: 1, b: "x" }, { a: 2, c: true }], { r1: { a: 1 }, r2: { b: 2 } }, [1, { a: 1 }, null], new Map([["a", 1]]),
  new Set([1, "x"]), [{ 日本: "語" }], [{ a: { b: 1 } }, { a: { b: 1, c: 2, d: 3 } }, { a: [1, 2, 3, 4, 5] }], "text", 5, null, [() => {}, -0, 5n],
];
for (const table of tables) console.table(table);
console.table(tables[4], ["b"]);
console.log(typeof console.log, console.log.name, Object.prototype.toString.call(console), Object.keys(globalThis).includes("console"));
