const log = [];
const handler = new Proxy({}, {
  get: (_, trap) => (...args) => { log.push(trap); return Reflect[trap](...args); },
});
const target = { a: 1, get b() { return this.a + 1; } };
const proxy = new Proxy(target, handler);
proxy.c = 3;
delete proxy.a;
const { proxy: revocable, revoke } = Proxy.revocable([1, 2, 3], {});
const array = new Proxy([], { set(t, k, v) { t[k] = v * 2; return true; } });
const callable = new Proxy(function () {}, { apply: (t, self, args) => args.length, construct: () => ({ made: true }) });
Object.defineProperty(array, "fixed", { value: 1 });
console.log("c" in proxy, Object.keys(proxy).join(), String(proxy.b));
console.log(log.join());
array[0] = 1;
revoke();
try { revocable[0]; } catch (error) { console.log(error.name); }
console.log(array[0], callable(1, 2, 3), new callable().made, Array.isArray(array), typeof callable);
