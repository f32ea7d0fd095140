// Loads the runtime's files into Node, with Node's own knowledge of values in the place of the engine's natives.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { types } from "node:util";
import vm from "node:vm";

const { internalBinding } = createRequire(import.meta.url)("internal/test/binding");
const { getPromiseDetails, getProxyDetails, previewEntries, getOwnNonIndexProperties } = internalBinding("util");

// The order in which `src/boot.rs` evaluates them.
const boot = readFileSync(new URL("../../src/boot.rs", import.meta.url), "utf8");
const files = [...boot.matchAll(/library_file!\("([a-z]+)"\)/g)].map(([, name]) => `js/${name}.js`);

const classTests = [
  ["Proxy", types.isProxy],
  ["Array", Array.isArray],
  ["Arguments", types.isArgumentsObject],
  ["Error", types.isNativeError],
  ["Map", types.isMap],
  ["Set", types.isSet],
  ["WeakMap", types.isWeakMap],
  ["WeakSet", types.isWeakSet],
  ["Map Iterator", types.isMapIterator],
  ["Set Iterator", types.isSetIterator],
  ["Date", types.isDate],
  ["RegExp", types.isRegExp],
  ["Promise", types.isPromise],
  ["ArrayBuffer", types.isArrayBuffer],
  ["SharedArrayBuffer", types.isSharedArrayBuffer],
  ["DataView", types.isDataView],
  ["Module", types.isModuleNamespaceObject],
  ["Number", types.isNumberObject],
  ["String", types.isStringObject],
  ["Boolean", types.isBooleanObject],
  ["Symbol", types.isSymbolObject],
  ["BigInt", types.isBigIntObject],
  ["Generator", types.isGeneratorObject],
  ["DOMException", isDOMException],
];
function isDOMException(value) {
  for (; value !== null && !types.isProxy(value); value = Object.getPrototypeOf(value))
    if (value === DOMException.prototype) return true;
  return false;
}

const typedTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const functionText = (value) => Function.prototype.toString.call(value);

function classOf(value) {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const found = classTests.find(([, test]) => test(value));
  if (found) return found[0];
  if (types.isTypedArray(value)) return typedTag.call(value);
  if (typeof value !== "function") return "Object";
  const generator = types.isGeneratorFunction(value) ? "Generator" : "";
  return `${types.isAsyncFunction(value) ? "Async" : ""}${generator}Function`;
}

const boxes = {
  Number: Number.prototype.valueOf,
  String: String.prototype.valueOf,
  Boolean: Boolean.prototype.valueOf,
  Symbol: Symbol.prototype.valueOf,
  BigInt: BigInt.prototype.valueOf,
  Date: Date.prototype.getTime,
};

const collections = {
  Map: (map) => [[...Map.prototype.entries.call(map)].flat(), true],
  Set: (set) => [[...Set.prototype.values.call(set)], false],
  "Map Iterator": (iterator) => previewEntries(iterator, true),
  "Set Iterator": (iterator) => previewEntries(iterator, true),
};

// What `src/natives.rs` gives, and the prints: `[level, text]` each.
export function natives() {
  const prints = [];
  const native = {
    prints,
    print: (level, text) => void prints.push([level, text]),
    classOf,
    isNativeConstructor: (value) => typeof value === "function" && "prototype" in value && functionText(value).endsWith("{ [native code] }"),
    isClass: (value) => typeof value === "function" && functionText(value).startsWith("class"),
    promiseDetails: (value) => (types.isPromise(value) ? getPromiseDetails(value) : undefined),
    proxyDetails(value) {
      if (!types.isProxy(value)) return undefined;
      const details = getProxyDetails(value, true);
      return details[0] === null ? null : details;
    },
    ownValue(object, key, other) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      return descriptor && Object.hasOwn(descriptor, "value") ? descriptor.value : other;
    },
    ownKeys(object, hidden, named) {
      if (named) return getOwnNonIndexProperties(object, hidden ? 0 : 2);
      if (types.isModuleNamespaceObject(object) && !hidden) return Object.getOwnPropertyNames(object);
      const keys = Reflect.ownKeys(object);
      return hidden ? keys : keys.filter((key) => Object.prototype.propertyIsEnumerable.call(object, key));
    },
    entries(collection, limit) {
      const [list, isPairs] = collections[classOf(collection)](collection);
      const step = isPairs ? 2 : 1;
      return [isPairs, list.length / step, ...list.slice(0, limit * step)];
    },
    watchConsole() {},
    primitive: (value) => boxes[classOf(value)]?.call(value),
  };
  return native;
}

// Evaluates the files by `evaluate`, which runs a script's text in some realm, and gives that realm's natives.
export function load(evaluate) {
  const native = natives();
  for (const path of files) evaluate(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"), path)(native);
  return native;
}

// The runtime's globals made in this realm, whose own are put back.
export function loadHere() {
  const names = ["console", "Javy"];
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  const native = load((text, filename) => vm.runInThisContext(text, { filename }));
  const made = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
  for (const [name, descriptor] of before)
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  return { native, ...made };
}

// The runtime in a realm of its own; `run` evaluates a program there and gives what it printed.
export function realm() {
  const context = vm.createContext();
  const native = load((text, filename) => vm.runInContext(text, context, { filename }));
  return {
    run(program) {
      native.prints.length = 0;
      vm.runInContext(program, context, { filename: "program.js" });
      return native.prints.map(([, text]) => text).join("");
    },
  };
}
