console.log("first");
const table = Array.from({ length: 5 }, (_, i) => i ** 2);
console.log(table.join());
