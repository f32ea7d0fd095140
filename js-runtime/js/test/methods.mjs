import { equal, outcome, runtime, sameCalls } from "./check.mjs";

class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}
const tables = [
  [],
  {},
  [1, 2],
  ["a", "it's"],
  [
    [1, 2],
    [3, 4],
  ],
  [
    { a: 1, b: "x" },
    { a: 2, c: true },
  ],
  { r1: { a: 1 }, r2: { b: 2 } },
  { a: 1, b: 2 },
  [{ a: { b: 1 } }, { a: { b: 1, c: 2, d: 3 } }, { a: [1, 2, 3, 4, 5] }],
  [1, { a: 1 }, [2], null, undefined, "x"],
  [new Point(1, 2)],
  new Map(),
  new Map([
    ["a", 1],
    [{ b: 1 }, [2]],
  ]),
  new Set([1, "x", { a: 1 }]),
  new Map([[1, 2]]).entries(),
  new Map([[1, 2]]).keys(),
  new Set([1]).values(),
  [{ 日本: "語" }, { 日本: "é" }],
  [() => {}, Symbol("s"), 5n, -0],
  new Uint8Array(2),
  [{ 10: 1, 2: 2, b: 3, a: 4 }],
  Array(3),
  [[], {}],
  [[1, [2, [3]]]],
  [{ f() {} }],
  "text",
  5,
  null,
  undefined,
  true,
  [Object.create(null)],
  [{ a: undefined, b: null }],
  [new Date(0)],
  [new Error("x").message],
  new Point(1, [2]),
];

export default function () {
  for (const method of ["log", "info", "debug", "dirxml", "warn", "error"])
    sameCalls((console) => {
      console[method]();
      console[method]("text", { a: 1 });
      console[method]("%s of %d", "one", 2);
    });
  for (const table of tables) {
    sameCalls((console) => console.table(table));
    sameCalls((console) => console.table(table, ["a"]));
    sameCalls((console) => console.table(table, ["b", "missing", "x"]));
    sameCalls((console) => console.table(table, []));
  }
  sameCalls((console) => console.table([{ a: 1 }], "a"));
  sameCalls((console) => {
    console.group();
    console.log("one");
    console.group("label %s", "two", { a: 1 });
    console.log("two\nlines");
    console.error({ a: "x".repeat(40), b: "y".repeat(40) });
    console.log();
    console.table([[1]]);
    console.groupCollapsed("three");
    console.warn("deep");
    console.groupEnd();
    console.groupEnd();
    console.log("back");
    console.groupEnd();
    console.groupEnd();
    console.log("out");
  });
  sameCalls((console) => {
    console.assert(true, "not shown");
    console.assert();
    console.assert(false);
    console.assert(0, "text");
    console.assert("", "%s is %d", "it", 5);
    console.assert(null, { a: 1 });
    console.assert(undefined, 5, { a: 1 });
    console.assert(1);
  });
  sameCalls((console) => {
    console.count();
    console.count("default");
    console.count("other");
    console.count(undefined);
    console.count(null);
    console.count({});
    console.countReset();
    console.count();
    console.count("__proto__");
    console.count("constructor");
  });
  sameCalls((console) => {
    console.dir({ a: { b: { c: { d: 1 } } } });
    console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
    console.dir("text", {});
    console.dir([1], { showHidden: true });
    console.dir();
  });
  sameCalls((console) => {
    const { log, group, groupEnd } = console;
    group("detached");
    log(1);
    groupEnd();
  });
  sameCalls((console) => console.clear());

  const { prints } = runtime.native;
  const { console } = runtime;
  const texts = (body) => {
    prints.length = 0;
    body();
    return prints.map(([level, text]) => `${level} ${text}`).join("");
  };
  const matches = (body, pattern) => equal(pattern.test(texts(body)), true, `${body} prints ${pattern}`);
  matches(() => console.trace(), /^1 Trace\n    at .*methods\.mjs/);
  matches(() => console.trace("text %d", 5, { a: 1 }), /^1 Trace: text 5 \{ a: 1 \}\n    at [^]*[^\n]\n$/);
  console.time();
  console.time("named");
  matches(() => console.timeLog(), /^0 default: \d+(\.\d+)?ms\n$/);
  matches(() => console.timeLog("named", { a: 1 }, "text"), /^0 named: \d+(\.\d+)?ms \{ a: 1 \} text\n$/);
  matches(() => console.timeEnd("named"), /^0 named: \d+(\.\d+)?ms\n$/);
  matches(() => console.timeEnd("named"), /^1 Warning: No such label 'named' for console.timeEnd\(\)\n$/);
  matches(() => console.timeLog("none"), /^1 Warning: No such label 'none' for console.timeLog\(\)\n$/);
  matches(() => console.time(), /^1 Warning: Label 'default' already exists for console.time\(\)\n$/);
  matches(() => console.countReset("none"), /^1 Warning: Count for 'none' does not exist\n$/);

  equal(
    texts(() => console.log("one text")),
    "0 one text\n",
    "one print",
  );
  equal(Object.prototype.toString.call(console), "[object console]", "tag");
  equal(
    Object.keys(console).every((name) => console[name].name === name),
    true,
    "names",
  );
  equal(console.log.length, 0, "length");
  equal(
    outcome(() => new console.log()),
    "throws TypeError",
    "no constructor",
  );
}
