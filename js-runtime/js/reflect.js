// Looks at values without running the program's code where that can be. For `inspect.js` and `console.js`.
(function (native) {
  "use strict";
  const { classOf, proxyDetails, ownValue } = native;
  const { getPrototypeOf } = Object;
  const global = globalThis;
  const toText = String;

  // What `ownValue` gives for an accessor and where there is no property.
  const NONE = {};
  // A proxy can be an object's own prototype; no chain is followed further than this.
  const LONGEST_CHAIN = 1000;

  // A property that may be an accessor or a trap, and then may throw.
  function read(object, key) {
    try {
      return object[key];
    } catch {
      return undefined;
    }
  }

  // The innermost target of a proxy, `null` for a revoked one; any other object itself.
  function target(object) {
    while (classOf(object) === "Proxy") {
      const details = proxyDetails(object);
      if (details === null) return null;
      object = details[0];
    }
    return object;
  }

  function prototypeOf(object) {
    const prototype = getPrototypeOf(object);
    return prototype === null ? null : target(prototype);
  }

  function isInstance(value, prototype) {
    let steps = 0;
    for (let object = prototypeOf(value); object !== null && steps++ < LONGEST_CHAIN; object = prototypeOf(object))
      if (object === prototype) return true;
    return false;
  }

  // A text for a name or a message that need not be one.
  function text(value) {
    try {
      return toText(value);
    } catch {
      return "";
    }
  }

  function hasProperty(object, key) {
    try {
      return key in object;
    } catch {
      return false;
    }
  }

  // Whether a constructor is one of the language's.
  function isBuiltin(constructor) {
    if (typeof constructor !== "function") return false;
    const name = read(constructor, "name");
    return typeof name === "string" && name !== "" && ownValue(global, name, NONE) === constructor;
  }

  native.reflection = { NONE, LONGEST_CHAIN, read, text, hasProperty, target, prototypeOf, isInstance, isBuiltin };
});
