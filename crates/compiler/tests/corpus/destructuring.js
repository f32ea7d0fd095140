const calls = [];
const trace = (value) => { calls.push(value); return value; };
const { a, b: { c = trace("default"), ...rest }, ...others } = { a: 1, b: { d: 2, e: 3 }, f: 4, g: 5 };
const [x, , y = trace("y"), ...tail] = "hello";
let [p, q] = [1, 2];
[p, q] = [q, p];
const { length } = "four", { [trace("a") + "b"]: computed = 9 } = { ab: 8 };
function f({ name = "none", list: [first = 0] = [] } = {}, ...more) { return [name, first, more.length].join("/"); }
const target = {};
({ x: target.one, y: [target.two] } = { x: 1, y: [2] });
console.log(a, c, JSON.stringify(rest), JSON.stringify(others), x, y, tail.join(""), p, q);
console.log(length, computed, f(), f({ name: "n", list: [7] }, 1, 2), JSON.stringify(target), calls.join());
try { const { z } = null; } catch (error) { console.log(error.name); }
