//! The functions that the JavaScript half of the runtime library (`js/`) is given.

use alloc::string::String;
use core::ffi::{CStr, c_int};

use rquickjs::qjs;

use crate::engine::{self, Value, context};
use crate::world::{self, Life, Touch};
use crate::{commonjs, json_error, seal, start, wasi};

type Native = unsafe extern "C" fn(*mut qjs::JSContext, Value, c_int, *mut Value) -> Value;

const NATIVES: [(&CStr, Native, c_int); 17] = [
    (c"readSync", read_sync, 2),
    (c"writeSync", write_sync, 2),
    (c"readAll", read_all, 0),
    (c"print", print, 2),
    (c"classOf", class_of, 1),
    (c"isClass", is_class, 1),
    (c"isNativeConstructor", is_native_constructor, 1),
    (c"promiseDetails", promise_details, 1),
    (c"proxyDetails", proxy_details, 1),
    (c"ownValue", own_value, 3),
    (c"ownKeys", own_keys, 3),
    (c"entries", entries, 2),
    (c"watchConsole", watch_console, 2),
    (c"primitive", primitive, 1),
    (c"compileCommonjs", commonjs::compile, 1),
    (c"requiresOf", commonjs::requires, 1),
    (c"requireModule", commonjs::require_module, 1),
];

/// A new object with all of them.
pub fn object() -> Value {
    let context = context();
    unsafe {
        let object = qjs::JS_NewObject(context);
        for (name, native, length) in NATIVES {
            let function = qjs::JS_NewCFunction2(
                context,
                Some(native),
                name.as_ptr(),
                length,
                qjs::JSCFunctionEnum_JS_CFUNC_generic,
                0,
            );
            qjs::JS_DefinePropertyValueStr(
                context,
                object,
                name.as_ptr(),
                function,
                qjs::JS_PROP_C_W_E as i32,
            );
        }
        object
    }
}

/// A number as an index; 0 where it is none.
fn index(value: Value) -> usize {
    let mut number = 0i64;
    unsafe { qjs::JS_ToInt64(context(), &mut number, value) };
    usize::try_from(number).unwrap_or(0)
}

/// The arguments of `Javy.IO`'s functions: a file among `files` and a `Uint8Array`; `None` after an exception.
unsafe fn file_and_bytes(
    arguments: *mut Value,
    files: core::ops::RangeInclusive<u32>,
    function: &CStr,
) -> Option<(u32, &'static mut [u8])> {
    unsafe {
        let (number, view) = (*arguments, *arguments.add(1));
        let file = files
            .clone()
            .find(|file| qjs::JS_IsStrictEqual(context(), file_value(*file), number));
        let mut size = 0;
        let bytes = engine::jsc_uint8_array(view, &mut size);
        match file {
            None => {
                qjs::JS_ThrowTypeError(
                    context(),
                    c"Javy.IO.%s: there is no such file (its number is not in %u..=%u)".as_ptr(),
                    function.as_ptr(),
                    *files.start(),
                    *files.end(),
                );
                None
            }
            Some(_) if bytes.is_null() => {
                qjs::JS_ThrowTypeError(
                    context(),
                    c"Javy.IO.%s: the buffer is not a Uint8Array".as_ptr(),
                    function.as_ptr(),
                );
                None
            }
            Some(file) => Some((file, core::slice::from_raw_parts_mut(bytes, size))),
        }
    }
}

fn file_value(file: u32) -> Value {
    qjs::JS_MKVAL(qjs::JS_TAG_INT, file as i32)
}

unsafe extern "C" fn read_sync(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    let Some((file, bytes)) =
        (unsafe { file_and_bytes(arguments, wasi::STDIN..=wasi::STDIN, c"readSync") })
    else {
        return qjs::JS_EXCEPTION;
    };
    world::touch(Touch::Input);
    match unsafe { wasi::read(file, bytes.as_mut_ptr(), bytes.len()) } {
        Ok(read) => qjs::JS_MKVAL(qjs::JS_TAG_INT, read as i32),
        Err(errno) => throw_errno("cannot read file", file, errno),
    }
}

unsafe extern "C" fn write_sync(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    let Some((file, bytes)) =
        (unsafe { file_and_bytes(arguments, wasi::STDOUT..=wasi::STDERR, c"writeSync") })
    else {
        return qjs::JS_EXCEPTION;
    };
    world::touch(Touch::Output);
    match wasi::write(file, bytes) {
        Ok(written) => qjs::JS_MKVAL(qjs::JS_TAG_INT, written as i32),
        Err(errno) => throw_errno("cannot write to file", file, errno),
    }
}

fn throw_errno(what: &str, file: u32, errno: u16) -> Value {
    let mut message = String::from(what);
    message.push(' ');
    json_error::push_number(&mut message, file as usize);
    message.push_str(": ");
    wasi::push_reason(errno, &mut message);
    unsafe {
        let context = context();
        let error = qjs::JS_NewError(context);
        let flags = (qjs::JS_PROP_WRITABLE | qjs::JS_PROP_CONFIGURABLE) as i32;
        let text = engine::string(&message);
        qjs::JS_DefinePropertyValueStr(context, error, c"message".as_ptr(), text, flags);
        qjs::JS_Throw(context, error)
    }
}

