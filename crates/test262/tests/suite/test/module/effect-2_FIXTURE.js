globalThis.effects.push(2);
