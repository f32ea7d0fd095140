// Not for Node, whose older versions have no iterator helpers.
// What is held but not named any more where the program goes on.
const encoder = new TextEncoder(), decoder = new TextDecoder();
const groups = Map.groupBy, objectGroups = Object.groupBy;
const proxy = new Proxy({ a: 1 }, { get: (target, key) => target[key] ?? key, has: () => true });
const take = Iterator.prototype.take, wrap = Iterator.from, list = Array.prototype.values;
const decode = atob;
const match = String.prototype.match, Pattern = RegExp, Big = BigInt, MySymbol = Symbol;
const parse = JSON.parse.bind(JSON), print = JSON.stringify;
const iterator = Symbol.iterator, keysOf = Reflect.ownKeys;
const held = { later: Promise.resolve("[1]").then(JSON.parse), set: new Set([Math.max]), made: new Map([["min", Math.min]]) };
const Moment = Date, Bytes = Uint16Array, Weak = WeakMap;
class Range {
  [iterator]() {
    let i = 0;
    return { next: () => ({ done: i > 2, value: i++ }) };
  }
}
const range = new Range();
const generator = (function* () { yield encodeURIComponent; })();

console.log(encoder["encode"]("é").length, decoder["decode"](encoder["encode"]("ü")));
console.log([...groups([1, 2, 3], (n) => n % 2)].length, objectGroups([1, 2], (n) => n).length);
console.log(proxy.a, proxy.b, "c" in proxy);
console.log(take.call(list.call([1, 2, 3]), 2)["next"]()["value"], [...wrap({ next: () => ({ done: true }) })].length);
console.log(decode("YWI="));
try {
  decode("*");
} catch (error) {
  console.log(error.constructor === Error, String(error).slice(0, 12));
}
console.log(match.call("abc", "b").index, new Pattern("c+").source, Big(3) + Big(4), typeof MySymbol());
console.log(parse("[1, 2]", (key, value) => (key === "0" ? 9 : value))[0], print({ a: 1 }, null, 1));
console.log(keysOf({ a: 1, [iterator]: 2 }).length, [...range].join());
console.log([...held.set][0](1, 5), held.made.get("min")(4, 3));
console.log(new Moment(0).getTime(), new Bytes([70000])[0], new Weak([[held, 1]]).get(held));
console.log(generator["next"]()["value"]("ä"));
held.later.then((value) => console.log(value.length));
