/*---
description: Assertions
defines: [assert]
---*/

function assert(value, message) {
  if (value !== true) throw new Test262Error(message || "it is not true");
}

assert.isSame = function (a, b) {
  return a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b;
};

assert.show = function (value) {
  return typeof value === "string" ? '"' + value + '"' : typeof value === "object" && value !== null ? "an object" : String(value);
};

assert.sameValue = function (actual, expected, message) {
  if (!assert.isSame(actual, expected)) {
    throw new Test262Error((message || "") + " " + assert.show(actual) + " is not " + assert.show(expected));
  }
};

assert.notSameValue = function (actual, unexpected, message) {
  if (assert.isSame(actual, unexpected)) throw new Test262Error((message || "") + " is " + assert.show(actual));
};

assert.compareArray = function (actual, expected, message) {
  var isSame = actual.length === expected.length;
  for (var i = 0; i < expected.length && isSame; i++) isSame = assert.isSame(actual[i], expected[i]);
  if (!isSame) throw new Test262Error((message || "") + " a list of " + actual.length + " differs at " + (i - 1));
};

assert.isThrown = function (error, expected, message) {
  if (typeof error !== "object" || error === null || error.constructor !== expected) {
    throw new Test262Error((message || "") + " threw " + assert.show(error) + " and no " + expected.name);
  }
};

assert.throws = function (expected, f, message) {
  var error;
  try {
    f();
  } catch (thrown) {
    error = thrown;
  }
  assert.isThrown(error, expected, message);
};

assert.throwsAsync = async function (expected, f, message) {
  var error;
  try {
    await f();
  } catch (thrown) {
    error = thrown;
  }
  assert.isThrown(error, expected, message);
};
