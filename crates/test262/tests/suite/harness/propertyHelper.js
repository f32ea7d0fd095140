/*---
description: Verifies properties by what their attributes do
defines: [verifyProperty]
---*/

function verifyProperty(object, name, expected) {
  var actual = Object.getOwnPropertyDescriptor(object, name);
  assert.sameValue(typeof actual, "object", name);
  for (var key in expected) assert.sameValue(actual[key], expected[key], name + " " + key);
  assert.sameValue(Object.prototype.propertyIsEnumerable.call(object, name), actual.enumerable, name);
  if ("value" in actual) {
    var other = actual.value === "other" ? "another" : "other";
    var isWritten = Reflect.set(object, name, other) && object[name] === other;
    assert.sameValue(isWritten, actual.writable, name + " writable");
  }
  assert.sameValue(Reflect.deleteProperty(object, name), actual.configurable, name + " configurable");
  if (actual.configurable) Object.defineProperty(object, name, actual);
}
