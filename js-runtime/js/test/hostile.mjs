// Programs that have changed the language under the console, each in a realm of its own.
import { equal, outcome } from "./check.mjs";
import vm from "node:vm";

import { realm } from "./runtime.mjs";

// What is printed is made before the change, which may concern its making.
const made = `
  const first = ["text", 1, { a: [1, 2, { b: "it's" }] }, new Map([[1, { a: 2 }]]), new Set(["x"]), [1, , 3], /x/g, new Date(0)];
  const second = [new (class Point { x = 1 })(), () => {}, class A {}, new Uint8Array(2), Promise.resolve(1), Symbol("s"), -0, 5n];
  const third = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], new Map([[1, 2]]).entries(), { a: "two\\nlines", "b-c": new Number(3) }];
  const fourth = [new DataView(new ArrayBuffer(2)), Object.create({}), new Set([1]).values(), { get a() { return 1; } }, [new String("x")]];
`;
const shown = `
  for (let i = 0; i < first.length; i++) console.log(first[i]);
  console.log(second[0], second[1], second[2], second[3], second[4], second[5], second[6], second[7]);
  console.log("%s %d %i %f %j %o %O %%", "a", 1, 2.5, 3.5, { a: 1 }, third[0], third, "rest");
  console.log(third, fourth);
  console.group("group");
  console.table(first);
  console.error("two\\nlines");
  console.groupEnd();
  console.count();
  console.assert(false, "text");
`;

const expected = realm().run(made + shown);

// Changes after which the console prints the same.
const changes = {
  "methods of arrays": `for (const name of Object.getOwnPropertyNames(Array.prototype))
    if (name !== "length" && name !== "constructor") Array.prototype[name] = () => { throw new Error(name); };`,
  "methods of strings": `for (const name of Object.getOwnPropertyNames(String.prototype))
    if (name !== "length" && name !== "constructor") String.prototype[name] = () => { throw new Error(name); };`,
  iteration: `Array.prototype[Symbol.iterator] = String.prototype[Symbol.iterator] = Map.prototype[Symbol.iterator] =
    Set.prototype[Symbol.iterator] = () => { throw new Error("iterated"); };`,
  "functions of Object": `for (const name of Object.getOwnPropertyNames(Object))
    if (typeof Object[name] === "function") Object[name] = () => { throw new Error(name); };`,
  "functions of Reflect": `for (const name of Object.getOwnPropertyNames(Reflect)) Reflect[name] = () => { throw new Error(name); };`,
  "methods of functions": `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error("called"); };`,
  "methods of expressions": `RegExp.prototype.exec = RegExp.prototype.test = () => { throw new Error("matched"); };
    RegExp.prototype[Symbol.replace] = RegExp.prototype[Symbol.split] = () => { throw new Error("matched"); };`,
  "methods of collections": `for (const { prototype } of [Map, Set]) for (const name of ["get", "set", "has", "add", "forEach", "entries", "values", "keys"])
    prototype[name] = () => { throw new Error(name); };`,
  globals: `const { Map: M, Set: S, Number: N, Date: D, Uint8Array: U, Promise: P, Symbol: Y } = globalThis;
    JSON.stringify = Math.max = Math.min = Math.round = Math.sqrt = Math.floor = () => { throw new Error("computed"); };
    globalThis.String = globalThis.parseInt = globalThis.parseFloat = globalThis.isNaN = () => { throw new Error("converted"); };`,
  "text of dates and numbers": `Date.prototype.toISOString = Date.prototype.toString = Number.prototype.toString = Number.prototype.valueOf =
    Boolean.prototype.valueOf = () => { throw new Error("converted"); };`,
  "inherited members of descriptors": `for (const name of ["get", "set", "value", "writable"]) Object.prototype[name] = () => { throw new Error(name); };
    for (const name of ["get", "set", "value", "writable"]) Object.defineProperty(Object.prototype, name, { __proto__: null, enumerable: false });`,
  symbols: `String.prototype[Symbol.replace] = String.prototype[Symbol.split] = Object.prototype[Symbol.isConcatSpreadable] = () => { throw 1; };
    delete String.prototype[Symbol.replace]; delete String.prototype[Symbol.split]; delete Object.prototype[Symbol.isConcatSpreadable];`,
};

