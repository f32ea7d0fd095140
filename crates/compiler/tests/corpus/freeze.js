const frozen = Object.freeze({ a: 1, inner: { b: 2 }, list: Object.freeze([1, 2]) });
const sealed = Object.seal({ a: 1 });
const closed = Object.preventExtensions({ a: 1 });
const constant = Object.defineProperty({}, "x", { value: 1, enumerable: true });
sealed.a = 2;
frozen.inner.b = 3;
const attempts = [
  () => { frozen.a = 2; },
  () => { frozen.c = 2; },
  () => frozen.list.push(3),
  () => { delete sealed.a; },
  () => { closed.b = 1; },
  () => { constant.x = 2; },
  () => { delete constant.x; },
];
const outcomes = attempts.map((attempt) => { try { attempt(); return "ok"; } catch (error) { return error.name; } });
console.log(outcomes.join(), JSON.stringify(frozen), sealed.a, closed.a, constant.x);
console.log([frozen, sealed, closed].map((o) => [Object.isFrozen(o), Object.isSealed(o), Object.isExtensible(o)].join()).join(" "));
