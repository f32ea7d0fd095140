const local = Symbol("local");
const shared = Symbol.for("shared");
const object = {
  [local]: 1,
  [shared]: 2,
  [Symbol.toStringTag]: "Tagged",
  *[Symbol.iterator]() { yield* [1, 2]; },
  [Symbol.toPrimitive]: (hint) => hint,
};
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } }
const names = Object.getOwnPropertySymbols(object).map((s) => s.description).join();
console.log(object[local], object[Symbol.for("shared")], Symbol.keyFor(shared), Symbol.keyFor(local));
console.log(String(object[Symbol.toStringTag]), [...object].join(), `${object}`, object * 1, object + "");
console.log(2 instanceof Even, 3 instanceof Even, names, local.toString(), Object.prototype.toString.call(object));
