/*---
description: What every test has
defines: [Test262Error, $DONOTEVALUATE]
---*/

function Test262Error(message) {
  this.message = message || "";
}
Test262Error.prototype.toString = function () {
  return "Test262Error: " + this.message;
};

function $DONOTEVALUATE() {
  throw "Test262: a text with an early error was evaluated";
}
