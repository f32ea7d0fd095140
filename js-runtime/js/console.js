// `console`, with the texts that Node prints.
// See https://console.spec.whatwg.org and https://nodejs.org/docs/latest-v20.x/api/console.html.
(function (native) {
  "use strict";
  const { slice, indexOf, repeat, trimEnd, hasOwn } = native.builtins;
  const { print, ownValue, table: tableText } = native;
  const { inspect, formatBare } = native.inspection;
  const { NONE, LONGEST_CHAIN, read, target, prototypeOf, isBuiltin } = native.reflection;
  const { indented } = native.layout;
  const { toPrimitive } = Symbol;
  const { isArray } = Array;
  const { stringify } = JSON;
  const { floor, round } = Math;
  const [toText, toNumber, toFloat, toInteger] = [String, Number, parseFloat, parseInt];
  const clock = globalThis.performance ? performance.now.bind(performance) : Date.now;
  const { captureStackTrace } = Error;
  const LOG = 0;
  const ERROR = 1;

  const whole = { showHidden: true, showProxy: true, depth: 4 };

  function isObject(value) {
    return (typeof value === "object" && value !== null) || typeof value === "function";
  }

  function formatOne(value) {
    if (typeof value === "string") return value;
    return isObject(value) ? inspect(value) : formatBare(value);
  }

  function format(values) {
    const { length } = values;
    if (length === 0) return "";
    const first = values[0];
    if (length > 1 && typeof first === "string" && indexOf(first, "%") >= 0) return formatDirectives(first, values);
    let text = formatOne(first);
    for (let i = 1; i < length; i++) text += " " + formatOne(values[i]);
    return text;
  }

  // A text in which `%s` and its like stand for the values behind it; what is left of these follows.
  function formatDirectives(pattern, values) {
    let text = "";
    let used = 1;
    let from = 0;
    for (let at = 0; (at = indexOf(pattern, "%", at)) >= 0 && at < pattern.length - 1; at += 2) {
      const directive = pattern[at + 1];
      let value;
      if (directive === "%") value = "%";
      else if (used === values.length) continue;
      else {
        value = formatDirective(directive, values[used]);
        if (value === undefined) continue;
        used++;
      }
      text += slice(pattern, from, at) + value;
      from = at + 2;
    }
    text += slice(pattern, from);
    for (; used < values.length; used++) text += " " + formatOne(values[used]);
    return text;
  }

  // `undefined` for what is no directive.
  function formatDirective(directive, value) {
    switch (directive) {
      case "s":
        if (typeof value === "object" && value !== null)
          return hasBuiltinText(value) ? inspect(value, { depth: 0 }) : toText(value);
        return typeof value === "function" ? toText(value) : formatOne(value);
      case "d":
        if (typeof value === "bigint") return formatBare(value);
        return typeof value === "symbol" ? "NaN" : formatBare(toNumber(value));
      case "i":
        if (typeof value === "bigint") return formatBare(value);
        return typeof value === "symbol" ? "NaN" : formatBare(toInteger(value));
      case "f":
        return typeof value === "symbol" ? "NaN" : formatBare(toFloat(value));
      case "j":
        return json(value);
      case "O":
        return inspect(value);
      case "o":
        return inspect(value, whole);
      case "c":
        return "";
    }
  }

  function json(value) {
    try {
      return toText(stringify(value));
    } catch (error) {
      // Node's "Converting circular structure", QuickJS's "circular reference"
      const message = read(error, "message");
      if (typeof message === "string" && indexOf(message, "circular") >= 0) return "[Circular]";
      throw error;
    }
  }

  // Whether `String(value)` would run a builtin, which says less than `inspect`.
  function hasBuiltinText(value) {
    let object = target(value);
    if (object === null || typeof read(object, "toString") !== "function") return true;
    const isMaker = () => hasOwn(object, "toString") || hasOwn(object, toPrimitive);
    if (isMaker()) return false;
    let steps = 0;
    do object = prototypeOf(object);
    while (object !== null && !isMaker() && steps++ < LONGEST_CHAIN);
    return object === null || isBuiltin(ownValue(object, "constructor", NONE));
  }

  // The lines of `console.group` stand this far in.
  let indent = 0;

  // What shows objects is reached by way of this object only, so that it can be taken out (`console.c`).
  const formatter = { __proto__: null, format };

  function write(level, values) {
    const { length } = values;
    const value = values[0];
    let text = "";
    if (length === 1 && typeof value === "string") text = value;
    else if (length === 1 && !isObject(value)) text = formatBare(value);
    else if (length > 0) text = formatter.format(values);
    if (indent > 0) text = repeat(" ", indent) + indented(text, indent);
    print(level, text + "\n");
  }

  const counts = { __proto__: null };
  const timers = { __proto__: null };

  function warn(text) {
    write(ERROR, ["Warning: " + text]);
  }

  function showTimer(label, method, values) {
    const start = timers[label];
    if (start === undefined) return warn("No such label '" + label + "' for console.time" + method + "()");
    const text = label + ": " + duration(clock() - start);
    write(LOG, [values.length > 0 ? text + " " + format(values) : text]);
  }

  // `1.5ms`, `2.123s`, `1:02.500 (m:ss.mmm)`, `1:00:00 (h:mm:ss)`
  function duration(time) {
    const two = (number) => (number < 10 ? "0" : "") + number;
    if (time < 1000) return round(time * 1000) / 1000 + "ms";
    if (time < 60e3) return round(time) / 1000 + "s";
    time = round(time);
    const seconds = floor(time / 1000);
    const minutes = floor(seconds / 60);
    if (minutes >= 60) return floor(minutes / 60) + ":" + two(minutes % 60) + ":" + two(seconds % 60) + " (h:mm:ss)";
    return minutes + ":" + two(seconds % 60) + "." + slice("" + (1000 + (time % 1000)), 1) + " (m:ss.mmm)";
  }

  // What names a method keeps it, also here.
  let traced;
  const console = {
    log(...values) {
      write(LOG, values);
    },
    warn(...values) {
      write(ERROR, values);
    },
    error(...values) {
      write(ERROR, values);
    },
    info(...values) {
      write(LOG, values);
    },
    debug(...values) {
      write(LOG, values);
    },
    dirxml(...values) {
      write(LOG, values);
    },
    dir(value, options) {
      write(LOG, [inspect(value, { customInspect: false, ...options })]);
    },
    table(data, properties) {
      if (typeof data !== "object" || data === null) return write(LOG, [data]);
      if (properties !== undefined && !isArray(properties))
        throw new TypeError("console.table: the properties are not an array");
      write(LOG, [tableText(data, properties)]);
    },
    trace(...values) {
      const at = {};
      captureStackTrace(at, traced);
      const message = format(values);
      const stack = read(at, "stack");
      // The engine's has only frames, Node's also a first line.
      const frames = typeof stack === "string" ? indexOf("\n" + stack, "\n    at") : -1;
      write(ERROR, [
        (message === "" ? "Trace" : "Trace: " + message) + (frames < 0 ? "" : "\n" + trimEnd(slice(stack, frames))),
      ]);
    },
    assert(condition, ...values) {
      if (condition) return;
      const { length } = values;
      values[0] = length === 0 ? "Assertion failed" : "Assertion failed: " + toText(values[0]);
      write(ERROR, values);
    },
    count(label = "default") {
      label = toText(label);
      const count = (counts[label] = (counts[label] ?? 0) + 1);
      write(LOG, [label + ": " + count]);
    },
    countReset(label = "default") {
      label = toText(label);
      if (counts[label] === undefined) return warn("Count for '" + label + "' does not exist");
      counts[label] = 0;
    },
    group(...values) {
      if (values.length > 0) write(LOG, values);
      indent += 2;
    },
    groupCollapsed(...values) {
      if (values.length > 0) write(LOG, values);
      indent += 2;
    },
    groupEnd() {
      if (indent > 0) indent -= 2;
    },
    time(label = "default") {
      label = toText(label);
      if (timers[label] !== undefined) return warn("Label '" + label + "' already exists for console.time()");
      timers[label] = clock();
    },
    timeLog(label = "default", ...values) {
      showTimer(toText(label), "Log", values);
    },
    timeEnd(label = "default") {
      label = toText(label);
      showTimer(label, "End", []);
      timers[label] = undefined;
    },
    clear() {},
  };
  traced = console.trace;
  const hidden = (value) => ({ value, writable: true, configurable: true, enumerable: false });
  Object.defineProperty(console, Symbol.toStringTag, { value: "console", configurable: true });
  Object.defineProperty(globalThis, "console", hidden(console));
  native.watchConsole(console, formatter);
});
