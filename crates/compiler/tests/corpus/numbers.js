const values = [0, -0, 1 / 3, 1e21, 123456789.123, 5e-324, 2 ** 53, NaN, Infinity, 0.1 + 0.2, -1e-7];
const forms = values.map((n) => [String(n), n.toFixed(2), n.toPrecision(5), n.toExponential(1)].join(" "));
const parsed = ["0x1f", "1e3", " 12 ", "", "1_000", "-Infinity", "0b101", "012"].map(Number);
const bits = [1.9, -1.9, 2 ** 31, 2 ** 32 + 5, NaN].map((n) => [n | 0, n >>> 0, ~~n, n << 1].join(" "));
const maths = [Math.hypot(3, 4), Math.clz32(1), Math.fround(5.5), Math.imul(2 ** 31 - 1, 3), Math.trunc(-4.7), Math.cbrt(27), Math.sign(-3)];
console.log(forms.join("\n"));
console.log(parsed.join(), bits.join("|"), maths.join());
console.log((255).toString(16), (0.5).toString(2), parseInt("12px"), parseFloat(".5e1x"), Number.MAX_SAFE_INTEGER, 7 % -3, (-7) % 3, 2 ** -1);
console.log(Math.round(-0.5) === 0, Math.round(2.5), Math.atan2(1, 1).toFixed(6), Math.log10(1000), Number.EPSILON > 0);
