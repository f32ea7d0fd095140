var shadow = "outer";
let fs = [];
for (var v = 0; v < 2; v++) fs.push(() => v);
for (let l = 0; l < 2; l++) fs.push(() => l);
for (const k in { x: 1, y: 2 }) fs.push(() => k);
{
  let shadow = "block";
  fs.push(() => shadow);
  function inBlock() { return shadow; }
  fs.push(inBlock);
}
let temporal;
try { early; let early = 1; } catch (error) { temporal = error.name; }
const closure = (() => { let hidden = 0; return { up: () => ++hidden, get value() { return hidden; } }; })();
closure.up();
console.log(fs.map((f) => f()).join(), temporal, shadow, closure.value);
closure.up();
console.log(closure.value, typeof undeclared, (() => { try { undeclared = 1; } catch (error) { return error.name; } })());
