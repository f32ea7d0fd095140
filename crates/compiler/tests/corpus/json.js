const data = { text: "q\"\\\n\u2028é😀\ud800", list: [undefined, () => 1, Symbol("s"), NaN, -0], nested: { deep: { deeper: [] } }, date: new Date(0) };
const parsed = JSON.parse('{"a":[1,2,{"b":null}],"a2":1e2,"__proto__":{"x":1}}', function (key, value) { return typeof value === "number" ? value + 1 : value; });
const json = JSON.stringify(data);
const pretty = JSON.stringify({ a: [1, { b: 2 }], empty: {}, none: [] }, null, 2);
const filtered = JSON.stringify({ a: 1, b: 2, c: { a: 3, d: 4 } }, ["a", "c"], "--");
console.log(json);
console.log(pretty, filtered, JSON.stringify(parsed), Object.hasOwn(parsed, "__proto__"));
console.log(JSON.stringify("\ud83d\ude00\udc00"), JSON.stringify({ toJSON: (k) => "k" + k }), JSON.stringify(undefined), JSON.stringify([new Number(1), new String("s"), Object(true)]));
for (const bad of ["{", "[1,]", "nul", "'a'", ""]) try { JSON.parse(bad); console.log("parsed"); } catch (error) { console.log(error.name); }
