let reads = 0;
const object = {
  first: "Ada",
  last: "Lovelace",
  get full() { reads++; return `${this.first} ${this.last}`; },
  set full(value) { [this.first, this.last] = value.split(" "); },
  get ["comp" + "uted"]() { return 1; },
};
const child = Object.create(object, { extra: { get() { return "extra " + this.first; }, enumerable: true } });
child.full = "Grace Hopper";
object.__defineGetter__("old", () => "style");
const descriptor = Object.getOwnPropertyDescriptor(object, "full");
const lazy = { get value() { Object.defineProperty(this, "value", { value: ++reads }); return this.value; } };
lazy.value;
console.log(object.full, child.full, reads, Object.keys(child).join());
console.log(lazy.value, lazy.value, typeof descriptor.get, descriptor.set.name, object.old, object.computed, child.extra);
