// Lists every builtin function by an expression for it: `group<TAB>expression` a line. A group is what stands on one object.
console.log("");
const seen = new Set();
const roots = [
  ["globalThis", globalThis],
  ["[].values()", [].values()],
  ["''[Symbol.iterator]()", ""[Symbol.iterator]()],
  ["new Map().entries()", new Map().entries()],
  ["new Set().values()", new Set().values()],
  ["''.matchAll(/x/g)", "".matchAll(/x/g)],
  ["Iterator.from({ next() {} })", Iterator.from({ next() {} })],
  ["[].values().map((x) => x)", [].values().map((x) => x)],
  ["Iterator.concat([])", Iterator.concat([])],
  ["(function* () {})", function* () {}],
  ["(async function* () {})", async function* () {}],
  ["(async () => {})", async () => {}],
  ["(function () { 'use strict'; return arguments; })()", (function () { "use strict"; return arguments; })()],
  ["Proxy.revocable({}, {})", Proxy.revocable({}, {})],
  ["((all) => (new Promise((...both) => all.push(...both)), all))([])", ((all) => (new Promise((...both) => all.push(...both)), all))([])],
];
// They do what is not compared: they write, make code, and tell the time or the stack.
const leftOut = /^globalThis\.(Javy|console|eval)\b|\.prepareStackTrace/;

function visit(path, object) {
  if (seen.has(object)) return;
  seen.add(object);
  for (const key of Reflect.ownKeys(object)) {
    const name = typeof key === "symbol" ? key.description : key;
    const part = typeof key === "symbol" || /^\d/.test(name) ? `[${name}]` : `.${name}`;
    const shown = typeof key === "symbol" ? name : JSON.stringify(name);
    const { value, get, set } = Object.getOwnPropertyDescriptor(object, key);
    const accessor = `Object.getOwnPropertyDescriptor(${path}, ${shown})`;
    for (const [inner, expression] of [[value, path + part], [get, `${accessor}.get`], [set, `${accessor}.set`]]) {
      if ((typeof inner !== "object" || inner === null) && typeof inner !== "function") continue;
      if (leftOut.test(expression)) continue;
      if (typeof inner === "function" && !seen.has(inner) && !/Function$/.test(inner.name))
        console.log(`${path}\t${expression}`);
      visit(expression, inner);
    }
  }
  const prototype = Object.getPrototypeOf(object);
  if (prototype) visit(`Object.getPrototypeOf(${path})`, prototype);
}
for (const [path, root] of roots) visit(path, root);
