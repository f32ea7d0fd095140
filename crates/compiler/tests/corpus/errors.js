// Not for Node: its stacks look alike, but its columns are others.
class CartError extends Error {
  name = "CartError";
  constructor(message, options) { super(message, options); this.code = 7; }
}
function fail() { throw new CartError("no lines", { cause: new TypeError("inner") }); }
let error;
try { fail(); } catch (caught) { error = caught; }
const made = new RangeError("made early");
const many = new AggregateError([error, made], "many");
console.log(String(error), error.code, error.cause.message, error instanceof CartError, Object.keys(error).join());
console.log(error.stack.trim());
console.log(made.stack.trim());
console.log(many.errors.length, many.message, "stack" in many, Object.prototype.toString.call(made));
fail();
