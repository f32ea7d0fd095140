// Not for Node: it has other builtins.
//
// What is left out by name is still listed, in its place, and there when it is asked for by a name made at run time.
console.log('start');

const join = (...parts) => parts.join('');
Array.prototype.extra = 1;
delete Array.prototype.concat;
console.log(join('fl', 'at') in Array.prototype, join('fl', 'at', 's') in Array.prototype);
console.log(Object.hasOwn(Object, join('from', 'Entries')), Object.hasOwn(Object.prototype, join('from', 'Entries')));
console.log(JSON.stringify(JSON.parse('{"flatMap":1,"trimEnd":[{"acosh":2}]}')));
console.log(join('Weak', 'Map') in globalThis, join('Weak', 'Maps') in globalThis);

for (const object of [Array, Array.prototype, Object, Object.prototype, String.prototype, Math, JSON, Function.prototype])
  console.log(Reflect.ownKeys(object).map(String).join());
console.log(Object.getOwnPropertyNames(globalThis).filter((name) => name.length > 3).join());

for (const name in [])
  console.log(name);
console.log(Object.keys(Math).length, { ...Math });
