//! What a compiled module does when it is called. The only exports that are left in it.

use alloc::string::String;
use alloc::vec::Vec;

use rquickjs::qjs;

use crate::engine::{self, Value, context};
use crate::say::Say;
use crate::{evaluate, json_error, natives, seal, uncaught, wasi};

/// The exit code of a program that failed.
const FAILURE: u32 = 1;

/// How much of standard input is read at once, in bytes; grows with what was read.
const FIRST_READ: usize = 4096;

/// Function mode: reads JSON, calls the handler number `index`, writes what it returns as JSON.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_call(index: usize) {
    let context = context();
    let result = unsafe {
        let Some(handler) = seal::handler(index) else {
            fail("this module has no such function")
        };
        // Input that the function cannot be given is left for it to read.
        let input = if handler.sees_argument {
            parse_input()
        } else {
            qjs::JS_UNDEFINED
        };
        let mut arguments = [input];
        let result = qjs::JS_Call(
            context,
            handler.function,
            qjs::JS_UNDEFINED,
            1,
            arguments.as_mut_ptr(),
        );
        engine::free(input);
        settle(result)
    };
    write_output(result);
}

/// Program mode: goes on where the build stopped.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_continue() {
    let context = context();
    if unsafe { engine::jsc_continue_program(context) } < 0 {
        fail_with_exception();
    }
    run_jobs();
    let promise = evaluate::promise();
    match unsafe { qjs::JS_PromiseState(context, promise) } {
        qjs::JSPromiseStateEnum_JS_PROMISE_REJECTED => {
            fail_with(unsafe { qjs::JS_PromiseResult(context, promise) });
        }
        qjs::JSPromiseStateEnum_JS_PROMISE_PENDING => {
            fail("a top-level await never settles: nothing is left that could settle its promise");
        }
        _ => fail_on_unhandled_rejection(),
    }
}

/// A module whose only functions are named ones was started without saying which.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_no_default() {
    fail("this module has no default export; invoke one of its named exports");
}

/// The parsed standard input; undefined where it is empty.
fn parse_input() -> Value {
    let input = read_input();
    // Editors on Windows write a byte order mark, which a JSON parser may ignore (RFC 8259, 8.1).
    let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&input);
    // The parser wants a NUL behind the text; `read_input` leaves one.
    let length = text.len() - 1;
    if text[..length].iter().all(u8::is_ascii_whitespace) {
        return qjs::JS_UNDEFINED;
    }
    let value = unsafe { engine::jsc_parse_input(context(), text.as_ptr(), length) };
    if unsafe { qjs::JS_IsException(value) } {
        fail_with_input(&text[..length]);
    }
    value
}

/// Says why the text cannot be parsed.
fn fail_with_input(text: &[u8]) -> ! {
    if unsafe { qjs::JS_HasException(context()) } {
        let error = unsafe { qjs::JS_GetException(context()) };
        let kind = engine::property(error, c"name");
        engine::with_text(kind, |kind| match kind {
            "RangeError" => fail("standard input is nested too deeply"),
            _ => fail("standard input does not fit into memory"),
        });
    }
    let mut message = String::from("standard input is not JSON: ");
    if !json_error::explain(text, &mut message) {
        message.say("it cannot be parsed");
    }
    fail(&message)
}

/// All of standard input, and a NUL.
pub fn read_input() -> Vec<u8> {
    let mut text: Vec<u8> = Vec::new();
    loop {
        let free = text.capacity().saturating_sub(text.len() + 1);
        if free < FIRST_READ / 2 && text.try_reserve(text.len().max(FIRST_READ) + 1).is_err() {
            fail("standard input does not fit into memory");
        }
        let free = text.capacity() - text.len() - 1;
        // SAFETY: `free` bytes lie within the capacity, and as many as were read are initialised.
        match unsafe { wasi::read(wasi::STDIN, text.as_mut_ptr().add(text.len()), free) } {
            Ok(0) => break,
            Ok(read) => unsafe { text.set_len(text.len() + read) },
            Err(errno) => fail_with_errno("cannot read standard input", errno),
        }
    }
    text.push(0);
    text
}

