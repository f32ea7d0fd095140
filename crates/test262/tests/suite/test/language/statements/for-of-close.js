/*---
description: A loop that is left closes its iterator, one that ends does not
---*/
function make() {
  return {
    closed: 0,
    i: 0,
    next() { return { value: this.i, done: this.i++ === 3 }; },
    return() { this.closed++; return {}; },
    [Symbol.iterator]() { return this; },
  };
}
var a = make(), b = make(), c = make();
for (var x of a);
for (var x of b) break;
assert.throws(RangeError, function () { for (var x of c) throw new RangeError(); });
assert.compareArray([a.closed, b.closed, c.closed], [0, 1, 1]);
