import { each, same } from "./check.mjs";

export default function () {
  same();
  each([
    "",
    "plain",
    "it's",
    'say "hi"',
    "two\nlines",
    "\x1b[1mbold\x1b[0m",
    "%s %d",
    "%%",
    "100%",
    "\ud800",
    "日本語",
  ]);
  each([0, -0, 1, -1.5, 1e21, 1e-7, 0.1 + 0.2, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, 123456789.125]);
  each([0n, -1n, 12345678901234567890n, true, false, null, undefined]);
  each([Symbol(), Symbol("named"), Symbol.iterator, Symbol.for("registered"), Symbol("two\nlines"), Symbol("it's")]);
  same("a", "b");
  same("a", 1, "b", -0, null, undefined, true, 5n, Symbol("s"));
  same(1, "a");
  same(null, "%s", 1);
  same("", "");
  same(undefined);
  same(" ", " ");

  // As members they are quoted.
  each([[""], ["plain"], ["it's"], ['say "hi"'], [`it's "quoted"`], ['it\'s "all" `of them`'], ['it\'s "a" ${x}']]);
  each([
    ["`"],
    ["'`"],
    ["back\\slash"],
    ["tab\tnew\nline\r\b\f\v\0"],
    ["\x1b\x7f\x80\x9f\xa0"],
    ["\ud800"],
    ["a\udc00b"],
  ]);
  each([
    ["\ud83d\ude00"],
    ["\ude00\ud83d"],
    ["日本語"],
    ["é"],
    [-0],
    [NaN],
    [5n],
    [Symbol("it's")],
    [undefined],
    [null],
  ]);
  each([
    { a: "it's" },
    { a: "x".repeat(100) },
    { a: "x".repeat(16) + "\n" },
    { a: `${"x".repeat(60)}\n${"y".repeat(60)}` },
  ]);
  each([{ a: `${"line\n".repeat(20)}` }, { a: { b: { c: `${"x".repeat(40)}\n${"y".repeat(40)}\n` } } }]);
  each([[`${"'".repeat(40)}\n${'"'.repeat(40)}\n`], ["short\nshort"], [`${"x".repeat(76)}`], [`${"x\n".repeat(38)}x`]]);
  each([["x".repeat(9999)], ["x".repeat(10000)], ["x".repeat(10001)], ["x".repeat(10050)], "x".repeat(10050)]);

  each([
    new Number(3),
    new Number(-0),
    new String("x"),
    new String(""),
    new Boolean(false),
    Object(5n),
    Object(Symbol("s")),
  ]);
  each([Object.assign(new Number(3), { a: 1 }), Object.assign(new String("ab"), { c: 1 }), [new String("it's")]]);
  each([new (class Meters extends Number {})(5), Object.setPrototypeOf(new Number(3), null)]);
  each([Object.setPrototypeOf(new String("x"), null), Object.assign(new Number(1), { [Symbol.toStringTag]: "T" })]);
}