unsafe extern "C" fn read_all(_: *mut qjs::JSContext, _: Value, _: c_int, _: *mut Value) -> Value {
    world::touch(Touch::Input);
    let text = start::read_input();
    decode(&text[..text.len() - 1])
}

unsafe extern "C" fn print(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    world::touch(Touch::Output);
    let (level, text) = unsafe { (*arguments, *arguments.add(1)) };
    let to_stderr = match index(level) {
        // `console.log`: in function mode standard output belongs to the result.
        0 => world::life() == Life::Run && seal::handler(0).is_some(),
        // `console.error`
        1 => true,
        // `Javy.JSON.toStdout`
        _ => false,
    };
    let file = if to_stderr {
        wasi::STDERR
    } else {
        wasi::STDOUT
    };
    match with_utf8(text, |bytes| wasi::write_all(file, bytes)) {
        Some(Err(errno)) => throw_errno("cannot write to file", file, errno),
        Some(Ok(())) => qjs::JS_UNDEFINED,
        None => qjs::JS_EXCEPTION,
    }
}

/// Runs `use_bytes` on a string in UTF-8, lone surrogates replaced by U+FFFD; `None` after an exception.
pub fn with_utf8<R>(value: Value, use_bytes: impl FnOnce(&[u8]) -> R) -> Option<R> {
    let context = context();
    unsafe {
        let mut length = 0;
        let text = engine::jsc_to_utf8(context, value, &mut length);
        if text.is_null() {
            return None;
        }
        let result = use_bytes(core::slice::from_raw_parts(text, length));
        qjs::js_free(context, text.cast());
        Some(result)
    }
}

/// A string from UTF-8; every maximal invalid part becomes one U+FFFD, as the Encoding Standard wants it.
fn decode(bytes: &[u8]) -> Value {
    match core::str::from_utf8(bytes) {
        Ok(text) => engine::string(text),
        Err(_) => engine::string(&String::from_utf8_lossy(bytes)),
    }
}

unsafe extern "C" fn class_of(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe { engine::jsc_class_name(context, *arguments) }
}

unsafe extern "C" fn is_native_constructor(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    let is_native = unsafe { engine::jsc_is_native_constructor(*arguments) };
    qjs::JS_MKVAL(qjs::JS_TAG_BOOL, i32::from(is_native))
}

unsafe extern "C" fn is_class(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    qjs::JS_MKVAL(
        qjs::JS_TAG_BOOL,
        i32::from(unsafe { engine::jsc_is_class(context, *arguments) }),
    )
}

/// `[state, value]` of a promise: state 0 is pending, 1 fulfilled, 2 rejected.
unsafe extern "C" fn promise_details(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe {
        let state = qjs::JS_PromiseState(context, *arguments);
        if state < 0 {
            return qjs::JS_UNDEFINED;
        }
        pair(
            qjs::JS_MKVAL(qjs::JS_TAG_INT, state),
            qjs::JS_PromiseResult(context, *arguments),
        )
    }
}

/// `[target, handler]` of a proxy, `null` of a revoked one.
unsafe extern "C" fn proxy_details(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe {
        if !qjs::JS_IsProxy(*arguments) {
            return qjs::JS_UNDEFINED;
        }
        let target = qjs::JS_GetProxyTarget(context, *arguments);
        if qjs::JS_IsException(target) {
            engine::free(qjs::JS_GetException(context));
            return qjs::JS_NULL;
        }
        pair(target, qjs::JS_GetProxyHandler(context, *arguments))
    }
}

/// `(object, key, other)`: the value of an own data property; `other` for an accessor and where there is none.
unsafe extern "C" fn own_value(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe { engine::jsc_own_value(context, *arguments, *arguments.add(1), *arguments.add(2)) }
}

/// `(object, hidden, named)`: the keys of the enumerable own properties; with `hidden` of all; with `named` without
/// the indices.
unsafe extern "C" fn own_keys(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe {
        let hidden = qjs::JS_ToBool(context, *arguments.add(1)) != 0;
        let named = qjs::JS_ToBool(context, *arguments.add(2)) != 0;
        engine::jsc_own_keys(context, *arguments, hidden, named)
    }
}

/// `(console, formatter)`: see `console.c`.
unsafe extern "C" fn watch_console(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe { engine::jsc_watch_console(context, *arguments, *arguments.add(1)) };
    qjs::JS_UNDEFINED
}

/// `(collection, limit)`: the first entries of a map, a set or an iterator of one (see `inspect.c`).
unsafe extern "C" fn entries(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe {
        let mut limit = 0.0;
        qjs::JS_ToFloat64(context, &mut limit, *arguments.add(1));
        // The cast saturates: Infinity is no limit.
        engine::jsc_entries(context, *arguments, limit as u32)
    }
}

/// The primitive inside a boxed one, or a date's time.
unsafe extern "C" fn primitive(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe { engine::jsc_primitive(context, *arguments) }
}

fn pair(first: Value, second: Value) -> Value {
    let context = context();
    unsafe {
        let array = qjs::JS_NewArray(context);
        qjs::JS_DefinePropertyValueUint32(context, array, 0, first, qjs::JS_PROP_C_W_E as i32);
        qjs::JS_DefinePropertyValueUint32(context, array, 1, second, qjs::JS_PROP_C_W_E as i32);
        array
    }
}
