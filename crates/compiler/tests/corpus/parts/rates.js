import table from "./table.json" with { type: "json" };
export { table };
export const rate = (country) => table.rates[country] ?? 0;
