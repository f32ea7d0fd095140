const factorial = (n) => (n < 2n ? 1n : n * factorial(n - 1n));
const big = factorial(50n);
const negative = -(2n ** 127n);
const table = [0n, 1n, -1n, 255n, big, negative];
const mixed = [3n, 1, 2n, 10, 2].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
console.log(String(big), big.toString(36), String(BigInt.asIntN(64, big)), String(BigInt.asUintN(8, -1n)));
console.log(table.map((n) => [n / 7n, n % 7n, n << 3n, n >> 2n, n & 0xffn, ~n].join(" ")).join("\n"));
console.log(mixed.join(), 1n == 1, 1n === 1, typeof big, String(BigInt("0xff")), Number(2n ** 64n), big ** 2n > big);
try { big + 1; } catch (error) { console.log(error.name); }
