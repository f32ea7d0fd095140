// Methods of regular expressions and promises that ask any object for its species.
console.log("starts");
const object = {
  get flags() {
    return "";
  },
  toString: () => "b",
  exec: () => null,
};
console.log([...RegExp.prototype[Symbol.matchAll].call(object, "abc")].length);
console.log(RegExp.prototype[Symbol.split].call(object, "abc").join());
console.log(Promise.prototype.finally.call({ then: (f) => typeof f }, () => 1));
