import { even } from "./even.js";
// Functions are there before the bodies of a cycle run.
const early = typeof even;
export const odd = (n) => n !== 0 && early === "function" && even(n - 1);
