/*---
description: Classes that extend builtins make objects of their kind
---*/
class List extends Array { get last() { return this.at(-1); } }
var list = List.of(1, 2, 3);
assert.sameValue(list.last, 3);
assert.sameValue(list.map((x) => x * 2) instanceof List, true);
assert.sameValue(list.length, 3);
class Failure extends Error { name = "Failure"; }
assert.sameValue(String(new Failure("m")), "Failure: m");
assert.sameValue(new Failure("m") instanceof Error, true);
class Bytes extends Uint8Array {}
assert.sameValue(new Bytes(2).subarray(1) instanceof Bytes, true);
