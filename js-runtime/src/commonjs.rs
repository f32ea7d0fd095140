//! CommonJS modules: what `js/commonjs.js` cannot do itself, and what an ECMAScript module that imports one sees.

use alloc::ffi::CString;
use alloc::vec::Vec;
use core::ffi::{CStr, c_int};

use rquickjs::qjs;

use crate::engine::{self, Global, Value, context};
use crate::{define, evaluate};

/// What stands around the text of a module. The mark at its start says that the text begins at line 1, column 1
/// (`c/positions.c`).
const WRAPPER: (&[u8], &[u8]) = (
    b"(function (exports, require, module, __filename, __dirname) {/*\x011:1*/",
    b"\n})",
);

/// The functions of `js/commonjs.js` that load a module by its name, and that forget all but some.
static REQUIRE: Global<Value> = Global::new(qjs::JS_UNDEFINED);
static FORGET: Global<Value> = Global::new(qjs::JS_UNDEFINED);

pub fn set_functions(natives: Value) {
    *REQUIRE.get() = engine::property(natives, c"requireByName");
    *FORGET.get() = engine::property(natives, c"forgetModules");
}

/// ECMAScript modules that were compiled because a CommonJS module may require them.
static REQUIRED: Global<Vec<CString>> = Global::new(Vec::new());

/// Forgets the modules but those that are imported while the program runs; called by `seal`. Gives the names of the
/// ECMAScript modules that may be required.
pub fn forget(deferred: &[&CStr]) -> Vec<CString> {
    let context = context();
    unsafe {
        let mut names = [qjs::JS_NewArray(context)];
        for (index, name) in deferred.iter().enumerate() {
            let name = engine::string(&name.to_string_lossy());
            qjs::JS_SetPropertyUint32(context, names[0], index as u32, name);
        }
        let forget = core::mem::replace(FORGET.get(), qjs::JS_UNDEFINED);
        let result = qjs::JS_Call(context, forget, qjs::JS_UNDEFINED, 1, names.as_mut_ptr());
        if qjs::JS_IsException(result) {
            engine::free(qjs::JS_GetException(context));
        }
        engine::free(result);
        engine::free(names[0]);
        engine::free(forget);
        if deferred.is_empty() {
            engine::free(core::mem::replace(REQUIRE.get(), qjs::JS_UNDEFINED));
        }
    }
    core::mem::take(REQUIRED.get())
}

/// The first argument as a name.
unsafe fn name(arguments: *mut Value) -> CString {
    engine::with_text(unsafe { *arguments }, |text| {
        CString::new(text).unwrap_or_default()
    })
}

/// The function that the CommonJS module `name` is; for JSON an object with its value as `exports`, for any other module
/// undefined.
pub unsafe extern "C" fn compile(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    let name = unsafe { name(arguments) };
    if let Some(text) = define::json_text(&name) {
        return unsafe { loaded_json(text) };
    }
    let Some(text) = define::commonjs_text(&name) else {
        // An ECMAScript module has to be there when it is required, if not yet evaluated.
        return match define::compile_by_name(&name) {
            Some(definition) if definition.is_null() => qjs::JS_EXCEPTION,
            _ => {
                REQUIRED.get().push(name);
                qjs::JS_UNDEFINED
            }
        };
    };
    let mut wrapped: Vec<u8> = [WRAPPER.0, text, WRAPPER.1].concat();
    let length = wrapped.len();
    wrapped.push(0);
    unsafe {
        qjs::JS_Eval(
            context,
            wrapped.as_ptr().cast(),
            length as _,
            name.as_ptr(),
            qjs::JS_EVAL_TYPE_GLOBAL as i32,
        )
    }
}

/// `text` with its closing NUL.
unsafe fn loaded_json(text: &[u8]) -> Value {
    let context = context();
    unsafe {
        let value = engine::jsc_parse_json(context, text.as_ptr(), text.len() - 1);
        if qjs::JS_IsException(value) {
            return value;
        }
        let module = qjs::JS_NewObject(context);
        let flags = qjs::JS_PROP_C_W_E as i32;
        qjs::JS_DefinePropertyValueStr(context, module, c"exports".as_ptr(), value, flags);
        module
    }
}

/// An array of the specifiers that the module `name` requires and of what they mean, in turn.
pub unsafe extern "C" fn requires(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    let name = unsafe { name(arguments) };
    let pairs = define::imports_of(&name);
    let texts = pairs.flat_map(|(specifier, target)| [specifier, target]);
    unsafe {
        let array = qjs::JS_NewArray(context);
        for (index, text) in texts.enumerate() {
            let text = engine::string(&text.to_string_lossy());
            qjs::JS_SetPropertyUint32(context, array, index as u32, text);
        }
        array
    }
}

