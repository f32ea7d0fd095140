import table from "./parts/table.json" with { type: "json" };
import { rate, table as again } from "./parts/rates.js";
table.rates.added = 4;
const sum = Object.values(again.rates).reduce((a, b) => a + b, 0);
console.log(sum, table === again, rate("de"), JSON.stringify(table["odd key"]));
