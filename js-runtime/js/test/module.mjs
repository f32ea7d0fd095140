// The namespace of this module is printed.
export const one = 1;
export const nested = { a: { b: { c: {} } } };
export default function main() {}
