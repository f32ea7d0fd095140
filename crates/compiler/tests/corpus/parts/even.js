import { odd } from "./odd.js";
export let count = 0;
export function even(n) {
  count++;
  return n === 0 || odd(n - 1);
}
