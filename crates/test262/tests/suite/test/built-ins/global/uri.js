/*---
description: Texts are encoded for addresses
---*/
assert.sameValue(encodeURIComponent("a b&ü€\u{1F600}"), "a%20b%26%C3%BC%E2%82%AC%F0%9F%98%80");
assert.sameValue(encodeURI("http://x/?q=a b#c"), "http://x/?q=a%20b#c");
assert.sameValue(decodeURI("%41%2F"), "A%2F");
assert.throws(URIError, () => encodeURIComponent("\ud800"));