/// Runs jobs until none is left, and gives the value that `result` settles to.
fn settle(mut result: Value) -> Value {
    let context = context();
    unsafe {
        if qjs::JS_IsException(result) {
            fail_with_exception();
        }
        if qjs::JS_IsObject(result) && qjs::JS_PromiseState(context, result) < 0 {
            // A thenable settles as a promise does.
            let then = engine::jsc_get_then(context, result);
            if qjs::JS_IsFunction(context, then) {
                if !engine::jsc_can_settle() {
                    fail(
                        "the handler's result is a thenable, which this module cannot settle: nothing in the program \
                         names `then`; compile it with --keep Promise.prototype.then",
                    );
                }
                let promise = engine::jsc_resolve(context, result);
                engine::free(result);
                if qjs::JS_IsException(promise) {
                    fail_with_exception();
                }
                result = promise;
            }
            engine::free(then);
        }
        run_jobs();
        let value = match qjs::JS_PromiseState(context, result) {
            qjs::JSPromiseStateEnum_JS_PROMISE_PENDING => {
                fail("the handler's promise never settles: nothing is left that could settle it")
            }
            qjs::JSPromiseStateEnum_JS_PROMISE_REJECTED => {
                fail_with(qjs::JS_PromiseResult(context, result))
            }
            qjs::JSPromiseStateEnum_JS_PROMISE_FULFILLED => qjs::JS_PromiseResult(context, result),
            _ => result,
        };
        fail_on_unhandled_rejection();
        value
    }
}

fn run_jobs() {
    loop {
        match evaluate::run_job() {
            Ok(true) => {}
            Ok(false) => return,
            Err(()) => fail_with_exception(),
        }
    }
}

fn fail_on_unhandled_rejection() {
    if let Some(reason) = evaluate::unhandled_rejection() {
        fail_with(reason);
    }
}

/// Writes `JSON.stringify(value)` to standard output; undefined writes nothing.
fn write_output(value: Value) {
    let context = context();
    unsafe {
        let text = engine::jsc_stringify_json(context, value);
        if qjs::JS_IsException(text) {
            let error = qjs::JS_GetException(context);
            fail_with_note(
                error,
                "error: the handler's result cannot be written as JSON\n",
            );
        }
        if !qjs::JS_IsUndefined(text) {
            let written = natives::with_utf8(text, |bytes| wasi::write_all(wasi::STDOUT, bytes));
            if let Some(Err(errno)) = written {
                fail_with_errno("cannot write to standard output", errno);
            }
        }
    }
}

fn fail_with_exception() -> ! {
    fail_with(unsafe { qjs::JS_GetException(context()) })
}

/// Says what was thrown, and ends the program.
fn fail_with(error: Value) -> ! {
    fail_with_note(error, "")
}

/// As [`fail_with`], with a line about it: the engine's own errors have no stack.
fn fail_with_note(error: Value, note: &str) -> ! {
    // The frames begin the last write to standard error, so that who reads it knows them (`crates/cli/src/sources.rs`).
    write_error(&uncaught::header(error, "Uncaught "));
    let mut rest = uncaught::stack(error);
    rest.say(note);
    write_error(&rest);
    wasi::exit(FAILURE)
}

fn fail(message: &str) -> ! {
    let mut text = String::from("error: ");
    text.say(message);
    text.say("\n");
    write_error(&text);
    wasi::exit(FAILURE)
}

fn fail_with_errno(what: &str, errno: u16) -> ! {
    let mut text = String::from(what);
    text.say(": ");
    wasi::push_reason(errno, &mut text);
    fail(&text)
}

fn write_error(text: &str) {
    // Where standard error is closed too, the exit code has to say it all.
    let _ = wasi::write_all(wasi::STDERR, text.as_bytes());
}
