const found = [];
outer: for (let i = 0; i < 5; i++) {
  inner: for (let j = 0; ; j++) {
    if (j === i) continue outer;
    if (i * j === 6) break outer;
    if (j > 3) break inner;
    found.push(i * 10 + j);
  }
  found.push("never");
}
block: {
  if (found.length) break block;
  found.push("not here");
}
let n = 0;
do { if (n === 3) continue; } while (n++ < 5);
const kind = (x) => { switch (x) { case 1: case 2: return "low"; default: return "other"; case 3: { break; } } return "three"; };
console.log(found.join(), n, [1, 3, 9].map(kind).join());
loop: for (const x of [1, 2, 3]) {
  for (const key in { a: 1, b: 2 }) {
    if (x === 2) continue loop;
    console.log(x, key);
  }
}
