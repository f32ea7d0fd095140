const order = ["start"];
let caught;
try {
  order.push("before");
  console.log("first touch", order.join());
  try {
    order.push("inner");
    throw new Error("inner");
  } finally {
    order.push("finally");
    console.log(order.join());
  }
} catch (error) {
  caught = error.message;
} finally {
  order.push("last");
}
console.log(order.join(), caught);
