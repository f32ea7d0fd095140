const seen = new WeakMap();
let made = 0;
function tag(strings, ...values) {
  if (!seen.has(strings)) seen.set(strings, ++made);
  return `${seen.get(strings)}:${strings.raw.join("|")}:${values.join()}`;
}
const twice = (x) => tag`a${x}\n${x + 1}`;
const before = [twice(1), twice(2), tag`a${1}\n${2}`];
console.log(before.join(" "));
console.log(twice(3), tag`\unicode`, made);
console.log(String.raw`\t${1}\u`, Object.isFrozen(((s) => s)``));
