// Not for Node, whose older versions have no iterator helpers.
// What was made or put on builtins before the program goes on, by code that named it and is gone.
class Countdown extends Iterator {
  left = 3;
  next() {
    return { done: this.left === 0, value: this.left-- };
  }
}
const countdown = new Countdown();
const iterators = [[1, 2].values(), new Map([[3, 4]]).entries(), "a1b2".matchAll(/\d/g), "xy"[Symbol.iterator]()];
globalThis.list = Array.prototype.values;
globalThis.large = 5n;
Math.larger = 6n;
Array.prototype.largest = 7n;
globalThis.power = Math.pow;
globalThis.sign = Symbol("sign");
class Later {
  then(resolve) {
    resolve("later");
  }
}
const later = new Later();

console.log(countdown.map((n) => n * 2).toArray());
for (const iterator of iterators) console.log(iterator.map(String).toArray());
console.log(globalThis.list.call([1, 2]).map((n) => n + 1).toArray());
console.log(String(globalThis.large * Math.larger - [].largest));
console.log(globalThis.power(2, 10));
console.log(globalThis.sign.toString(), globalThis.sign.description);
console.log(await later, await Promise.all([later]));
