// Not for Node: the engine has no `Intl`, and says so in the plainest way.
const has = typeof Intl;
const number = (1234567.891).toLocaleString();
console.log(has, number, "a".localeCompare("b"), [1, 2].toLocaleString());
try { Intl.NumberFormat; } catch (error) { console.log(String(error)); }
