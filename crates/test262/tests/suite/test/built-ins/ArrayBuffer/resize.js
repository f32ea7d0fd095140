/*---
description: Buffers are resized, transferred and detached
includes: [detachArrayBuffer.js]
---*/
var b = new ArrayBuffer(4, { maxByteLength: 8 });
var a = new Uint8Array(b);
b.resize(8);
assert.sameValue(a.length, 8);
var c = b.transfer(2);
assert.sameValue(b.detached, true);
assert.sameValue(a.length + c.byteLength, 2);
$DETACHBUFFER(c);
assert.throws(TypeError, () => c.slice(0));
