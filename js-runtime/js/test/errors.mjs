import { each, equal, runtime, same, sameDir } from "./check.mjs";

class Failure extends Error {}
class FailureError extends Error {}
class Named extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "NamedError";
  }
}
class ByPrototype extends TypeError {
  get name() {
    return "Special";
  }
}
class Coded extends RangeError {
  code = "E_CODE";
  detail = { a: { b: { c: 1 } } };
}
function Old(message) {
  this.message = message;
}
Old.prototype = Object.create(Error.prototype, { constructor: { value: Old } });

function deep(levels, make) {
  return levels === 0 ? make() : deep(levels - 1, make);
}

function makeAll() {
  const renamed = new Error("x");
  renamed.name = "Renamed";
  const changed = new Error("before");
  changed.message = "after";
  const noStack = new Error("x");
  delete noStack.stack;
  const cause = deep(3, () => new Error("inner"));
  return [
    new Error(),
    new Error("message"),
    new Error("two\nlines"),
    new TypeError("type"),
    new RangeError(""),
    new Failure("own class"),
    new FailureError("own class"),
    new FailureError(),
    new Named("named"),
    new ByPrototype("by"),
    new Coded("coded"),
    new (class extends Error {})("anonymous"),
    new Old("old"),
    renamed,
    changed,
    noStack,
    Object.assign(new Error("x"), { a: 1, b: { c: 2 } }),
    Object.assign(new Error("x"), { name: 5 }),
    Object.assign(new Error("x"), { message: { a: 1 } }),
    Object.assign(new Error("x"), { stack: "custom stack" }),
    Object.assign(new Error("x"), { stack: "" }),
    Object.assign(new Error("x"), { stack: undefined }),
    Object.assign(new Error("x"), { stack: "First: line\n    at somewhere" }),
    new Error("outer", { cause }),
    new Error("outer", { cause: "text" }),
    new Error("outer", { cause: { a: 1 } }),
    deep(5, () => new Error("outer", { cause: deep(9, () => new Error("inner", { cause })) })),
    deep(20, () => new Error("outer", { cause: new Error("inner") })),
    new Error("x", { cause: undefined }),
    new AggregateError([new Error("one"), 2], "many"),
    new AggregateError([]),
    Object.assign(new Error("x"), { errors: [1, new Error("y")] }),
    Object.create(Error.prototype),
    Object.create(new Error("x")),
    Object.setPrototypeOf(new Error("bare"), null),
    Object.setPrototypeOf(new FailureError("bare"), null),
    Object.assign(new Error("x"), { [Symbol.toStringTag]: "T" }),
    Object.defineProperty(new Error("x"), "cause", { value: 1, enumerable: true }),
    new EvalError("e"),
    new URIError("u"),
  ];
}

export default function () {
  const limit = Error.stackTraceLimit;
  for (Error.stackTraceLimit of [0, 1, 4, 10, 50]) {
    for (const error of makeAll()) {
      same(error);
      same({ error });
      same([[[error]]]);
      same({ a: { b: { c: { error } } } });
      same(new Map([["key", error]]));
      same("text", error, "text");
      same("%s|%o|%O", error, error, error);
      sameDir(error, { depth: 0 });
    }
  }
  Error.stackTraceLimit = limit;
  each([new DOMException("aborted", "AbortError"), [new DOMException("aborted")]]);
  each([new Set([new Error("x")]), Promise.resolve(new Error("x"))]);

  // The engine's stacks begin with what the error says of itself when it is first asked.
  const engineStack = (error, frames) =>
    Object.defineProperty(error, "stack", { value: `${error}\n${frames}`.trimEnd(), configurable: true });
  const printed = (value) => {
    runtime.native.prints.length = 0;
    runtime.console.log(value);
    return runtime.native.prints[0][1];
  };
  const frames = "    at f (index.js:1:2)\n    at <anonymous> (index.js:3:4)\n";
  equal(printed(engineStack(new Error("m"), frames)), `Error: m\n${frames}`, "header and frames");
  equal(printed(engineStack(new Error(), frames)), `Error\n${frames}`, "no message");
  equal(printed(engineStack(new Named("m"), frames)), `Named [NamedError]: m\n${frames}`, "own name");
  equal(printed(engineStack(new FailureError("m"), frames)), `FailureError: m\n${frames}`, "own class");
  equal(printed(engineStack(new Failure("m"), frames)), `Failure [Error]: m\n${frames}`, "a class of another name");
  equal(printed(engineStack(new ByPrototype("m"), frames)), `Special: m\n${frames}`, "a name by the class");
  equal(printed(engineStack(new Error("m"), "")), "[Error: m]\n", "no frames");
  const indented = frames.replaceAll("    at", "      at").trimEnd();
  equal(printed({ e: engineStack(new Error("m"), frames) }), `{\n  e: Error: m\n${indented}\n}\n`, "nested");
  const coded = Object.assign(engineStack(new Error("m"), frames), { code: 1 });
  equal(printed(coded), `Error: m\n${frames.trimEnd()} {\n  code: 1\n}\n`, "with properties");
  const caused = engineStack(new Error("m", { cause: engineStack(new Error("c"), frames) }), frames);
  equal(printed(caused), `Error: m\n${frames.trimEnd()} {\n  [cause]: Error: c\n${indented}\n}\n`, "with a cause");
}