// Programs that print something of their own.
const programs = [
  [
    "a getter that throws",
    `console.log({ get a() { throw 1; }, b: 2 }, [1].map(() => ({ get x() { throw 1; } })))`,
    "{ a: [Getter], b: 2 } [ { x: [Getter] } ]\n",
  ],
  [
    "traps that throw",
    `const trap = () => { throw new Error("trap"); };
    const handler = new Proxy({}, { get: () => trap });
    console.log(new Proxy({ a: 1 }, handler), [new Proxy([1], handler)], new Proxy(function f() {}, handler));
    console.log("%s %o", new Proxy({ a: 1 }, handler), Object.keys({}).length);
    console.table(new Proxy([{ a: 1 }], handler)); console.table([new Proxy({ a: 1 }, handler)]);`,
    "{ a: 1 } [ [ 1 ] ] [Function: f]\n{ a: 1 } 0\n" +
      "┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\n".repeat(2),
  ],
  [
    "a prototype that is a proxy",
    `const trap = () => { throw new Error("trap"); };
    const own = Object.create(new Proxy({}, new Proxy({}, { get: () => trap }))); Object.defineProperty(own, "a", { value: 1, enumerable: true }); console.log(own);`,
    "{ a: 1 }\n",
  ],
  [
    "an object that is its own prototype",
    `const target = { a: 1 }; const proxy = new Proxy(target, {});
    Object.setPrototypeOf(target, proxy); console.log(target);`,
    "Object <Object <Object <Object <Complex prototype>>>> { a: 1 }\n",
  ],
  [
    "a tag that throws",
    `console.log({ get [Symbol.toStringTag]() { throw 1; }, a: 1 })`,
    "{ a: 1, [Symbol(Symbol.toStringTag)]: [Getter] }\n",
  ],
  [
    "a constructor that throws",
    `console.log({ get constructor() { throw 1; }, a: 1 })`,
    "{ constructor: [Getter], a: 1 }\n",
  ],
  [
    "a constructor whose name throws",
    `class A { static get name() { throw 1; } } console.log(new A())`,
    "undefined {}\n",
  ],
  [
    "a custom inspector that cannot be read",
    `console.log({ get [Symbol.for("nodejs.util.inspect.custom")]() { throw 1; } })`,
    "{ [Symbol(nodejs.util.inspect.custom)]: [Getter] }\n",
  ],
  [
    "an error whose members throw",
    `Error.stackTraceLimit = 0; const error = new Error("x");
    for (const name of ["stack", "name", "message", "cause", "errors"]) Object.defineProperty(error, name, { get() { throw 1; } });
    console.log(error);`,
    "[Error] { [cause]: [Getter] }\n",
  ],
  [
    "an error with strange members",
    `const error = new Error("x"); Object.defineProperty(error, "stack", { value: 5 });
    error.name = Symbol("n"); error.message = { toString() { throw 1; } }; console.log(error);`,
    "[5]\n",
  ],
  [
    "a date and a map without a prototype",
    `console.log(Object.setPrototypeOf(new Date(0), null), Object.setPrototypeOf(new Map([[1, 2]]), null))`,
    "[Date: null prototype] 1970-01-01T00:00:00.000Z [Map(1): null prototype] { 1 => 2 }\n",
  ],
  [
    "a size that lies",
    `const map = new Map([[1, 2]]); Object.defineProperty(map, "size", { value: 99 });
    const bytes = new Uint8Array(2); Object.defineProperty(bytes, "length", { value: 99 }); console.log(map, bytes);`,
    "Map(1) { 1 => 2 } Uint8Array(2) [ 0, 0 ]\n",
  ],
  [
    "an array with an index setter above",
    `Object.defineProperty(Array.prototype, 0, { set() { throw new Error("set"); }, configurable: true });
    const list = []; Object.defineProperty(list, 0, { value: 1, enumerable: true }); console.log("%s", 5); delete Array.prototype[0]; console.log(list);`,
    "5\n[ 1 ]\n",
  ],
  [
    "strange labels",
    `console.count("__proto__"); console.count("__proto__"); console.count("toString"); console.group(); console.group(); console.log(1)`,
    "__proto__: 1\n__proto__: 2\ntoString: 1\n    1\n",
  ],
];

export default function () {
  equal(expected.includes("\nMap(1) { 1 => { a: 2 } }\n"), true, "the program prints");
  for (const [name, change] of Object.entries(changes))
    equal(
      outcome(() => realm().run(made + change + shown)),
      expected,
      name,
    );
  for (const [name, program, output] of programs)
    equal(
      outcome(() => realm().run(program)),
      output,
      name,
    );

  const deep = `let value = {}; const first = value; for (let i = 0; i < 1e5; i++) value = value.a = {};`;
  const text = realm().run(`${deep} console.dir(first, { depth: Infinity }); console.log("after", { a: 1 });`);
  equal(text.includes("Maximum call stack size exceeded"), true, "a deep object");
  equal(text.endsWith("\nafter { a: 1 }\n"), true, "the console after a deep object");
  const globals = `console.log(Object.getOwnPropertyNames(globalThis).join())`;
  const added = realm()
    .run(globals)
    .trim()
    .split(",")
    .filter((name) => !vm.runInNewContext("Object.getOwnPropertyNames(globalThis)").includes(name));
  equal(added.join(), "TextEncoder,TextDecoder,Javy", "globals");
  const own = `const { writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(globalThis, "console"); console.log(writable, configurable, enumerable)`;
  equal(realm().run(own), "true true false\n", "the descriptor of console");
}
