// Array buffers that only typed arrays of other kinds than bytes make.
console.log("starts");
const { buffer } = new Float64Array([1.5, 2.5]);
const half = new Float32Array(buffer.slice(8));
console.log(half.length, buffer.byteLength, Object.prototype.toString.call(buffer));
