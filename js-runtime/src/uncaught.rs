//! What is said of a value that nothing caught: `Name: message`, its stack, and those of its causes.

use alloc::string::String;

use rquickjs::qjs;

use crate::engine::{self, Value, context};
use crate::say::Say;

/// How many causes and inner errors are told of: they can lead back to the error.
const MOST_OTHERS: u32 = 16;

/// What a value says of itself. `before` stands in front of what is no error.
pub fn header(error: Value, before: &str) -> String {
    let mut text = String::new();
    if unsafe { qjs::JS_IsError(error) } {
        for (name, before) in [(c"name", ""), (c"message", ": ")] {
            push_text(engine::property(error, name), before, &mut text);
        }
    } else {
        text.say(before);
        text.say(&value_text(error));
    }
    text.say("\n");
    text
}

/// The frames of an error, with its causes and inner errors.
pub fn stack(error: Value) -> String {
    let mut text = String::new();
    push_stack(error, &mut text, &mut { MOST_OTHERS });
    text
}

/// Adds a text, which is freed, if there is one.
fn push_text(value: Value, before: &str, text: &mut String) {
    if !unsafe { qjs::JS_IsUndefined(value) } {
        engine::with_text(value, |value| {
            if !value.is_empty() {
                text.say(before);
                text.say(value);
            }
        });
    }
    engine::free(value);
}

/// The lines of a stack that are frames, or all of them where none is: a program can make a stack of its own.
fn frames(stack: &str) -> &str {
    let bytes = stack.as_bytes();
    let mut start = bytes.len();
    while let Some(end) = bytes[..start].iter().rposition(|byte| *byte == b'\n')
        && bytes[end + 1..].starts_with(b"    at ")
    {
        start = end;
    }
    stack.get(start + 1..).unwrap_or(stack)
}

fn push_stack(error: Value, text: &mut String, left: &mut u32) {
    unsafe {
        if !qjs::JS_IsError(error) {
            return;
        }
        let stack = engine::jsc_error_stack(context(), error);
        if !qjs::JS_IsUndefined(stack) {
            let begin = text.len();
            engine::with_text(stack, |stack| text.say(frames(stack)));
            if text.len() > begin {
                text.say("\n");
            }
        }
        engine::free(stack);
        push_other(engine::property(error, c"cause"), "  [cause]: ", text, left);
        let errors = engine::property(error, c"errors");
        let mut count = 0;
        if qjs::JS_IsArray(errors) {
            qjs::JS_GetLength(context(), errors, &mut count);
        }
        for index in 0..count.min(MOST_OTHERS.into()) {
            let inner = qjs::JS_GetPropertyUint32(context(), errors, index as u32);
            push_other(inner, "  [errors]: ", text, left);
        }
        engine::free(errors);
    }
}

/// Tells of a cause or an inner error, which is freed.
fn push_other(error: Value, label: &str, text: &mut String, left: &mut u32) {
    if *left > 0 && !unsafe { qjs::JS_IsUndefined(error) } {
        *left -= 1;
        text.say(label);
        text.say(&header(error, ""));
        push_stack(error, text, left);
    }
    engine::free(error);
}

/// A thrown value that is no error, as text: objects as JSON.
pub fn value_text(value: Value) -> String {
    let context = context();
    let mut json = qjs::JS_UNDEFINED;
    let is_object = unsafe { qjs::JS_IsObject(value) };
    if is_object {
        unsafe {
            json = engine::jsc_stringify_json(context, value);
            if qjs::JS_IsException(json) {
                engine::free(qjs::JS_GetException(context));
                json = qjs::JS_UNDEFINED;
            }
        }
    }
    let shown = if unsafe { qjs::JS_IsUndefined(json) } {
        value
    } else {
        json
    };
    let mut text: String = engine::with_text(shown, |text| text.into());
    if text.is_empty() && is_object {
        text.say("object that cannot be shown");
    }
    engine::free(json);
    text
}
