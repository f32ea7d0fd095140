import { same } from "./check.mjs";

class Plain {}
class Speaking {
  toString() {
    return "spoken";
  }
}
class Heir extends Speaking {}
const circle = {};
circle.self = circle;

const values = [
  "text",
  "",
  0,
  -0,
  42,
  42.9,
  -1.5,
  NaN,
  Infinity,
  "42.5px",
  "0x10",
  5n,
  -5n,
  true,
  null,
  undefined,
  Symbol("s"),
  {},
  { a: 1 },
  { a: { b: { c: 1 } } },
  [],
  [1, [2, [3]]],
  () => {},
  function named() {},
  class A {},
  new Date(0),
  new Date(NaN),
  /x/g,
  new Plain(),
  new Speaking(),
  new Heir(),
  { toString: () => "own" },
  { toString: null },
  { toString: 5 },
  { valueOf: () => 7 },
  {
    toString() {
      return "a";
    },
    valueOf() {
      return 3;
    },
  },
  Object.create(null),
  Object.create({ toString: () => "up" }),
  new Map([[1, { a: {} }]]),
  new Set([1]),
  circle,
  { toJSON: () => "json" },
  new Proxy({ a: 1 }, {}),
  new Proxy(new Speaking(), {}),
  new Number(3),
  new String("boxed"),
  Object(5n),
  Promise.resolve(1),
  new Uint8Array(2),
  [new Plain()],
  {
    toJSON() {
      throw new EvalError();
    },
  },
  {
    toString() {
      throw new EvalError();
    },
  },
  { [Symbol.toPrimitive]: () => "primitive" },
  new (class {
    [Symbol.toPrimitive]() {
      return "p";
    }
  })(),
  Object.create(new Date(0)),
  "%s",
  "%",
  "%%",
  (function* () {})(),
  new (class Getters {
    get a() {
      return 1;
    }
    b() {}
  })(),
  [1, , 3],
  {
    get a() {
      return 1;
    },
    set a(v) {},
  },
  new Map([[{}, []]]).entries(),
];

export default function () {
  for (const directive of ["s", "d", "i", "f", "j", "o", "O", "c", "x", "%", "S"])
    for (const value of values) {
      same(`%${directive}`, value);
      same(`a %${directive} b`, value, "rest");
    }
  same("%s");
  same("%s %s", 1);
  same("%s %s", 1, 2, 3);
  same("%", 1);
  same("%%", 1);
  same("%%%s%%", 1);
  same("%%s", 1);
  same("100% %s", "sure");
  same("%s%d%i%f%j%o%O%c", 1, 2, 3, 4, 5, 6, 7, 8, 9);
  same("%c styled %c plain", "color: red", "");
  same("%s %x %s", 1, 2);
  same("a%", "b");
  same("%s\n%s", "one", "two", { three: 3 });
  same("%1s %-s %5d", 1, 2, 3);
  same("%s", "a".repeat(20000));
  same({ a: 1 }, "%s", 1);
  same("text", { a: 1 }, [1], "more", -0, 5n, Symbol("s"), () => {});
}
