import { even, count } from "./parts/even.js";
import { odd } from "./parts/odd.js";
import * as space from "./parts/even.js";
import fallback, { renamed as alias } from "./parts/names.js";
const results = [even(10), odd(7), even(3)];
console.log(results.join(), count, space.count, Object.keys(space).join());
console.log(alias, fallback(), Object.prototype.toString.call(space), Reflect.set(space, "count", 1));
