const seen = new Map();
function visit(tree, depth) {
  seen.set(tree.name, depth);
  if (depth === 2) console.log("deep", tree.name, seen.size);
  for (const child of tree.children ?? []) visit(child, depth + 1);
}
const tree = { name: "root", children: [{ name: "a", children: [{ name: "b" }] }, { name: "c", children: [{ name: "d" }] }] };
const prepared = Object.freeze({ tree, limit: 10 });
visit(prepared.tree, 0);
console.log([...seen].join(";"));
