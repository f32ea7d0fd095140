const total = [];
const parts = "a b c d".split(" ");
for (let i = 0; i < parts.length; i++) {
  total.push(parts[i].toUpperCase());
  if (i === 2) console.log("at", i, total.join(""));
}
console.log(total.join(""));
