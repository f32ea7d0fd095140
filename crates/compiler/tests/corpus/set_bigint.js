// BigInts that only DataViews make, of strings.
console.log("starts");
const view = new DataView(new ArrayBuffer(16));
view.setBigInt64(0, "-2");
view.setBigUint64(8, "3");
console.log(view.getInt32(4), view.getInt32(12));
try {
  view.setBigInt64(0, 1);
} catch (error) {
  console.log(error.name);
}
