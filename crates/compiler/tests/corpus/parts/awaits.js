export const order = [];
order.push("before");
export const loaded = await new Promise((resolve) => resolve("loaded"));
order.push("after");
