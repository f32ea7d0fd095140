// What an error says of itself, with its stack. For `inspect.js`.
(function (native) {
  "use strict";
  const { slice, indexOf, exec } = native.builtins;
  const { classOf } = native;
  const { read, text } = native.reflection;
  const { prefix, lines } = native.layout;

  // The name of a class in a text that begins with one.
  const classInStack = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/;
  const classAlone = /^([a-z_A-Z0-9-]*Error)$/;

  // What the error says of itself and, below, its frames.
  function errorStack(error) {
    const stack = read(error, "stack");
    if (stack) return text(stack);
    const own = read(error, "name");
    const name = own === undefined ? "Error" : text(own);
    const message = text(read(error, "message") ?? "");
    return name === "" ? message : message === "" ? name : name + ": " + message;
  }

  // Puts the class into a stack that begins with the name of a class above.
  function namedStack(shape, stack, name) {
    let { length } = name;
    if (shape.name !== null) {
      if (slice(name, -5) !== "Error" || slice(stack, 0, length) !== name) return stack;
      if (stack.length !== length && stack[length] !== ":" && stack[length] !== "\n") return stack;
    }
    let fallback = "Error";
    if (shape.name === null) {
      const start = exec(classInStack, stack) ?? exec(classAlone, stack);
      fallback = start === null ? "" : start[1];
      ({ length } = fallback);
      if (length === 0) fallback = "Error";
    }
    const wanted = slice(prefix(shape, fallback), 0, -1);
    if (name === wanted) return stack;
    if (indexOf(wanted, name) < 0) return wanted + " [" + name + "]" + slice(stack, length);
    return length === 0 ? wanted + ": " + stack : wanted + slice(stack, length);
  }

  // Leaves out the frames that the error shares with its cause, if they are more than three.
  function withoutShared(stack, cause) {
    if (typeof cause !== "object" || cause === null || classOf(cause) !== "Error") return stack;
    const below = errorStack(cause);
    const start = indexOf(below, "\n    at");
    if (start < 0) return stack;
    const ours = lines(stack);
    const theirs = lines(slice(below, start));
    for (let i = 1; i < ours.length - 3; i++) {
      let at = 1;
      while (at < theirs.length && theirs[at] !== ours[i]) at++;
      let shared = 0;
      while (at + shared < theirs.length && i + shared < ours.length && theirs[at + shared] === ours[i + shared])
        shared++;
      if (shared <= 3) continue;
      let text = "";
      for (let j = 1; j < ours.length; j++) {
        if (j === i + 1) text += "\n    ... " + (shared - 2) + " lines matching cause stack trace ...";
        if (j <= i || j >= i + shared - 1) text += "\n" + ours[j];
      }
      return text;
    }
    return stack;
  }

  native.errors = { errorStack, namedStack, withoutShared };
});