/// What `require` gives for an ECMAScript module: its namespace, or what it exports as `module.exports`.
pub unsafe extern "C" fn require_module(
    context: *mut qjs::JSContext,
    _: Value,
    _: c_int,
    arguments: *mut Value,
) -> Value {
    let name = unsafe { name(arguments) };
    unsafe {
        let definition = engine::jsc_find_module(context, name.as_ptr());
        if definition.is_null() {
            return qjs::JS_ThrowReferenceError(
                context,
                c"the module '%s' is not part of this program".as_ptr(),
                name.as_ptr(),
            );
        }
        if !is_evaluated(definition, &name) {
            return qjs::JS_EXCEPTION;
        }
        let namespace = qjs::JS_GetModuleNamespace(context, definition);
        if qjs::JS_IsException(namespace) {
            return namespace;
        }
        let atom = qjs::JS_NewAtom(context, c"module.exports".as_ptr());
        let exports = if qjs::JS_HasProperty(context, namespace, atom) > 0 {
            let exports = qjs::JS_GetProperty(context, namespace, atom);
            engine::free(namespace);
            exports
        } else {
            namespace
        };
        qjs::JS_FreeAtom(context, atom);
        exports
    }
}

/// Evaluates an ECMAScript module; `false` after an exception.
unsafe fn is_evaluated(definition: *mut qjs::JSModuleDef, name: &CStr) -> bool {
    let context = context();
    unsafe {
        // In a cycle its namespace is not complete.
        if engine::jsc_module_is_evaluating(definition) {
            return true;
        }
        let module = qjs::JS_MKPTR(qjs::JS_TAG_MODULE, definition.cast());
        let promise = qjs::JS_EvalFunction(context, qjs::JS_DupValue(context, module));
        if qjs::JS_IsException(promise) {
            return false;
        }
        let is_evaluated = match qjs::JS_PromiseState(context, promise) {
            qjs::JSPromiseStateEnum_JS_PROMISE_FULFILLED => true,
            qjs::JSPromiseStateEnum_JS_PROMISE_REJECTED => {
                qjs::JS_Throw(context, qjs::JS_PromiseResult(context, promise));
                evaluate::forget_rejection(promise);
                false
            }
            _ => {
                qjs::JS_ThrowTypeError(
                    context,
                    c"'%s' cannot be required: it has a top-level await; import it".as_ptr(),
                    name.as_ptr(),
                );
                false
            }
        };
        engine::free(promise);
        is_evaluated
    }
}

/// Evaluates a CommonJS module for an ECMAScript module that imports it: called by QuickJS. The private value is the
/// array of its exports' names.
pub unsafe extern "C" fn evaluate(
    context: *mut qjs::JSContext,
    definition: *mut qjs::JSModuleDef,
) -> i32 {
    unsafe {
        let atom = qjs::JS_GetModuleName(context, definition);
        let mut name = [qjs::JS_AtomToString(context, atom)];
        qjs::JS_FreeAtom(context, atom);
        let exports = qjs::JS_Call(
            context,
            *REQUIRE.get(),
            qjs::JS_UNDEFINED,
            1,
            name.as_mut_ptr(),
        );
        engine::free(name[0]);
        if qjs::JS_IsException(exports) {
            return -1;
        }
        let names = qjs::JS_GetModulePrivateValue(context, definition);
        let mut count = 0;
        qjs::JS_GetLength(context, names, &mut count);
        for index in 0..count as u32 {
            let name = qjs::JS_GetPropertyUint32(context, names, index);
            if export(definition, exports, name) < 0 {
                engine::free(names);
                engine::free(exports);
                return -1;
            }
        }
        engine::free(names);
        qjs::JS_SetModuleExport(context, definition, c"default".as_ptr(), exports)
    }
}

/// Sets the export `name`, which is freed, to the property of this name.
unsafe fn export(definition: *mut qjs::JSModuleDef, exports: Value, name: Value) -> i32 {
    let context = context();
    engine::with_text(name, |text| {
        let must_exist = text.starts_with('!');
        let text = CString::new(text.trim_start_matches('!')).unwrap_or_default();
        engine::free(name);
        unsafe {
            let value = if *text == *c"module.exports" {
                qjs::JS_DupValue(context, exports)
            } else if qjs::JS_IsObject(exports) {
                qjs::JS_GetPropertyStr(context, exports, text.as_ptr())
            } else {
                qjs::JS_UNDEFINED
            };
            if qjs::JS_IsException(value) {
                return -1;
            }
            if must_exist && qjs::JS_IsUndefined(value) {
                qjs::JS_ThrowSyntaxError(
                    context,
                    c"the CommonJS module has no export `%s`".as_ptr(),
                    text.as_ptr(),
                );
                return -1;
            }
            qjs::JS_SetModuleExport(context, definition, text.as_ptr(), value)
        }
    })
}
