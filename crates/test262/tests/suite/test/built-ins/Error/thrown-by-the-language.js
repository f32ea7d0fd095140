/*---
description: The language throws errors of the right kinds
---*/
assert.throws(TypeError, () => null.x);
assert.throws(TypeError, () => undefined());
assert.throws(ReferenceError, () => undeclared);
assert.throws(RangeError, () => new Array(-1));
assert.throws(URIError, () => decodeURIComponent("%"));
assert.throws(SyntaxError, () => JSON.parse("{"));
assert.throws(TypeError, () => { for (var x of 1); });
assert.throws(TypeError, () => new (() => {})());
assert.throws(TypeError, () => { "use strict"; Object.freeze([]).push(1); });
