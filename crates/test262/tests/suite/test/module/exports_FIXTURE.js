export let count = 0;
export function up() { count++; }
export default function () { return 1; }
