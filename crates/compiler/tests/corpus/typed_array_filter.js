// Of typed arrays, `filter` copies what it has found by a method that the program need not name.
console.log("starts");
console.log(new Int16Array([1, -2, 3]).filter((x) => x > 0).join());
