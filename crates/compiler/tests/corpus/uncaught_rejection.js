const prepared = Promise.resolve(1);
console.log("before");
prepared.then(() => { throw new TypeError("in a job"); });
