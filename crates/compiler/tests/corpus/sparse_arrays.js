const sparse = [1, , 3];
sparse[100] = "far";
sparse.named = "yes";
const holes = new Array(5);
holes[2] = 2;
delete sparse[0];
const huge = [];
huge[2 ** 32 - 2] = "last";
const arguments_ = (function () { arguments[0] = "x"; return arguments; })(1, 2);
console.log(sparse.length, Object.keys(sparse).join(), 1 in sparse, sparse.indexOf(undefined));
console.log(holes.map((x) => x * 2).length, holes.join("-"), JSON.stringify(holes), holes.flat().length);
console.log(huge.length, Object.keys(huge).join(), [...arguments_].join(), arguments_.length);
try { huge.push(1); } catch (error) { console.log(error.name, huge.length); }
const seen = [];
sparse.forEach((value, index) => seen.push(index));
console.log(seen.join(), sparse.findIndex((v) => v === undefined), Array.from(holes).length);
