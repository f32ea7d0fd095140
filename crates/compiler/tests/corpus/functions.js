// Needs --allow-eval
function named(a, b = 2, ...rest) { return [a, b, rest.length, arguments.length, new.target === undefined].join(); }
const bound = named.bind(null, 1, 5);
const self = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); };
const dynamic = new Function("a", "b", "return a + b");
var hoisted = typeof later;
function later() {}
const method = { name() { return super.toString === Object.prototype.toString; } };
Object.defineProperty(named, "extra", { value: "kept" });
const indirect = (0, eval)("var fromEval = 5; fromEval * 2");
console.log(named(1), bound(2, 3), self(10), dynamic(2, 3), hoisted, method.name(), indirect, globalThis.fromEval);
console.log(named.name, named.length, bound.name, bound.length, (() => {}).name, named.extra, self.name, dynamic.name);
console.log(typeof named.prototype, named.call(null, 1, undefined), named.apply(null, [1, 2, 3, 4]), [1, 2, 3].map(parseInt).join());
