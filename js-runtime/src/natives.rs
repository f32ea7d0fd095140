//! The functions that the JavaScript half of the runtime library (`js/`) is given.

use alloc::string::String;
use core::ffi::{CStr, c_int};

use rquickjs::qjs;

use crate::engine::{self, Value, context};
use crate::world::{self, Life, Touch};
use crate::{seal, start, wasi};

type Native = unsafe extern "C" fn(*mut qjs::JSContext, Value, c_int, *mut Value) -> Value;

const NATIVES: [(&CStr, Native, c_int); 15] = [
    (c"read", read, 4),
    (c"write", write, 4),
    (c"readAll", read_all, 0),
    (c"print", print, 2),
    (c"utf8Encode", utf8_encode, 1),
    (c"utf8EncodeInto", utf8_encode_into, 2),
    (c"utf8Decode", utf8_decode, 4),
    (c"classOf", class_of, 1),
    (c"isClass", is_class, 1),
    (c"promiseDetails", promise_details, 1),
    (c"proxyDetails", proxy_details, 1),
    (c"ownValue", own_value, 3),
    (c"ownKeys", own_keys, 3),
    (c"entries", entries, 2),
    (c"primitive", primitive, 1),
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

/// The bytes `offset..offset + length` of an array buffer, clamped to it.
unsafe fn bytes_of(buffer: Value, offset: Value, length: Value) -> Option<&'static mut [u8]> {
    let context = context();
    let mut size = 0;
    unsafe {
        let pointer = qjs::JS_GetArrayBuffer(context, &mut size, buffer);
        if pointer.is_null() {
            // Detached, empty, or no buffer at all.
            engine::free(qjs::JS_GetException(context));
            return None;
        }
        let size = size as usize;
        let start = (index(offset)).min(size);
        let end = start.saturating_add(index(length)).min(size);
        Some(core::slice::from_raw_parts_mut(
            pointer.add(start),
            end - start,
        ))
    }
}

/// A number as an index; 0 where it is none.
fn index(value: Value) -> usize {
    let mut number = 0i64;
    unsafe { qjs::JS_ToInt64(context(), &mut number, value) };
    usize::try_from(number).unwrap_or(0)
}

fn file(value: Value) -> u32 {
    index(value) as u32
}

unsafe extern "C" fn read(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    world::touch(Touch::Input);
    unsafe {
        let Some(bytes) = bytes_of(*arguments.add(1), *arguments.add(2), *arguments.add(3)) else {
            return qjs::JS_MKVAL(qjs::JS_TAG_INT, 0);
        };
        match wasi::read(file(*arguments), bytes.as_mut_ptr(), bytes.len()) {
            Ok(read) => qjs::JS_MKVAL(qjs::JS_TAG_INT, read as i32),
            Err(errno) => throw_errno("cannot read file", file(*arguments), errno),
        }
    }
}

unsafe extern "C" fn write(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    world::touch(Touch::Output);
    unsafe {
        let Some(bytes) = bytes_of(*arguments.add(1), *arguments.add(2), *arguments.add(3)) else {
            return qjs::JS_MKVAL(qjs::JS_TAG_INT, 0);
        };
        match wasi::write(file(*arguments), bytes) {
            Ok(written) => qjs::JS_MKVAL(qjs::JS_TAG_INT, written as i32),
            Err(errno) => throw_errno("cannot write to file", file(*arguments), errno),
        }
    }
}

fn throw_errno(what: &str, file: u32, errno: u16) -> Value {
    use core::fmt::Write;
    let mut message = String::new();
    let _ = write!(message, "{what} {file}: {}\0", wasi::reason(errno));
    let message =
        CStr::from_bytes_until_nul(message.as_bytes()).unwrap_or(c"input or output failed");
    unsafe {
        let context = context();
        let error = qjs::JS_NewError(context);
        let flags = (qjs::JS_PROP_WRITABLE | qjs::JS_PROP_CONFIGURABLE) as i32;
        let text = engine::string(&message.to_string_lossy());
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
        let text = qjs::JS_ToCStringLen(context, &mut length, value);
        if text.is_null() {
            return None;
        }
        replace_surrogates(text.cast_mut().cast(), length as usize);
        let result = use_bytes(core::slice::from_raw_parts(text.cast(), length as usize));
        qjs::JS_FreeCString(context, text);
        Some(result)
    }
}

/// Replaces every encoded surrogate (ED A0..BF xx) by U+FFFD, which is as long (EF BF BD).
///
/// A text that has one was encoded for the caller: QuickJS lends its own memory only for ASCII, which is not written to.
unsafe fn replace_surrogates(text: *mut u8, length: usize) {
    let mut position = 0;
    unsafe {
        while position + 2 < length {
            if *text.add(position) == 0xED && *text.add(position + 1) >= 0xA0 {
                core::ptr::copy_nonoverlapping([0xEF, 0xBF, 0xBD].as_ptr(), text.add(position), 3);
                position += 3;
            } else {
                position += 1;
            }
        }
    }
}

unsafe extern "C" fn utf8_encode(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    with_utf8(unsafe { *arguments }, |bytes| unsafe {
        qjs::JS_NewUint8ArrayCopy(context(), bytes.as_ptr().cast_mut(), bytes.len() as _)
    })
    .unwrap_or(qjs::JS_EXCEPTION)
}

/// Writes as much of a string as fits; read * 2^32 + written, where `read` counts UTF-16 code units.
unsafe extern "C" fn utf8_encode_into(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    let mut size = 0;
    let target = unsafe { qjs::JS_GetUint8Array(context(), &mut size, *arguments.add(1)) };
    if target.is_null() {
        engine::free(unsafe { qjs::JS_GetException(context()) });
        return qjs::JS_MKVAL(qjs::JS_TAG_INT, 0);
    }
    with_utf8(unsafe { *arguments }, |bytes| {
        let mut end = bytes.len().min(size as usize);
        // A character is written whole or not at all.
        while end < bytes.len() && bytes[end] & 0xC0 == 0x80 {
            end -= 1;
        }
        unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), target, end) };
        // Each lead byte is one code unit; a four-byte sequence is a surrogate pair.
        let units = bytes[..end]
            .iter()
            .map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0));
        let read: usize = units.sum();
        qjs::JS_NewFloat64(read as f64 * 4_294_967_296.0 + end as f64)
    })
    .unwrap_or(qjs::JS_EXCEPTION)
}

unsafe extern "C" fn utf8_decode(
    _: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    unsafe {
        let fatal = qjs::JS_ToBool(context(), *arguments.add(3)) != 0;
        match bytes_of(*arguments, *arguments.add(1), *arguments.add(2)) {
            None => engine::string(""),
            Some(bytes) if fatal && core::str::from_utf8(bytes).is_err() => {
                engine::throw_type_error(c"the encoded data is not valid UTF-8")
            }
            Some(bytes) => decode(bytes),
        }
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
