function Animal(name) { this.name = name; }
Animal.prototype.speak = function () { return this.name + " speaks"; };
function Dog(name) { Animal.call(this, name); }
Dog.prototype = Object.create(Animal.prototype, { constructor: { value: Dog } });
Dog.prototype.speak = function () { return Animal.prototype.speak.call(this) + " woof"; };
const Loud = (Base) => class extends Base { speak() { return super.speak().toUpperCase(); } };
class Cat extends Loud(Animal) { constructor() { super("cat"); } static create() { return new this(); } }
class Stack extends Array { top() { return this.at(-1); } }
class Bare extends null { static f() { return "bare"; } }
const rex = new Dog("rex");
const stack = Stack.of(1, 2, 3);
Object.setPrototypeOf(rex, { ...Dog.prototype, speak: () => "changed", __proto__: Dog.prototype });
console.log(rex.speak(), rex instanceof Animal, Cat.create().speak(), stack.map((x) => x * 2).top(), stack instanceof Stack);
console.log(Bare.f(), Object.getPrototypeOf(Bare.prototype), rex.constructor.name, stack.length, Cat.name, Reflect.construct(Dog, ["d"], Cat) instanceof Cat);
