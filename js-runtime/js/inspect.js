// The texts of values, as Node's `util.inspect` and `util.format` give them.
//
// A program may have replaced any builtin, and its values may be anything. So what is called here was taken at boot,
// proxies are looked through, accessors are named and not run, and neither templates nor iteration are used: the
// engine looks methods up for both.
(function (native) {
  "use strict";
  const { call, slice, indexOf, repeat, exec, regExpText, isoText, isEnumerable, hasOwn, typedLength } =
    native.builtins;
  const { classOf, isClass, proxyDetails, ownValue, ownKeys, entries, primitive } = native;
  const { getPrototypeOf, getOwnPropertyDescriptor, prototype: objectPrototype } = Object;
  const { prefix, layOut, quote, escaped, indented } = native.layout;
  const { NONE, LONGEST_CHAIN, read, text, hasProperty, target, prototypeOf, isInstance, isBuiltin } =
    native.reflection;
  const { errorStack, namedStack, withoutShared } = native.errors;
  const { max, min } = Math;
  const { toStringTag } = Symbol;
  const { isArray } = Array;
  const toText = String;

  const errorPrototype = Error.prototype;

  const customInspect = Symbol.for("nodejs.util.inspect.custom");
  // The kinds of properties: `key: value`, an element of an array, which has no key.
  const NAMED = 0;
  const ELEMENT = 1;
  const notIdentifier = /^[^a-zA-Z_]|[^a-zA-Z_0-9]/;

  const nothing = [];
  const defaults = {
    showHidden: false,
    depth: 2,
    customInspect: true,
    showProxy: false,
    maxArrayLength: 100,
    maxStringLength: 10000,
    breakLength: 80,
    compact: 3,
  };

  // Making an object costs as much as formatting one, so the state of an inspection without options is kept for the
  // next; `null` while it is in use.
  let idle = state(undefined);

  function inspect(value, options) {
    if (options !== undefined || idle === null) return formatValue(state(options), value, 0, false);
    const ctx = idle;
    idle = null;
    const text = formatValue(ctx, value, 0, false);
    ctx.deepest = 0;
    if (ctx.circular.length > 0) ctx.circular = [];
    idle = ctx;
    return text;
  }

  // One inspection: its options, the objects around the one at hand, their shapes, the objects that were met again
  // within themselves, the indentation, and how deep the last object lies.
  function state(options) {
    const own = { options, seen: [], shapes: [], circular: [], indent: 0, deepest: 0 };
    const ctx = { ...defaults, ...options, ...own };
    if (ctx.depth === null) ctx.depth = Infinity;
    if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
    if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
    if (ctx.compact === true) ctx.compact = 3;
    return ctx;
  }

  // What is known of an object: the names of its class, what stands around its items, its properties' keys, those that
  // are inherited and shown, and what makes the items. There is one for each level.
  function shapeAt(ctx, depth) {
    const { shapes } = ctx;
    const shape = shapes[depth];
    if (shape === undefined) {
      const fresh = { base: "", open: "{", close: "}", list: false, keys: nothing, items: null, entries: null };
      return (shapes[depth] = { name: null, tag: "", inherited: nothing, ...fresh });
    }
    shape.base = "";
    shape.open = "{";
    shape.close = "}";
    shape.list = false;
    shape.items = null;
    return shape;
  }

  // The name of the nearest constructor that the value is an instance of; `null` if it has no prototype.
  function constructorName(ctx, value, level, inherited) {
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
      if ((prototype !== object || object === value) && !isInstance(value, prototype)) continue;
      if (ctx.showHidden && level <= ctx.depth && (object !== first || !isBuiltin(plain)))
        addInherited(ctx, value, first, level, inherited);
      return toText(name);
    }
    if (first === null) return null;
    const kind = typeof value === "function" ? "Function" : classOf(value);
    if (level > min(ctx.depth, 20)) return kind + " <Complex prototype>";
    const plain = target(first);
    const name = plain === null ? "Object" : constructorName(ctx, plain, level + 1, inherited);
    if (name !== null) return kind + " <" + name + ">";
    return kind + " <" + inspect(first, { ...ctx.options, customInspect: false, depth: -1 }) + ">";
  }

  // Adds the properties of up to three prototypes that are no methods, as `%o` shows them.
  function addInherited(ctx, value, prototype, level, items) {
    const { seen } = ctx;
    const known = { __proto__: null, constructor: true };
    let object = target(prototype ?? value);
    for (let i = 0; i < 3 && object !== null; i++, object = prototypeOf(object)) {
      if ((i > 0 || object === value) && isBuiltin(ownValue(object, "constructor", NONE))) return;
      const keys = ownKeys(object, true, false);
      seen[seen.length] = value;
      for (let j = 0; j < keys.length; j++) {
        const key = keys[j];
        if (known[key] || hasOwn(value, key)) continue;
        known[key] = true;
        if (typeof ownValue(object, key, NONE) !== "function")
          items[items.length] = formatProperty(ctx, object, level, key, NAMED);
      }
      seen.length--;
    }
  }

  function formatValue(ctx, value, level, typed) {
    if ((typeof value !== "object" && typeof value !== "function") || value === null)
      return formatPrimitive(ctx, value);
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
      if (
        typeof custom === "function" &&
        custom !== inspect &&
        read(read(value, "constructor"), "prototype") !== value
      ) {
        const { showHidden, depth } = ctx;
        const options = { stylize: toText, showHidden, depth, ...ctx.options };
        const result = call(custom, original, depth - level, options, inspect);
        if (result !== original) {
          return typeof result === "string" ? indented(result, ctx.indent) : formatValue(ctx, result, level, false);
        }
      }
    }
    const { seen, circular } = ctx;
    for (let i = seen.length; i-- > 0;) {
      if (seen[i] !== value) continue;
      let index = 0;
      while (index < circular.length && circular[index] !== value) index++;
      circular[index] = value;
      return "[Circular *" + (index + 1) + "]";
    }
    return formatObject(ctx, value, level, kind, typed);
  }

  // What is neither an object nor a string.
  function formatBare(value) {
    if (typeof value === "number") return value === 0 && 1 / value < 0 ? "-0" : "" + value;
    return typeof value === "bigint" ? value + "n" : toText(value);
  }

  function formatPrimitive(ctx, value) {
    if (typeof value !== "string") return formatBare(value);
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
    if (typeof tag !== "string" || (tag !== "" && (ctx.showHidden ? hasOwn : isEnumerable)(value, toStringTag)))
      tag = "";
    const inherited = ctx.showHidden ? [] : nothing;
    const name = constructorName(ctx, value, level, inherited);
    const depth = ctx.seen.length;
    const shape = shapeAt(ctx, depth);
    shape.name = name;
    shape.tag = tag;
    shape.inherited = inherited;
    let describe = describers[kind];
    if (typeof value === "function") describe = describeFunction;
    else if (describe === undefined)
      describe = name !== "Object" && isInstance(value, errorPrototype) ? describeError : describeObject;
    const text = describe(ctx, shape, value, kind, typed);
    if (text !== undefined) return text;

    if (level > ctx.depth) {
      // An expression is short already.
      if (kind === "RegExp") return shape.base;
      const short = slice(prefix(shape, typeof value === "function" ? "Function" : kind), 0, -1);
      return name !== null ? "[" + short + "]" : short;
    }
    const { seen, circular, indent } = ctx;
    level++;
    seen[depth] = value;
    ctx.deepest = level;
    let items;
    try {
      items = shape.items !== null ? shape.items(ctx, value, level, shape) : [];
      const { keys } = shape;
      for (let i = 0; i < keys.length; i++) items[items.length] = formatProperty(ctx, value, level, keys[i], NAMED);
      for (let i = 0; i < inherited.length; i++) items[items.length] = inherited[i];
    } catch (error) {
      if (read(error, "message") !== "Maximum call stack size exceeded") throw error;
      ctx.indent = indent;
      seen.length = depth;
      const short = slice(prefix(shape, "Object"), 0, -1);
      return "[" + short + ": Inspection interrupted prematurely. Maximum call stack size exceeded.]";
    }
    seen.length = depth;
    // The shape outlives the object.
    shape.keys = shape.inherited = nothing;
    shape.entries = null;
    for (let i = 0; i < circular.length; i++)
      if (circular[i] === value) shape.base = "<ref *" + (i + 1) + ">" + (shape.base === "" ? "" : " " + shape.base);
    return layOut(ctx, items, shape, level, value);
  }

  function isBare({ keys, inherited }) {
    return keys.length === 0 && inherited.length === 0;
  }

  // A describer sets what is around an object's properties, or returns the whole text if nothing is in it.

  function describeObject(ctx, shape, value) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    if (shape.name !== "Object" || shape.tag !== "") shape.open = prefix(shape, "Object") + "{";
    if (isBare(shape)) return shape.open + "}";
  }

  function describeArguments(ctx, shape, value) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    shape.open = shape.name === null ? prefix(shape, "Arguments") + "{" : "[Arguments] {";
    if (isBare(shape)) return shape.open + "}";
  }

  function describeList(ctx, shape, value, size, kind) {
    shape.keys = ownKeys(value, ctx.showHidden, true);
    shape.open =
      (kind !== "Array" || shape.name !== "Array" || shape.tag !== "" ? prefix(shape, kind, "(" + size + ")") : "") +
      "[";
    shape.close = "]";
    shape.list = true;
    if (size === 0 && isBare(shape) && (kind === "Array" || !ctx.showHidden)) return shape.open + "]";
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
    if (list[1] === 0 && isBare(shape)) return shape.open + "}";
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
    if (typed && isBare(shape)) return shape.open + " byteLength: " + read(value, "byteLength") + " }";
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
      const above = name === null ? "[null prototype]" : parent === null ? "" : read(parent, "name");
      text += (above ? " extends " + toText(above) : "") + "]";
    } else {
      const type = functionKinds[kind] === true ? kind : "Function";
      text =
        "[" +
        type +
        (name === null ? " (null prototype)" : "") +
        (own === "" ? " (anonymous)" : ": " + toText(own)) +
        "]";
      if (name !== type && name !== null) text += " " + name;
      if (tag !== "" && name !== tag) text += " [" + tag + "]";
    }
    if (isBare(shape)) return text;
    shape.base = text;
  }

  function describeRegExp(ctx, shape, value) {
    const text = prefix(shape, "RegExp");
    return describeText(ctx, shape, value, (text === "RegExp " ? "" : text) + regExpText(value));
  }

  function describeDate(ctx, shape, value) {
    const time = primitive(value);
    const text = prefix(shape, "Date");
    return describeText(
      ctx,
      shape,
      value,
      (text === "Date " ? "" : text) + (time === time ? isoText(value) : "Invalid Date"),
    );
  }

  function describeText(ctx, shape, value, text) {
    shape.keys = ownKeys(value, ctx.showHidden, false);
    if (isBare(shape)) return text;
    shape.base = text;
  }

  function describeBoxed(ctx, shape, value, kind) {
    const { name, tag } = shape;
    let text = "[" + kind;
    if (name !== kind) text += name === null ? " (null prototype)" : " (" + name + ")";
    text += ": " + formatPrimitive(ctx, primitive(value)) + "]";
    if (tag !== "" && tag !== name) text += " [" + tag + "]";
    shape.keys = ownKeys(value, ctx.showHidden, kind === "String");
    if (isBare(shape)) return text;
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

  const {
    arrayItems,
    typedItems,
    bufferItems,
    sizeItems,
    viewItems,
    setItems,
    mapItems,
    pairItems,
    promiseItems,
    unknownItems,
    exportItems,
  } = native.items({ NAMED, ELEMENT, formatValue, formatInside, formatPrimitive, formatProperty, formatKey });
  const functionKinds = { __proto__: null, AsyncFunction: true, GeneratorFunction: true, AsyncGeneratorFunction: true };
  const describers = {
    __proto__: null,
    Array: describeArray,
    Arguments: describeArguments,
    Map: describeCollection,
    Set: describeCollection,
    "Map Iterator": describeIterator,
    "Set Iterator": describeIterator,
    ArrayBuffer: describeBuffer,
    SharedArrayBuffer: describeBuffer,
    DataView: describeView,
    Error: describeError,
    DOMException: describeError,
    RegExp: describeRegExp,
    Date: describeDate,
    Number: describeBoxed,
    String: describeBoxed,
    Boolean: describeBoxed,
    Symbol: describeBoxed,
    BigInt: describeBoxed,
    Promise: describePromise,
    WeakMap: describeWeak,
    WeakSet: describeWeak,
    Module: describeModule,
  };
  for (const size of [
    "Int8",
    "Uint8",
    "Uint8Clamped",
    "Int16",
    "Uint16",
    "Int32",
    "Uint32",
    "BigInt64",
    "BigUint64",
    "Float16",
    "Float32",
    "Float64",
  ])
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
    if (isBare(shape)) return stack;
    shape.base = stack;
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

  native.inspection = { inspect, formatBare };
});
