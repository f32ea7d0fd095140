function price(line) {
  return line.cost.amount;
}

export function throws() {
  return [{}].map(price);
}

export function throwsWithCause() {
  try {
    price(null);
  } catch (cause) {
    throw new RangeError("no price", { cause });
  }
}

export function throwsText() {
  throw "no luck";
}

export function throwsObject() {
  throw { code: 7, why: ["a", "b"] };
}

export function throwsUndefined() {
  throw undefined;
}

export function throwsProxy() {
  throw new Proxy({}, {
    get() {
      throw new Error("from the trap");
    },
  });
}

export function throwsDeep() {
  const down = (n) => {
    if (n === 0) throw new Error("at the bottom\nof two lines");
    return down(n - 1);
  };
  return down(100);
}

export async function rejects() {
  throw new TypeError("no luck");
}

export async function rejectsLater() {
  for (let n = 0; n < 3; n++) await n;
  return price(undefined);
}

export function rejectsAside() {
  Promise.reject(new Error("nobody listens"));
  return 1;
}

export function neverSettles() {
  return new Promise(() => {});
}

export function thenableNeverSettles() {
  return { then() {} };
}

export function returnsCycle() {
  const cart = { lines: [] };
  cart.lines.push({ cart });
  return cart;
}

export function returnsBigInt() {
  return { total: 10n };
}

export function toJsonThrows() {
  return {
    toJSON() {
      throw new SyntaxError("no JSON");
    },
  };
}

export function getterThrows() {
  return {
    get total() {
      return price({});
    },
  };
}

export function recurses() {
  const depth = (n) => depth(n + 1) + 1;
  return depth(0);
}

export function recursesInCallbacks() {
  const depth = () => [1].map(depth);
  return depth();
}

export function recursesInJson() {
  const endless = { toJSON: () => JSON.stringify(endless) };
  return endless;
}

export function exhaustsMemory() {
  // More than the whole memory has: refused without the machine having to find it.
  return new Uint8Array(2 ** 31 - 1).length;
}

export function catchesExhaustedMemory() {
  let error;
  try {
    exhaustsMemory();
  } catch (caught) {
    error = caught;
  }
  return [error.name, error.message, "al" + "ive"];
}
