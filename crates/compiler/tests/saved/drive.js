// Calls and constructs what is saved with all kinds of values. Names as little as it can: what it names, stays.
function describe(value) {
  const kind = typeof value;
  if (kind === "object" || kind === "function") return value === null ? "null" : kind;
  return kind === "symbol" ? kind : `${kind} ${value}`;
}

function attempt(line, act) {
  try {
    console.log(`${line}: ${describe(act())}`);
  } catch (error) {
    console.log(`${line}: ${error.name}: ${error.message}`);
  }
}

function drive(name, f) {
  for (let i = 0; i < values.length; i++) {
    attempt(`${name}\ton ${i}`, () => f.call(values[i]()));
    for (let j = 0; j < values.length; j++)
      attempt(`${name}\ton ${i} with ${j}`, () => f.call(values[i](), values[j](), values[j]()));
    attempt(`${name}\tnew with ${i}`, () => new f(values[i]()));
  }
}
