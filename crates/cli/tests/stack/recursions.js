// Ways to nest without end. Each export leads to a function that goes on until the engine stops it; the test calls it
// caught and uncaught.

const DEEP = 1e5;

/** Applies `wrap` again and again, so that a value is nested deeply. */
function nest(value, wrap, depth = DEEP) {
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

/** Evaluates a text as a script of its own: indirect `eval`. */
const evaluate = (text) => (0, eval)(text);

const recursions = {
  call: () => {
    const f = () => f() + 1;
    return f();
  },
  argumentsOfMany: () => {
    const f = (...all) => f(...all, 1) + 1;
    return f(1, 2, 3);
  },
  mutual: () => {
    const even = (n) => n === -1 || odd(n + 1) + 1;
    const odd = (n) => n === -1 || even(n + 1) + 1;
    return even(0);
  },
  method: () => ({ f() { return this.f() + 1; } }).f(),
  map: () => {
    const f = () => [1].map(f);
    return f();
  },
  reduce: () => {
    const f = () => [1, 2].reduce(f);
    return f();
  },
  sort: () => {
    const f = () => [2, 1].sort(f);
    return f();
  },
  arrayFrom: () => {
    const f = () => Array.from([1], f);
    return f();
  },
  typedArrayMap: () => {
    const f = () => new Uint8Array(1).map(f);
    return f();
  },
  mapForEach: () => {
    const all = new Map([[1, 1]]);
    const f = () => all.forEach(f);
    return f();
  },
  replace: () => {
    const f = () => "a".replace(/a/, f);
    return f();
  },
  replaceAll: () => {
    const f = () => "a".replaceAll("a", f);
    return f();
  },
  symbolReplace: () => {
    const pattern = { [Symbol.replace]: () => "a".replace(pattern, "b") };
    return "a".replace(pattern, "b");
  },
  regExpExec: () => {
    const pattern = /a/;
    pattern.exec = () => pattern.test("a");
    return pattern.test("a");
  },
  getter: () => ({ get x() { return this.x; } }).x,
  setter: () => {
    const o = { set x(value) { this.x = value; } };
    o.x = 1;
  },
  computedKey: () => {
    const key = { toString: () => ({ [key]: 1 }) };
    return { [key]: 1 };
  },
  proxyGet: () => new Proxy({}, { get: (target, name, receiver) => receiver[name] }).x,
  proxyHas: () => {
    const proxy = new Proxy({}, { has: () => "x" in proxy });
    return "x" in proxy;
  },
  proxyOwnKeys: () => {
    const proxy = new Proxy({}, { ownKeys: () => Object.keys(proxy) });
    return Object.keys(proxy);
  },
  proxyApply: () => {
    const proxy = new Proxy(() => {}, { apply: () => proxy() });
    return proxy();
  },
  proxyConstruct: () => {
    const proxy = new Proxy(class {}, { construct: () => new proxy() });
    return new proxy();
  },
  reflectApply: () => {
    const f = () => Reflect.apply(f, null, []);
    return f();
  },
  functionCall: () => {
    function f() { return f.call(this) + 1; }
    return f();
  },
  functionApply: () => {
    function f() { return f.apply(this, arguments) + 1; }
    return f(1, 2);
  },
  constructor: () => {
    class A { constructor() { this.a = new A(); } }
    return new A();
  },
  derivedConstructor: () => {
    class A { constructor() { this.a = new B(); } }
    class B extends A {}
    return new B();
  },
  fieldInitializer: () => {
    class A { a = new A(); }
    return new A();
  },
  species: () => {
    class A extends Array {
      static get [Symbol.species]() {
        new A().map((x) => x);
        return A;
      }
    }
    return new A().map((x) => x);
  },
  toPrimitive: () => {
    const o = { [Symbol.toPrimitive]: () => +o };
    return +o;
  },
  toString: () => {
    const o = { toString: () => `${o}` };
    return `${o}`;
  },
  instanceOf: () => {
    const type = { [Symbol.hasInstance]: (value) => value instanceof type };
    return 1 instanceof type;
  },
  iterator: () => {
    const o = { [Symbol.iterator]: () => [...o][Symbol.iterator]() };
    return [...o];
  },
  destructuring: () => {
    const o = { get x() { const { x } = o; return x; } };
    return o.x;
  },
  defaultParameter: () => {
    const f = (value = f()) => value;
    return f();
  },
  taggedTemplate: () => {
    const f = () => f`a` + 1;
    return f`a`;
  },
  generator: () => {
    function* f() { yield* f(); }
    return [...f()];
  },
  asyncFunction: async () => {
    const f = async () => { await f(); };
    await f();
  },
  asyncGenerator: async () => {
    async function* f() { for await (const value of f()) yield value; }
    for await (const value of f()) return value;
  },
  finallyBlock: () => {
    const f = () => { try { return f(); } finally { [].length; } };
    return f();
  },
  toJson: () => {
    const o = { toJSON: () => JSON.stringify(o) };
    return JSON.stringify(o);
  },
  replacer: () => {
    const f = () => JSON.stringify([1], f);
    return f();
  },
  reviver: () => {
    const f = () => JSON.parse("[1]", f);
    return f();
  },
  evalInEval: () => {
    globalThis.again = () => evaluate("again()");
    return globalThis.again();
  },
  newFunction: () => {
    globalThis.build = () => new Function("return build()")();
    return globalThis.build();
  },

  // Nested data instead of nested calls.
  parseWithReviver: () => JSON.parse("[".repeat(DEEP) + "]".repeat(DEEP), (key, value) => value),
  stringifyWithReplacer: () => JSON.stringify(nest([], (value) => [value]), (key, value) => value),
  flat: () => nest([], (value) => [value]).flat(Infinity),
  join: () => String(nest([], (value) => [value])),
  // The name of a bound function is as long as the chain of them.
  bind: () => nest(() => 1, (f) => f.bind(null), 4000)(),
  boundCall: () => {
    const f = () => g(2) + 1, g = f.bind(null, 1);
    return g();
  },
  boundConstructor: () => {
    const A = class { a = new B(); }, B = A.bind(null, 1);
    return new B();
  },
  superSpread: () => {
    class A { constructor() { this.a = new B(1, 2); } }
    class B extends A { constructor(...all) { super(...all); } }
    return new B();
  },
  asyncMap: async () => {
    const f = async () => { await [1].map(f)[0]; };
    await f();
  },
  generatorReturn: () => {
    function* f() { try { yield 1; } finally { g().return(); } }
    const g = () => { const it = f(); it.next(); return it; };
    g().return();
  },
  generatorThrow: () => {
    function* f() { try { yield 1; } catch (error) { const it = f(); it.next(); it.throw(error); } }
    const it = f();
    it.next();
    it.throw(new RangeError("Maximum call stack size exceeded"));
  },
  asyncYieldStar: async () => {
    async function* f() { yield* f(); }
    for await (const value of f()) return value;
  },
  ownNext: () => {
    const o = { [Symbol.iterator]: () => ({ next: () => { for (const x of o) return x; } }) };
    for (const x of o) return x;
  },
  inheritedGetter: () => {
    class A { get x() { return this.x + 1; } }
    return new (class extends A {})().x;
  },
  arrayLike: () => {
    const list = { length: 1, get 0() { return f.apply(null, list); } };
    function f() { return f.apply(null, list); }
    return f();
  },
  closures: () => nest(() => 1, (f) => () => f() + 1)(),
  proxies: () => nest({}, (value) => new Proxy(value, {})).x,
  proxiesOfArrays: () => Array.isArray(nest([], (value) => new Proxy(value, {}))),
  proxiesAsPrototypes: () => nest({}, (value) => new Proxy(value, {})) instanceof Array,
  sourceArrays: () => evaluate("[".repeat(DEEP) + "]".repeat(DEEP)),
  sourceParentheses: () => evaluate("(".repeat(DEEP) + "1" + ")".repeat(DEEP)),
  sourceMinuses: () => evaluate("- ".repeat(DEEP) + "1"),
  sourceBlocks: () => evaluate("{".repeat(DEEP) + "}".repeat(DEEP)),
  sourceTemplates: () => evaluate("`${".repeat(DEEP) + "}`".repeat(DEEP)),
  sourcePatterns: () => evaluate("[".repeat(DEEP) + "a" + "]".repeat(DEEP) + " = []"),
  sourceConditions: () => evaluate("a ? ".repeat(DEEP) + "1" + " : 2".repeat(DEEP)),
  sourceNew: () => evaluate("new ".repeat(DEEP) + "a"),
  sourceStatements: () => evaluate("if (1) ".repeat(DEEP) + ";"),
};

/** Too deep for the parsers, which have errors of their own to say so. */
const refused = {
  // FIXME: where the stack ends while it looks ahead, QuickJS's parser takes that for a mistake in the source.
  sourceArrows: () => evaluate("() => ".repeat(DEEP) + "1"),
  sourceFunctions: () => evaluate("function f() {".repeat(DEEP) + "}".repeat(DEEP)),
  regExpGroups: () => new RegExp("(".repeat(DEEP) + ")".repeat(DEEP)),
  regExpLookaheads: () => new RegExp("(?=".repeat(DEEP) + ")".repeat(DEEP)),
};

const harmless = {
  // As deep, but needs no stack.
  parseArrays: () => JSON.parse("[".repeat(DEEP) + "]".repeat(DEEP)).length,
  parseObjects: () => Object.keys(JSON.parse('{"a":'.repeat(DEEP) + "1" + "}".repeat(DEEP))).length,
  stringifyArrays: () => JSON.stringify(nest([], (value) => [value])).length,
  stringifyObjects: () => JSON.stringify(nest({}, (value) => ({ value }))).length,
  concatenation: () => nest("", (text) => "a" + text + "b", 5000).length,
  prototypes: () => String(nest({}, (value) => Object.create(value)).x),
  freedList: () => nest(null, (next) => ({ next })) !== null,
  freedClosures: () => typeof nest(() => 1, (f) => () => f()),
  promises: async () => {
    let value = Promise.resolve(1);
    for (let i = 0; i < 1000; i++) value = value.then((n) => n + 1);
    return await value;
  },
};

export const names = () => Object.keys(recursions);

export async function caught(name) {
  let error = "no error";
  try {
    await recursions[name]();
  } catch (thrown) {
    error = `${thrown.name}: ${thrown.message}`;
  }
  // The engine goes on as if nothing had happened.
  const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));
  return [error, factorial(20), JSON.parse("[[[1]]]").flat(3)[0], await Promise.resolve([3, 1, 2].sort().join())];
}

export const uncaught = (name) => recursions[name]();

export function refusals() {
  const results = {};
  for (const [name, run] of Object.entries(refused)) {
    try {
      run();
      results[name] = "no error";
    } catch (error) {
      results[name] = error instanceof SyntaxError || error instanceof RangeError;
    }
  }
  return results;
}

export async function without() {
  const results = {};
  for (const [name, run] of Object.entries(harmless)) results[name] = await run();
  return results;
}
