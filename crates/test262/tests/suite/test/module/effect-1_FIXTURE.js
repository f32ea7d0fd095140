globalThis.effects = [1];
