// JSON.parse and JSON.stringify have a fast way and QuickJS's own: a reviver and an indentation of 0 take the latter.
// Both have to say the same on valid texts, and on values of every kind; texts broken by one character are valid for both or
// for none. How they put what is wrong differs.

let state = 20240229;
const random = (limit) => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return Math.floor((state / 4294967296) * limit);
};
const pick = (list) => list[random(list.length)];

const texts = [
  "", "a", "id", "plain text of some length", "quote \" and \\ slash", "\b\f\n\r\t\u0001\u001f", "\u007f\u0080\u00e9\u00ff",
  "\u0100\u20ac", "\ud83d\ude00", "\ud800", "\udc00 lone", "x\ud800\ud800\udc00", "0123456", "0123456\"", "01234567",
  "01234567\\", "012345678\n", "\u2028\u2029", "__proto__", "toJSON", "1", "01", "-1", "4294967295", "constructor", "a/b",
];
const numbers = [
  0, -0, 1, -1, 7, 10, 99, 2147483647, -2147483648, 2147483648, 4294967296, 1e21, 1.5, -0.1, 19.99, 1e-7, 5e-324,
  1.7976931348623157e308, 123456789012345, 1234567890123456, 9007199254740993, 0.1 + 0.2, NaN, Infinity, -Infinity,
];

function value(depth) {
  switch (random(depth > 0 ? 9 : 6)) {
    case 0: return pick(texts);
    case 1: return pick(numbers);
    case 2: return random(1000) - 500;
    case 3: return pick([true, false, null, undefined]);
    case 4: return pick(texts) + pick(texts);
    case 5: return random(1000000) / 1000;
    case 6: return Array.from({ length: random(6) }, () => value(depth - 1));
    default: {
      const object = {};
      for (let count = random(7); count > 0; count--) object[pick(texts)] = value(depth - 1);
      return object;
    }
  }
}

const spaced = (text) => text.replace(/[,:{}[\]](?=(?:[^"\\]|\\.|"(?:[^"\\]|\\.)*")*$)/g, (c) => c + pick(["", " ", "\n", "\t\r"]));
const attempt = (action) => {
  try {
    return action();
  } catch (error) {
    return error.name;
  }
};
const keep = (key, item) => item;
const slowText = (item) => JSON.stringify(item, undefined, 0);
const same = (what, fast, slow) => {
  if (fast !== slow) console.log("differ:", what, JSON.stringify(fast), JSON.stringify(slow));
};

let checks = 0;
for (let round = 0; round < 400; round++) {
  const original = value(4);
  const text = slowText(original);
  same("stringify", JSON.stringify(original), text);
  if (text === undefined) continue;
  const forms = [text, text.length < 300 ? spaced(text) : text];
  // One character taken out, doubled, or changed.
  for (let broken = 0; broken < 4; broken++) {
    const at = random(text.length);
    forms.push(text.slice(0, at) + pick(["", text[at] + text[at], "\"", "\\", "0", "-", ".", "e", " ", "\u0000", "{", "]"]) + text.slice(at + 1));
  }
  for (const form of forms) {
    const fast = attempt(() => slowText(JSON.parse(form)));
    const slow = attempt(() => slowText(JSON.parse(form, keep)));
    same(form, fast, slow);
    checks++;
  }
}
console.log("rounds compared", checks > 2000);

// What the fast way must leave to the other.
const cyclic = { a: 1 };
cyclic.self = cyclic;
let deep = null;
for (let i = 0; i < 300; i++) deep = i % 2 ? [deep] : { deep };
class Point {
  constructor() { this.x = 1; }
  toJSON() { return { point: this.x }; }
}
class Plain { y = 2; }
const hole = [1, , 3];
const long = [1, 2];
long.length = 4;
const order = [];
const withAccessor = { first: 1, get second() { order.push("second"); return 2; }, third: { toJSON(key) { order.push(key); return key; } } };
const named = () => 1;
named.toJSON = () => "function with toJSON";
const hidden = Object.defineProperty({ seen: 1 }, "hidden", { value: 2, enumerable: false });
const removed = { a: 1, b: 2, c: 3 };
delete removed.b;
const values = {
  cyclic, deep, point: new Point(), plain: new Plain(), hole, long, withAccessor, named, hidden, removed,
  indices: { b: 1, 2: "two", a: 2, 1: "one" }, symbols: { [Symbol("s")]: 1, s: Symbol("t") }, arrow: () => 1,
  list: [undefined, () => 1, Symbol("u")], date: new Date(0), boxed: [Object("s"), Object(1), Object(true)], big: 1n,
  map: new Map([[1, 2]]), bytes: new Uint8Array([1, 2]), proxy: new Proxy({ a: 1 }, {}), regexp: /x/, error: new Error("e"),
  nul: Object.create(null), inherited: Object.create({ toJSON: () => "inherited" }), arguments: (function () { return arguments; })(1, 2),
};
for (const [name, item] of Object.entries(values)) {
  const fast = attempt(() => JSON.stringify(item));
  same(name, fast, attempt(() => slowText(item)));
  console.log(name, String(fast).replace(/^(TypeError).*/s, "$1").slice(0, 120));
}
console.log(order.join());
Object.prototype.toJSON = function () { return "everything"; };
console.log(JSON.stringify({}), JSON.stringify([]), JSON.stringify(Object.create(null)));
delete Object.prototype.toJSON;
Array.prototype.toJSON = () => "array";
console.log(JSON.stringify({ list: [] }));
delete Array.prototype.toJSON;
for (const text of ['{"__proto__":1}', '{"a":1,"a":2,"b":3}', "[1,]", "{\"a\":1,}", "01", "-", "1.", "1e", "-0", " [ ] ", "nul", "tru", "\u00a01", '"\t"', "", "[", '{"a"', "1 2"])
  console.log(JSON.stringify(text), attempt(() => slowText(Object.getOwnPropertyDescriptors([JSON.parse(text)]))).replace(/^SyntaxError.*/, "SyntaxError"));
