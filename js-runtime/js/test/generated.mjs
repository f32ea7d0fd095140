// Values made at random from a fixed seed, nested and mixed as no list of cases is.
import { same } from "./check.mjs";

const ROUNDS = 800;

// A linear congruential generator: the same values in every run.
let seed = 20;
function below(limit) {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor(((seed >>> 8) / 2 ** 24) * limit);
}
const pick = (list) => list[below(list.length)];
const chance = (one) => below(one) === 0;

const words = [
  "a",
  "foo",
  "bar-baz",
  "it's",
  'say "hi"',
  "a\nb",
  "",
  "x".repeat(30),
  "é",
  "日本",
  "\x1b[1m",
  "`",
  "${",
  "\ud800",
  "12",
  "longer key here",
  "y".repeat(90),
  "line one is long enough\nline two is long enough too, yes it is indeed\nthree",
];
class Base {
  member = 1;
}
class Tagged extends Base {
  get [Symbol.toStringTag]() {
    return "TAG";
  }
}
class List extends Array {}
class Registry extends Map {}
class Failure extends Error {}
class KindError extends TypeError {}

const functions = [
  () => {},
  function f() {},
  class Heir extends Base {},
  async () => {},
  function* g() {},
  async function* ag() {},
  Base,
  Map,
  Math.max,
];
const leaves = [
  () => below(1e6),
  () => -below(100) / 7,
  () => pick(words),
  () => pick([null, undefined, true, false, NaN, -0, Infinity]),
  () => BigInt(below(1e9)),
  () => Symbol(pick(words)),
  () => pick(functions),
  () => new Date(below(1e12)),
  () => /re[g]'/gi,
  () => pick(words) + pick(words),
];
const branches = [
  objectOf,
  objectOf,
  objectOf,
  listOf,
  listOf,
  listOf,
  mapOf,
  mapOf,
  setOf,
  typedOf,
  errorOf,
  errorOf,
  wrapperOf,
  wrapperOf,
  () => (around.length > 0 ? pick(around) : 0),
];
// The objects of this round: picking one of them makes cycles.
let around = [];

function value(depth) {
  return depth > 0 && !chance(3) ? pick(branches)(depth - 1) : pick(leaves)();
}

function fill(object, depth, count) {
  for (let i = 0; i < count; i++) object[pick([`key${i}`, `key${i}`, pick(words), Symbol(pick(words))])] = value(depth);
  return object;
}

function objectOf(depth) {
  const makers = [
    () => ({}),
    () => ({}),
    () => new Base(),
    () => new Tagged(),
    () => Object.create(null),
    () => Object.create({}),
    () => Object.create(new Base()),
  ];
  const object = pick(makers)();
  around.push(object);
  fill(object, depth, below(pick([3, 6, 12])));
  const got = value(1);
  if (chance(8))
    Object.defineProperty(object, "accessor", {
      enumerable: true,
      get: () => got,
      set: chance(2) ? () => {} : undefined,
    });
  if (chance(8)) Object.defineProperty(object, "hidden", { value: 1 });
  return object;
}

function listOf(depth) {
  const list = chance(4) ? new List() : [];
  around.push(list);
  const element = pick([() => below(1000), () => pick(words), () => value(depth), () => below(1e9) / 1000]);
  const length = below(pick([4, 10, 30, 130]));
  for (let i = 0; i < length; i++) list[i] = element();
  if (chance(6)) delete list[below(length)];
  if (chance(6)) list.length += below(5);
  if (chance(6)) list.extra = value(depth);
  return list;
}

function mapOf(depth) {
  const map = chance(4) ? new Registry() : new Map();
  around.push(map);
  const size = below(pick([3, 6, 120]));
  for (let i = 0; i < size; i++) map.set(pick([i, value(depth)]), value(depth));
  if (chance(5)) map.extra = 1;
  return pick([map, map, map, map.keys(), map.entries(), map.values()]);
}

function setOf(depth) {
  const set = new Set();
  around.push(set);
  const size = below(pick([3, 6, 120]));
  for (let i = 0; i < size; i++) set.add(value(depth));
  return pick([set, set, set.values(), set.entries()]);
}

function typedOf(depth) {
  const typed = new (pick([Uint8Array, Float32Array, BigInt64Array, Int16Array]))(below(pick([3, 20, 150])));
  if (chance(4)) typed.extra = value(depth);
  return pick([typed, typed, typed.buffer]);
}

function errorOf(depth) {
  const makers = [
    () => new Error(pick(words)),
    () => new Failure("failure"),
    () => new KindError("kind"),
    () => new TypeError("caused", { cause: value(depth) }),
    () => new AggregateError([value(depth), 1], "many"),
    () => Object.assign(new Error("x"), { name: pick(["Renamed", "OtherError"]) }),
    () => Object.assign(new Error("x"), { stack: pick(["text", undefined, "a\n    at b"]) }),
  ];
  const error = pick(makers)();
  if (chance(2)) error.code = value(depth);
  return error;
}

function wrapperOf(depth) {
  const custom = value(depth);
  return pick([
    () => new Number(-0),
    () => Object.assign(new String("abc"), { extra: value(depth) }),
    () => Object(1n),
    () => Promise.resolve(value(depth)),
    () => new Proxy({ a: value(depth) }, {}),
    () =>
      new Proxy([1, value(depth)], {
        ownKeys() {
          throw new Error("trapped");
        },
      }),
    () =>
      (function () {
        return arguments;
      })(1, value(depth)),
    () => Object.assign(() => {}, { extra: value(depth) }),
    () => Object.assign(new Date(0), { extra: value(depth) }),
    () => ({
      [Symbol.for("nodejs.util.inspect.custom")]: (levels, options, inspect) =>
        levels > 1 ? custom : inspect(custom, options),
    }),
  ])();
}

export default function () {
  const limit = Error.stackTraceLimit;
  for (let round = 0; round < ROUNDS; round++) {
    Error.stackTraceLimit = round % 6;
    around = [];
    const made = value(4);
    same(...(chance(5) ? [pick(["%o", "%O", "%s", "%d", "%i", "%f", "%j", "text %o", "%s %s"])] : []), made);
  }
  Error.stackTraceLimit = limit;
}
