const prepared = [1, 2, 3].map((n) => n * n);
function last(list) { return list.at(-1).value.deep; }
console.log(prepared.join());
last(prepared);
console.log("never");
