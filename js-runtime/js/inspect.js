// The texts of values, as Node's `util.inspect` and `util.format` give them.
//
// A program may have replaced any builtin, and its values may be anything. So what is called here was taken at boot,
// proxies are looked through, accessors are named and not run, and neither templates nor iteration are used: the
// engine looks methods up for both.
(function (native) {
  "use strict";
  const { classOf, isClass, promiseDetails, proxyDetails, ownValue, ownKeys, entries, primitive } = native;
  const { getPrototypeOf, getOwnPropertyDescriptor, keys: enumerableKeys, prototype: objectPrototype } = Object;
  const { layOut, quote, escaped, indented, lines } = native.layout;
  const { max, min } = Math;
  const { toStringTag } = Symbol;
  const { isArray } = Array;
  const toText = String;
  const Bytes = Uint8Array;

  // A method as a function of the object that it is called on.
  const unbound = Function.prototype.bind.bind(Function.prototype.call);
  const call = unbound(Function.prototype.call);
  const slice = unbound(String.prototype.slice);
  const indexOf = unbound(String.prototype.indexOf);
  const repeat = unbound(String.prototype.repeat);
  const exec = unbound(RegExp.prototype.exec);
  const regExpText = unbound(RegExp.prototype.toString);
  const isoText = unbound(Date.prototype.toISOString);
  const isEnumerable = unbound(objectPrototype.propertyIsEnumerable);
  const hasOwn = unbound(objectPrototype.hasOwnProperty);
  const typedLength = unbound(getOwnPropertyDescriptor(getPrototypeOf(Uint8Array).prototype, "length").get);
  const errorPrototype = Error.prototype;

  const customInspect = Symbol.for("nodejs.util.inspect.custom");
  // What `ownValue` gives for an accessor and where there is no property.
  const NONE = {};
  // The kinds of properties: `key: value`, an element of an array, which has no key.
  const NAMED = 0;
  const ELEMENT = 1;
  // A stack as the engine makes it; the name of a class in a text that begins with one.
  const framesOnly = /^ {4}at /;
  const classInStack = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/;
  const classAlone = /^([a-z_A-Z0-9-]*Error)$/;
  const notIdentifier = /^[^a-zA-Z_]|[^a-zA-Z_0-9]/;
  const typedParts = ["BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"];
  const viewParts = ["byteLength", "byteOffset", "buffer"];
  const hexDigits = "0123456789abcdef";
  // A proxy can be an object's own prototype; no chain is followed further than this.
  const LONGEST_CHAIN = 1000;

  const defaults = {
    showHidden: false, depth: 2, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10000,
    breakLength: 80, compact: 3,
  };

  function inspect(value, options) {
    return formatValue(state(options), value, 0, false);
  }

  // One inspection: its options, the objects around the one at hand, those that were met again within themselves, the
  // indentation, and how deep the last object lies.
  function state(options) {
    const ctx = { __proto__: null, ...defaults, ...options, options, seen: [], circular: [], indent: 0, deepest: 0 };
    if (ctx.depth === null) ctx.depth = Infinity;
    if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
    if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
    if (ctx.compact === true) ctx.compact = 3;
    return ctx;
  }

  // A property that may be an accessor or a trap, and then may throw.
  function read(object, key) {
    try {
      return object[key];
    } catch {
      return undefined;
    }
  }

  // The innermost target of a proxy, `null` for a revoked one; any other object itself.
  function target(object) {
    while (classOf(object) === "Proxy") {
      const details = proxyDetails(object);
      if (details === null) return null;
      object = details[0];
    }
    return object;
  }

  function prototypeOf(object) {
    const prototype = getPrototypeOf(object);
    return prototype === null ? null : target(prototype);
  }

  function isInstance(value, prototype) {
    let steps = 0;
    for (let object = prototypeOf(value); object !== null && steps++ < LONGEST_CHAIN; object = prototypeOf(object))
      if (object === prototype) return true;
    return false;
  }

  // The name of the nearest constructor that the value is an instance of; `null` if it has no prototype.
  function constructorName(ctx, value, level) {
    const first = getPrototypeOf(value);
    if (first === objectPrototype && ownValue(value, "constructor", NONE) === NONE) return "Object";
    let steps = 0;
    for (let object = value; object !== null && steps++ < LONGEST_CHAIN; object = prototypeOf(object)) {
      const constructor = ownValue(object, "constructor", NONE);
      if (typeof constructor !== "function") continue;
      const plain = target(constructor);
      if (plain === null) continue;
      const name = read(plain, "name");
      if (name === "" || typeof name === "object" || typeof name === "function") continue;
      const prototype = ownValue(plain, "prototype", NONE);
      if ((prototype === object && object !== value) || isInstance(value, prototype)) return toText(name);
    }
    if (first === null) return null;
    const kind = typeof value === "function" ? "Function" : classOf(value);
    if (level > min(ctx.depth, 20)) return kind + " <Complex prototype>";
    const plain = target(first);
    const name = plain === null ? "Object" : constructorName(ctx, plain, level + 1);
    if (name !== null) return kind + " <" + name + ">";
    return kind + " <" + inspect(first, { ...ctx.options, customInspect: false, depth: -1 }) + ">";
  }

  // What stands in front of the braces, with a space behind.
  function prefix({ name, tag }, fallback, size = "") {
    if (name !== null) return name + size + (tag !== "" && name !== tag ? " [" + tag + "] " : " ");
    return "[" + fallback + size + ": null prototype] " + (tag !== "" && fallback !== tag ? "[" + tag + "] " : "");
  }

  function formatValue(ctx, value, level, typed) {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return formatPrimitive(ctx, value);
    const original = value;
    let kind = classOf(value);
    if (kind === "Proxy") {
      if (ctx.showProxy) return formatProxy(ctx, value, level);
      value = target(value);
      if (value === null) return "<Revoked Proxy>";
      kind = classOf(value);
    }
    if (ctx.customInspect) {
      const custom = read(value, customInspect);
      if (typeof custom === "function" && custom !== inspect && read(read(value, "constructor"), "prototype") !== value) {
        const { showHidden, depth } = ctx;
        const options = { stylize: toText, showHidden, depth, ...ctx.options };
        const result = call(custom, original, depth - level, options, inspect);
        if (result !== original) {
          if (typeof result !== "object") return toText(result);
          return indented(formatValue(ctx, result, level, false), ctx.indent);
        }
      }
    }
    const { seen, circular } = ctx;
    for (let i = seen.length; i-- > 0; ) {
      if (seen[i] !== value) continue;
      let index = 0;
      while (index < circular.length && circular[index] !== value) index++;
      circular[index] = value;
      return "[Circular *" + (index + 1) + "]";
    }
    return formatObject(ctx, value, level, kind, typed);
  }

  function formatPrimitive(ctx, value) {
    if (typeof value === "number") return value === 0 && 1 / value < 0 ? "-0" : "" + value;
    if (typeof value === "bigint") return "" + value + "n";
    if (typeof value !== "string") return toText(value);
    let rest = "";
    if (value.length > ctx.maxStringLength) {
      const more = value.length - ctx.maxStringLength;
      value = slice(value, 0, ctx.maxStringLength);
      rest = "... " + more + " more character" + (more > 1 ? "s" : "");
    }
    if (value.length <= 16 || value.length <= ctx.breakLength - ctx.indent - 4) return quote(value) + rest;
    let text = "";
    let from = 0;
    for (let at; (at = indexOf(value, "\n", from) + 1) > 0 && at < value.length; from = at)
      text += quote(slice(value, from, at)) + " +\n" + repeat(" ", ctx.indent + 2);
    return text + quote(slice(value, from)) + rest;
  }

  function formatProxy(ctx, value, level) {
    const details = proxyDetails(value);
    if (details === null) return "<Revoked Proxy>";
    if (level > ctx.depth) return "Proxy [Array]";
    ctx.indent += 2;
    const items = [formatValue(ctx, details[0], level + 1, false), formatValue(ctx, details[1], level + 1, false)];
    ctx.indent -= 2;
    return layOut(ctx, items, { base: "", open: "Proxy [", close: "]", list: true }, level + 1, undefined);
  }

  function formatObject(ctx, value, level, kind, typed) {
    let tag = read(value, toStringTag);
    // An own tag that is listed is not shown twice.
    if (typeof tag !== "string" || (tag !== "" && (ctx.showHidden ? hasOwn : isEnumerable)(value, toStringTag))) tag = "";
    const name = constructorName(ctx, value, level);
    const shape = { name, tag, base: "", open: "{", close: "}", list: false, keys: null, items: null, entries: null };
    let describe = describers[kind];
    if (typeof value === "function") describe = describeFunction;
    else if (describe === undefined) describe = name !== "Object" && isInstance(value, errorPrototype) ? describeError : describeObject;
    const text = describe(ctx, shape, value, kind, typed);
    if (text !== undefined) return text;

    if (level > ctx.depth) {
      const short = slice(prefix(shape, "Object"), 0, -1);
      return name !== null ? "[" + short + "]" : short;
    }
    const { seen, circular, indent } = ctx;
    const depth = seen.length;
    level++;
    seen[depth] = value;
    ctx.deepest = level;
    let items;
    try {
      items = shape.items !== null ? shape.items(ctx, value, level, shape) : [];
      const { keys } = shape;
      for (let i = 0; i < keys.length; i++) items[items.length] = formatProperty(ctx, value, level, keys[i], NAMED);
    } catch (error) {
      if (read(error, "message") !== "Maximum call stack size exceeded") throw error;
      ctx.indent = indent;
      seen.length = depth;
      const short = slice(prefix(shape, "Object"), 0, -1);
      return "[" + short + ": Inspection interrupted prematurely. Maximum call stack size exceeded.]";
    }
    seen.length = depth;
    for (let i = 0; i < circular.length; i++)
      if (circular[i] === value) shape.base = "<ref *" + (i + 1) + ">" + (shape.base === "" ? "" : " " + shape.base);
    return layOut(ctx, items, shape, level, value);
  }

  // A describer sets what is around an object's properties, or returns the whole text if nothing is in it.

  function describeObject(ctx, shape, value) {
    const keys = (shape.keys = ownKeys(value, ctx.showHidden, false));
    if (shape.name !== "Object" || shape.tag !== "") shape.open = prefix(shape, "Object") + "{";
    if (keys.length === 0) return shape.open + "}";
  }

  function describeArguments(ctx, shape, value) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    shape.open = "[Arguments] {";
    if (shape.keys.length === 0) return shape.open + "}";
  }

  function describeList(ctx, shape, value, size, kind) {
    shape.keys = ownKeys(value, ctx.showHidden, true);
    shape.open = (kind !== "Array" || shape.name !== "Array" || shape.tag !== "" ? prefix(shape, kind, "(" + size + ")") : "") + "[";
    shape.close = "]";
    shape.list = true;
    if (size === 0 && shape.keys.length === 0) return shape.open + "]";
  }

  function describeArray(ctx, shape, value) {
    shape.items = arrayItems;
    return describeList(ctx, shape, value, value.length, "Array");
  }

  function describeTyped(ctx, shape, value, kind) {
    shape.items = typedItems;
    return describeList(ctx, shape, value, typedLength(value), kind);
  }

  function describeCollection(ctx, shape, value, kind) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    const list = entries(value, max(0, ctx.maxArrayLength));
    shape.open = prefix(shape, kind, "(" + list[1] + ")") + "{";
    if (list[1] === 0 && shape.keys.length === 0) return shape.open + "}";
    shape.entries = list;
    shape.items = list[0] ? mapItems : setItems;
  }

  function describeIterator(ctx, shape, value, kind) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    const list = entries(value, max(0, ctx.maxArrayLength));
    const own = list[0] ? slice(kind, 0, 4) + "Entries" : kind;
    shape.open = "[" + (shape.tag !== "" && shape.tag !== kind ? shape.tag + "] [" : "") + own + "] {";
    shape.entries = list;
    shape.items = list[0] ? pairItems : setItems;
  }

  function describeBuffer(ctx, shape, value, kind, typed) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    shape.open = prefix(shape, kind) + "{";
    shape.items = typed ? sizeItems : bufferItems;
  }

  function describeView(ctx, shape, value, kind) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    shape.open = prefix(shape, kind) + "{";
    shape.items = viewItems;
  }

  function describeFunction(ctx, shape, value, kind) {
    const { name, tag } = shape;
    shape.keys = ownKeys(value, ctx.showHidden, false);
    const own = read(value, "name");
    let text;
    if (isClass(value)) {
      text = "[class " + (hasOwn(value, "name") && own ? toText(own) : "(anonymous)");
      if (name !== "Function" && name !== null) text += " [" + name + "]";
      if (tag !== "" && name !== tag) text += " [" + tag + "]";
      const parent = prototypeOf(value);
      const above = name === null ? "null" : parent === null ? "" : read(parent, "name");
      text += (above ? " extends " + toText(above) : "") + "]";
    } else {
      const type = functionKinds[kind] === true ? kind : "Function";
      text = "[" + type + (name === null ? " (null prototype)" : "") + (own === "" ? " (anonymous)" : ": " + toText(own)) + "]";
      if (name !== type && name !== null) text += " " + name;
      if (tag !== "" && name !== tag) text += " [" + tag + "]";
    }
    if (shape.keys.length === 0) return text;
    shape.base = text;
  }

  function describeRegExp(ctx, shape, value) {
    const text = prefix(shape, "RegExp");
    return describeText(ctx, shape, value, (text === "RegExp " ? "" : text) + regExpText(value));
  }

  function describeDate(ctx, shape, value) {
    const time = primitive(value);
    const text = prefix(shape, "Date");
    return describeText(ctx, shape, value, (text === "Date " ? "" : text) + (time === time ? isoText(value) : "Invalid Date"));
  }

  function describeText(ctx, shape, value, text) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    if (shape.keys.length === 0) return text;
    shape.base = text;
  }

  function describeBoxed(ctx, shape, value, kind) {
    const { name, tag } = shape;
    let text = "[" + kind;
    if (name !== kind) text += name === null ? " (null prototype)" : " (" + name + ")";
    text += ": " + formatPrimitive(ctx, primitive(value)) + "]";
    if (tag !== "" && tag !== name) text += " [" + tag + "]";
    shape.keys = ownKeys(value, ctx.showHidden, kind === "String");
    if (shape.keys.length === 0) return text;
    shape.base = text;
  }

  function describePromise(ctx, shape, value, kind) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    shape.open = prefix(shape, kind) + "{";
    shape.items = promiseItems;
  }

  function describeWeak(ctx, shape, value, kind) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    shape.open = prefix(shape, kind) + "{";
    shape.items = unknownItems;
  }

  function describeModule(ctx, shape, value, kind) {
    shape.entries = ownKeys(value, ctx.showHidden, false);
    shape.keys = [];
    shape.open = prefix(shape, kind) + "{";
    shape.items = exportItems;
  }

  const functionKinds = { __proto__: null, AsyncFunction: true, GeneratorFunction: true, AsyncGeneratorFunction: true };
  const describers = {
    __proto__: null, Array: describeArray, Arguments: describeArguments, Map: describeCollection, Set: describeCollection,
    "Map Iterator": describeIterator, "Set Iterator": describeIterator, ArrayBuffer: describeBuffer,
    SharedArrayBuffer: describeBuffer, DataView: describeView, Error: describeError, DOMException: describeError,
    RegExp: describeRegExp, Date: describeDate, Number: describeBoxed, String: describeBoxed, Boolean: describeBoxed,
    Symbol: describeBoxed, BigInt: describeBoxed, Promise: describePromise, WeakMap: describeWeak, WeakSet: describeWeak,
    Module: describeModule,
  };
  for (const size of ["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "BigInt64", "BigUint64", "Float16",
    "Float32", "Float64"])
    describers[size + "Array"] = describeTyped;

  function describeError(ctx, shape, value) {
    const message = read(value, "message");
    const own = read(value, "name");
    let name = own === undefined || own === null ? "Error" : text(own);
    let stack = errorStack(value);
    const keys = (shape.keys = []);
    const all = ownKeys(value, ctx.showHidden, false);
    let cause = hasProperty(value, "cause");
    let errors = isArray(read(value, "errors"));
    for (let i = 0; i < all.length; i++) {
      const key = all[i];
      // What the stack says already is not listed.
      if (!ctx.showHidden && (key === "name" || key === "message" || key === "stack")) {
        const said = read(value, key);
        if (typeof said !== "string" || indexOf(stack, said) >= 0) continue;
      }
      if (key === "cause") cause = false;
      if (key === "errors") errors = false;
      keys[keys.length] = key;
    }
    if (cause) keys[keys.length] = "cause";
    if (errors) keys[keys.length] = "errors";
    stack = namedStack(shape, stack, name);
    // An error without frames stands in brackets.
    const said = typeof message === "string" && message !== "" ? indexOf(stack, message) : -1;
    const frames = indexOf(stack, "\n    at", said < 0 ? 0 : said + message.length);
    if (frames < 0) stack = "[" + stack + "]";
    else stack = slice(stack, 0, frames) + withoutShared(slice(stack, frames), read(value, "cause"));
    stack = indented(stack, ctx.indent);
    if (keys.length === 0) return stack;
    shape.base = stack;
  }

  // What the error says of itself and, below, its frames. The engine keeps only the frames in `stack`.
  function errorStack(error) {
    const stack = read(error, "stack");
    if (stack && (typeof stack !== "string" || exec(framesOnly, stack) === null)) return text(stack);
    const own = read(error, "name");
    const name = own === undefined ? "Error" : text(own);
    const message = text(read(error, "message") ?? "");
    const header = name === "" ? message : message === "" ? name : name + ": " + message;
    if (!stack) return header;
    let end = stack.length;
    while (stack[end - 1] === "\n") end--;
    return header + "\n" + slice(stack, 0, end);
  }

  // A text for a name or a message that need not be one.
  function text(value) {
    try {
      return toText(value);
    } catch {
      return "";
    }
  }

  function hasProperty(object, key) {
    try {
      return key in object;
    } catch {
      return false;
    }
  }

  // Puts the class into a stack that begins with the name of a class above.
  function namedStack(shape, stack, name) {
    let { length } = name;
    if (shape.name !== null) {
      if (slice(name, -5) !== "Error" || slice(stack, 0, length) !== name) return stack;
      if (stack.length !== length && stack[length] !== ":" && stack[length] !== "\n") return stack;
    }
    let fallback = "Error";
    if (shape.name === null) {
      const start = exec(classInStack, stack) ?? exec(classAlone, stack);
      fallback = start === null ? "" : start[1];
      ({ length } = fallback);
      if (length === 0) fallback = "Error";
    }
    const wanted = slice(prefix(shape, fallback), 0, -1);
    if (name === wanted) return stack;
    if (indexOf(wanted, name) < 0) return wanted + " [" + name + "]" + slice(stack, length);
    return length === 0 ? wanted + ": " + stack : wanted + slice(stack, length);
  }

  // Leaves out the frames that the error shares with its cause, if they are more than three.
  function withoutShared(stack, cause) {
    if (typeof cause !== "object" || cause === null || classOf(cause) !== "Error") return stack;
    const below = errorStack(cause);
    const start = indexOf(below, "\n    at");
    if (start < 0) return stack;
    const ours = lines(stack);
    const theirs = lines(slice(below, start));
    for (let i = 1; i < ours.length - 3; i++) {
      let at = 1;
      while (at < theirs.length && theirs[at] !== ours[i]) at++;
      let shared = 0;
      while (at + shared < theirs.length && i + shared < ours.length && theirs[at + shared] === ours[i + shared]) shared++;
      if (shared <= 3) continue;
      let text = "";
      for (let j = 1; j < ours.length; j++) {
        if (j === i + 1) text += "\n    ... " + (shared - 2) + " lines matching cause stack trace ...";
        if (j <= i || j >= i + shared - 1) text += "\n" + ours[j];
      }
      return text;
    }
    return stack;
  }

  // What is between the braces, but for the properties.

  function more(items, count, what) {
    if (count > 0) items[items.length] = "... " + count + " more " + what + (count > 1 ? "s" : "");
    return items;
  }

  function arrayItems(ctx, value, level) {
    const { length } = value;
    const shown = min(max(0, ctx.maxArrayLength), length);
    const items = [];
    for (let i = 0; i < shown; i++) {
      const element = ownValue(value, i, NONE);
      if (element !== NONE) items[i] = formatInside(ctx, element, level);
      else if (getOwnPropertyDescriptor(value, i) === undefined) return sparseItems(ctx, value, level, shown, items);
      else items[i] = formatProperty(ctx, value, level, i, ELEMENT);
    }
    return more(items, length - shown, "item");
  }

  // Goes on with an array that has no element at `items.length`.
  function sparseItems(ctx, value, level, shown, items) {
    const keys = enumerableKeys(value);
    let index = items.length;
    const hole = (end) => {
      items[items.length] = "<" + (end - index) + " empty item" + (end - index > 1 ? "s" : "") + ">";
      index = end;
    };
    for (let i = index; i < keys.length && items.length < shown; i++) {
      const position = keys[i] >>> 0;
      if ("" + position !== keys[i] || position >= value.length) break;
      if (position !== index) hole(position);
      if (items.length === shown) break;
      items[items.length] = formatProperty(ctx, value, level, position, ELEMENT);
      index++;
    }
    if (items.length === shown) return more(items, value.length - index, "item");
    if (index < value.length) hole(value.length);
    return items;
  }

  function typedItems(ctx, value, level) {
    const length = typedLength(value);
    const shown = min(max(0, ctx.maxArrayLength), length);
    const items = [];
    for (let i = 0; i < shown; i++) items[i] = formatPrimitive(ctx, value[i]);
    more(items, length - shown, "item");
    if (ctx.showHidden)
      for (let i = 0; i < typedParts.length; i++) {
        ctx.indent += 2;
        const part = formatValue(ctx, read(value, typedParts[i]), level, true);
        ctx.indent -= 2;
        items[items.length] = "[" + typedParts[i] + "]: " + part;
      }
    return items;
  }

  function bufferItems(ctx, value) {
    let bytes;
    try {
      bytes = new Bytes(value);
    } catch {
      return ["(detached)"];
    }
    const length = typedLength(bytes);
    const shown = min(max(0, ctx.maxArrayLength), length);
    let text = "";
    for (let i = 0; i < shown; i++) text += (i > 0 ? " " : "") + hexDigits[bytes[i] >> 4] + hexDigits[bytes[i] & 15];
    if (length > shown) text += " ... " + (length - shown) + " more byte" + (length - shown > 1 ? "s" : "");
    return ["[Uint8Contents]: <" + text + ">", "byteLength: " + length];
  }

  function sizeItems(ctx, value, level) {
    return [formatProperty(ctx, value, level, "byteLength", NAMED)];
  }

  function viewItems(ctx, value, level) {
    const items = [];
    for (let i = 0; i < viewParts.length; i++) items[i] = formatProperty(ctx, value, level, viewParts[i], NAMED);
    return items;
  }

  function setItems(ctx, value, level, { entries }) {
    const items = [];
    for (let i = 2; i < entries.length; i++) items[i - 2] = formatInside(ctx, entries[i], level);
    return more(items, entries[1] - items.length, "item");
  }

  function mapItems(ctx, value, level, { entries }) {
    const items = [];
    for (let i = 2; i < entries.length; i += 2)
      items[items.length] = formatInside(ctx, entries[i], level) + " => " + formatInside(ctx, entries[i + 1], level);
    return more(items, entries[1] - items.length, "item");
  }

  function pairItems(ctx, value, level, { entries }) {
    const items = [];
    ctx.indent += 2;
    for (let i = 2; i < entries.length; i += 2) {
      const pair = [formatValue(ctx, entries[i], level, false), formatValue(ctx, entries[i + 1], level, false)];
      items[items.length] = layOut(ctx, pair, { base: "", open: "[", close: "]", list: true }, level, undefined);
    }
    ctx.indent -= 2;
    return more(items, entries[1] - items.length, "item");
  }

  function promiseItems(ctx, value, level) {
    const details = promiseDetails(value);
    if (details[0] === 0) return ["<pending>"];
    return [(details[0] === 2 ? "<rejected> " : "") + formatInside(ctx, details[1], level)];
  }

  function unknownItems() {
    return ["<items unknown>"];
  }

  function exportItems(ctx, value, level, { entries }) {
    const items = [];
    for (let i = 0; i < entries.length; i++)
      try {
        items[i] = formatProperty(ctx, value, level, entries[i], NAMED);
      } catch {
        items[i] = formatKey(entries[i], false) + ": <uninitialized>";
      }
    return items;
  }

  function formatInside(ctx, value, level) {
    ctx.indent += 2;
    const text = formatValue(ctx, value, level, false);
    ctx.indent -= 2;
    return text;
  }

  function formatProperty(ctx, object, level, key, kind) {
    let value = ownValue(object, key, NONE);
    let isHidden = false;
    let text;
    if (value !== NONE) {
      isHidden = (ctx.showHidden || key === "cause" || key === "errors") && !isEnumerable(object, key);
      text = formatInside(ctx, value, level);
    } else {
      const descriptor = getOwnPropertyDescriptor(object, key);
      if (descriptor === undefined) text = formatInside(ctx, read(object, key), level);
      else {
        isHidden = !descriptor.enumerable;
        if (descriptor.get === undefined) text = descriptor.set === undefined ? "undefined" : "[Setter]";
        else text = descriptor.set === undefined ? "[Getter]" : "[Getter/Setter]";
      }
    }
    return kind === ELEMENT ? text : formatKey(key, isHidden) + ": " + text;
  }

  function formatKey(key, isHidden) {
    if (typeof key === "symbol") return "[" + escaped(toText(key), "") + "]";
    if (key === "__proto__") return "['__proto__']";
    if (isHidden) return "[" + escaped(key, "") + "]";
    return key === "" || exec(notIdentifier, key) !== null ? quote(key) : key;
  }

  native.inspection = { inspect, formatPrimitive, read, target, NONE };
});
