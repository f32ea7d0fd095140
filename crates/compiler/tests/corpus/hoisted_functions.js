console.log(run(3), typeof declared, typeof Later === "function" ? "" : "later");
var declared = 1;
function run(n) { return n ? helper(n) : "end"; }
function helper(n) { return n + run(n - 1); }
var Later = class {};
const after = run(2);
console.log(after, declared, Later.name);
