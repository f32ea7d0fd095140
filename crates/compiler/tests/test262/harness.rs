//! What tests are given, instead of the suite's own harness: as little as possible of the engine, for what the harness
//! names is not left out; and all that a test observes is written down, for it has to be the same everywhere.

use crate::case::Case;

const ALWAYS: &str = r#"
let observed = "";
const note = (value) => {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      observed += `${value}\n`;
      break;
    default:
      observed += `${typeof value}\n`;
  }
};
class Test262Error {
  constructor(message) {
    this.message = message;
  }
}
const isSame = (a, b) => (a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b);
const assert = (value, message) => {
  note(value);
  if (value !== true) throw new Test262Error(message);
};
assert.sameValue = (actual, expected, message) => {
  note(actual);
  if (!isSame(actual, expected)) throw new Test262Error(message);
};
assert.notSameValue = (actual, expected, message) => {
  note(actual);
  if (isSame(actual, expected)) throw new Test262Error(message);
};
assert.throws = (expected, f, message) => {
  try {
    f();
  } catch (error) {
    note(error);
    if (typeof error === "object" && error !== null) note(error.message);
    if (error instanceof expected) return;
  }
  throw new Test262Error(message);
};
const compareArray = (a, b) => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    note(a[i]);
    if (!isSame(a[i], b[i])) return false;
  }
  return true;
};
assert.compareArray = (a, b, message) => assert(compareArray(a, b), message);
"#;

const ASYNC: &str = r#"
const $DONE = (error) => {
  note(error);
  if (typeof error === "object" && error !== null) note(error.message);
  console.log(observed);
};
"#;

/// Files of the suite's harness for which there is a replacement.
const FILES: [(&str, &str); 5] = [
    ("compareArray.js", ""),
    (
        "propertyHelper.js",
        r#"
const verifyProperty = (object, name, expected, options) => {
  const actual = Object.getOwnPropertyDescriptor(object, name);
  note(actual);
  if (actual === undefined) return expected === undefined;
  note(actual.value);
  note(actual.writable);
  note(actual.enumerable);
  note(actual.configurable);
  for (const key in expected) if (!isSame(expected[key], actual[key])) throw new Test262Error(key);
  if (actual.writable) {
    object[name] = "other";
    note(object[name]);
  }
  note(actual.configurable && delete object[name]);
  if (options && options.restore) Object.defineProperty(object, name, actual);
  return true;
};
const verifyEqualTo = (object, name, value) => assert.sameValue(object[name], value);
const flagIs = (flag, expected) => (object, name) =>
  assert.sameValue(Object.getOwnPropertyDescriptor(object, name)[flag], expected);
const verifyWritable = flagIs("writable", true);
const verifyNotWritable = flagIs("writable", false);
const verifyEnumerable = flagIs("enumerable", true);
const verifyNotEnumerable = flagIs("enumerable", false);
const verifyConfigurable = flagIs("configurable", true);
const verifyNotConfigurable = flagIs("configurable", false);
const verifyPrimordialProperty = verifyProperty;
const verifyCallableProperty = (object, name, functionName, length, expected, options) => {
  const f = object[name];
  note(f);
  note(f.name);
  note(f.length);
  verifyProperty(object, name, expected, options);
};
const verifyPrimordialCallableProperty = verifyCallableProperty;
"#,
    ),
    (
        "isConstructor.js",
        r#"
const isConstructor = (f) => {
  try {
    Reflect.construct(Object, [], f);
    return true;
  } catch {
    return false;
  }
};
"#,
    ),
    (
        "asyncHelpers.js",
        r#"
const asyncTest = (f) => f().then(() => $DONE(), $DONE);
assert.throwsAsync = async (expected, f, message) => {
  try {
    await f();
  } catch (error) {
    note(error);
    if (typeof error === "object" && error !== null) note(error.message);
    if (error instanceof expected) return;
  }
  throw new Test262Error(message);
};
"#,
    ),
    (
        "testTypedArray.js",
        r#"
const TypedArray = Object.getPrototypeOf(Float64Array);
const floatArrayConstructors = [Float64Array, Float32Array];
const intArrayConstructors = [Int16Array, Uint8Array];
const typedArrayConstructors = [Float64Array, Float32Array, Int16Array, Uint8Array];
const asArray = (data) => data;
const testWithTypedArrayConstructors = (f, chosen) => {
  const constructors = chosen ?? typedArrayConstructors;
  for (let i = 0; i < constructors.length; i++) f(constructors[i], asArray);
};
const testWithAllTypedArrayConstructors = testWithTypedArrayConstructors;
const testWithBigIntTypedArrayConstructors = (f) => f(BigInt64Array, asArray);
"#,
    ),
];

/// Whether tests can include this file.
pub(crate) fn has(file: &str) -> bool {
    FILES.iter().any(|(name, _)| *name == file)
}

fn prelude(case: &Case) -> String {
    let files = FILES
        .iter()
        .filter(|(name, _)| case.includes.iter().any(|file| file == name));
    let mut prelude = ALWAYS.to_owned();
    prelude.extend(files.map(|(_, text)| *text));
    if case.is_async {
        prelude += ASYNC;
    }
    prelude
}

/// The test as a program, which writes what it observed.
pub(crate) fn program(case: &Case) -> String {
    let end = if case.is_async {
        ""
    } else {
        "console.log(observed);\n"
    };
    format!("{}{}\n{end}", prelude(case), case.text)
}

/// The test as the body of a function, which returns what it observed: all of it is done by the run, and not even
/// `console` is there. None where it cannot stand in a function, or ends later.
pub(crate) fn function(case: &Case) -> Option<String> {
    let is_fit = !case.is_async && !case.is_module;
    is_fit.then(|| {
        let prelude = prelude(case);
        format!(
            "{prelude}export default () => {{\n{}\nreturn observed;\n}};\n",
            case.text
        )
    })
}
