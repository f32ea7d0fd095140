// Builtins as they were at boot, as functions of the object that they are called on: programs may replace the methods.
(function (native) {
  "use strict";
  const { bind, call } = Function.prototype;
  const { slice, indexOf, repeat, padStart, padEnd, codePointAt, trimEnd } = String.prototype;
  const { hasOwnProperty: hasOwn, propertyIsEnumerable: isEnumerable } = Object.prototype;
  const { exec, toString: regExpText } = RegExp.prototype;
  const { join } = Array.prototype;
  const { toISOString: isoText } = Date.prototype;
  const { get: typedLength } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array).prototype, "length");

  const builtins = {
    slice,
    indexOf,
    repeat,
    padStart,
    padEnd,
    codePointAt,
    trimEnd,
    hasOwn,
    isEnumerable,
    exec,
    regExpText,
    join,
    isoText,
    typedLength,
    call,
  };
  for (const name in builtins) builtins[name] = bind.call(call, builtins[name]);
  native.builtins = builtins;
});
