// How deep calls can be nested, by kind, and data. A kind is given `count`, which it calls on each level.

const kinds = {
  plain: (count) => {
    const f = () => count() + f();
    f();
  },
  tail: (count) => {
    const f = () => (count(), f());
    f();
  },
  manyVariables: (count) => {
    const f = (a, b, c) => {
      const x = a + 1, y = b + 2, z = c + 3, sum = x + y;
      count();
      return f(x, y, z) + sum;
    };
    f(1, 2, 3);
  },
  fewerArguments: (count) => {
    const f = (a, b, c) => count() + f(a) + b;
    f();
  },
  moreArguments: (count) => {
    const f = (a) => count() + f(a, 1, 2);
    f();
  },
  method: (count) => {
    const o = { f() { return count() + this.f(); } };
    o.f();
  },
  mutual: (count) => {
    const a = () => count() + b(), b = () => count() + a();
    a();
  },
  closure: (count) => {
    const f = (g) => count() + f(() => g) + g();
    f();
  },
  tree: (count) => {
    const insert = (node, value) => {
      count();
      if (!node) return { value };
      if (value < node.value) node.left = insert(node.left, value);
      else node.right = insert(node.right, value);
      return node;
    };
    insert({ value: 0, get right() { return this; }, set right(node) {} }, 1);
  },
  constructor: (count) => {
    class A { constructor() { count(); this.a = new A(); } }
    new A();
  },
  functionAsConstructor: (count) => {
    function A() { count(); this.a = new A(); }
    new A();
  },
  derivedConstructor: (count) => {
    class A { constructor() { count(); this.a = new B(); } }
    class B extends A { constructor() { super(); } }
    new B();
  },
  derivedWithoutConstructor: (count) => {
    class A { constructor() { count(); this.a = new B(1); } }
    class B extends A {}
    new B();
  },
  fieldInitializer: (count) => {
    class A { a = (count(), new A()); }
    new A();
  },
  getter: (count) => {
    const o = { get x() { return count() + this.x; } };
    o.x;
  },
  inheritedGetter: (count) => {
    class A { get x() { count(); return [...[], this.x]; } }
    new (class extends A {})().x;
  },
  spread: (count) => {
    const f = (...all) => count() + f(...all);
    f(1, 2);
  },
  spreadConstructor: (count) => {
    class A { constructor(...all) { count(); new A(...all); } }
    new A(1, 2);
  },
  call: (count) => {
    function f() { return count() + f.call(this, 1); }
    f();
  },
  apply: (count) => {
    function f() { return count() + f.apply(this, arguments); }
    f(1);
  },
  bind: (count) => {
    const f = () => count() + bound(2), bound = f.bind(null, 1);
    f();
  },
  reflectApply: (count) => {
    const f = () => count() + Reflect.apply(f, null, [1]);
    f();
  },
  taggedTemplate: (count) => {
    const f = () => count() + f`a`;
    f();
  },
  defaultParameter: (count) => {
    const f = (value = count() + f()) => value;
    f();
  },
  finallyBlock: (count) => {
    const f = () => {
      try {
        count();
        return f();
      } finally {
        [].length;
      }
    };
    f();
  },
  catchBlock: (count) => {
    const f = () => {
      count();
      try {
        f();
      } catch (error) {
        throw error;
      }
    };
    f();
  },
  yieldStar: (count) => {
    function* f() { count(); yield* f(); }
    [...f()];
  },
  generatorInLoop: (count) => {
    function* f() { count(); for (const x of f()) yield x; }
    for (const x of f()) return x;
  },
  generatorNext: (count) => {
    function* f() { count(); f().next(); }
    f().next();
  },
  ownIterator: (count) => {
    const o = { [Symbol.iterator]: () => ({ next() { count(); for (const x of o) return x; } }) };
    for (const x of o) return x;
  },
  asyncFunction: (count) => {
    const f = async () => { count(); await f(); };
    return f();
  },
  asyncMethod: (count) => {
    const o = { async f() { count(); return await this.f() + 1; } };
    return o.f();
  },
  asyncWithoutAwait: (count) => {
    const f = async () => { count(); return f(); };
    return f();
  },
  asyncGenerator: async (count) => {
    async function* f() { count(); for await (const x of f()) yield x; }
    for await (const x of f()) return x;
  },
  map: (count) => {
    const f = () => [1].map(() => count() + f());
    f();
  },
  mapOfItself: (count) => {
    const f = () => (count(), [1].map(f));
    f();
  },
  forEach: (count) => {
    const f = (list) => list.forEach(() => { count(); f(list); });
    f([1]);
  },
  reduce: (count) => {
    const f = () => (count(), [1, 2].reduce(f));
    f();
  },
  sort: (count) => {
    const f = () => (count(), [2, 1].sort(f));
    f();
  },
  replace: (count) => {
    const f = () => (count(), "a".replace(/a/, f));
    f();
  },
  mapForEach: (count) => {
    const all = new Map([[1, 1]]);
    const f = () => { count(); all.forEach(f); };
    f();
  },
  arrayFrom: (count) => {
    const f = () => (count(), Array.from([1], f));
    f();
  },
  setter: (count) => {
    const o = { set x(value) { count(); this.x = value; } };
    o.x = 1;
  },
  proxy: (count) => {
    new Proxy({}, { get: (target, name, receiver) => (count(), receiver[name]) }).x;
  },
  toString: (count) => {
    const o = { toString: () => (count(), `${o}`) };
    `${o}`;
  },
  toJson: (count) => {
    const o = { toJSON: () => (count(), JSON.stringify(o)) };
    JSON.stringify(o);
  },
};

/** Calls until the stack ends, and tells how often; and that the program goes on. */
export async function depth(name) {
  let depth = 0;
  const count = () => ++depth;
  try {
    await kinds[name](count);
    return "no error";
  } catch (error) {
    if (!(error instanceof RangeError && error.message === "Maximum call stack size exceeded")) return String(error);
  }
  const sum = (n) => (n === 0 ? 0 : n + sum(n - 1));
  return sum(100) === 5050 ? depth : "wrong";
}

export const names = () => Object.keys(kinds);

const nest = (depth, wrap, value) => {
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
};

/** Data that is nested a number of times, to texts and back. */
export const data = (depth) => {
  const arrays = "[".repeat(depth) + "]".repeat(depth);
  const objects = '{"a":'.repeat(depth) + "1" + "}".repeat(depth);
  const dated = nest(depth, (value) => [value], new Date(0));
  return [
    JSON.stringify(JSON.parse(arrays)) === arrays,
    JSON.stringify(JSON.parse(objects)) === objects,
    JSON.stringify(dated) === "[".repeat(depth) + '"1970-01-01T00:00:00.000Z"' + "]".repeat(depth),
  ];
};

/** Input that is output. */
export const same = (value) => value;
