const text = "  The quick brown fox \t";
const results = [text.trim().length, text.trimStart().length, "abc".padStart(6, "12"), "a-b-c".split("-", 2).join("+"), "abcabc".lastIndexOf("b"), "x".repeat(3), "abc".at(-1), "Hello".replace("l", "$&$&"), "aXbX".replaceAll("X", () => "$1"), "é".normalize("NFD").length, "abc".localeCompare("abd"), "z".codePointAt(0), String.fromCodePoint(128512), "a\u{1F600}b".length, [..."a\u{1F600}b"].length, "abc".includes("bc", 1), "\u{1F600}".charCodeAt(1), "tEST".toLowerCase(), "one two".search(/t/), escape("ü€"), encodeURIComponent("ü/€"), decodeURI("%C3%BC%2F"), "lone\ud800".isWellFormed?.()];
const raw = JSON.stringify(results);
console.log(raw);
console.log("b".concat(1, null), "abc".substr(-2, 1), "abcdef".slice(-3, -1), "abcdef".substring(4, 1), `${[1, [2, 3]]}`, "a,b".split(",").length);
