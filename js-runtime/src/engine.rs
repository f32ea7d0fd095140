//! The one runtime and context, and the functions of the C unit.

use core::ffi::{c_char, c_int};
use core::ptr;

use rquickjs::qjs;

pub use qjs::JSValue as Value;

unsafe extern "C" {
    pub fn jsc_begin_parsing(is_trial: bool, kind: c_int, number: c_int);
    pub fn jsc_end_parsing(script: Value);
    pub fn jsc_evaluate_entry(ctx: *mut qjs::JSContext, module: *mut qjs::JSModuleDef) -> Value;
    pub fn jsc_stops_before_job() -> bool;
    pub fn jsc_last_point(kind: *mut c_int, number: *mut c_int);
    pub fn jsc_is_suspended() -> bool;
    pub fn jsc_continue_program(ctx: *mut qjs::JSContext) -> c_int;
    pub fn jsc_module_has_run(module: *mut qjs::JSModuleDef) -> bool;
    pub fn jsc_module_is_evaluating(module: *mut qjs::JSModuleDef) -> bool;
    pub fn jsc_find_module(ctx: *mut qjs::JSContext, name: *const c_char) -> *mut qjs::JSModuleDef;
    pub fn jsc_keep_module_by_name(ctx: *mut qjs::JSContext, name: *const c_char);
    pub fn jsc_drop_modules(ctx: *mut qjs::JSContext);
    pub fn jsc_visit_bytecode(
        rt: *mut qjs::JSRuntime,
        visit: extern "C" fn(file: qjs::JSAtom, bytes: usize),
    );
    pub fn jsc_drop_what_has_run(ctx: *mut qjs::JSContext) -> c_int;
    pub fn jsc_refuse_probes(ctx: *mut qjs::JSContext);
    pub fn jsc_describe_stack(ctx: *mut qjs::JSContext, out: *mut u8, capacity: usize) -> usize;
    pub fn jsc_replace_intrinsics(ctx: *mut qjs::JSContext) -> c_int;
    pub fn jsc_parse_json(ctx: *mut qjs::JSContext, text: *const u8, length: usize) -> Value;
    pub fn jsc_parse_input(ctx: *mut qjs::JSContext, text: *const u8, length: usize) -> Value;
    pub fn jsc_stringify_json(ctx: *mut qjs::JSContext, value: Value) -> Value;
    pub fn jsc_define_text(ctx: *mut qjs::JSContext) -> c_int;
    pub fn jsc_to_utf8(ctx: *mut qjs::JSContext, value: Value, length: *mut usize) -> *mut u8;
    pub fn jsc_uint8_array(value: Value, size: *mut usize) -> *mut u8;
    pub fn jsc_class_name(ctx: *mut qjs::JSContext, value: Value) -> Value;
    pub fn jsc_is_native_constructor(value: Value) -> bool;
    pub fn jsc_sees_arguments(function: Value) -> bool;
    pub fn jsc_is_class(ctx: *mut qjs::JSContext, value: Value) -> bool;
    pub fn jsc_own_value(
        ctx: *mut qjs::JSContext,
        object: Value,
        key: Value,
        other: Value,
    ) -> Value;
    pub fn jsc_own_keys(
        ctx: *mut qjs::JSContext,
        object: Value,
        hidden: bool,
        named: bool,
    ) -> Value;
    pub fn jsc_entries(ctx: *mut qjs::JSContext, collection: Value, limit: u32) -> Value;
    pub fn jsc_primitive(ctx: *mut qjs::JSContext, value: Value) -> Value;
    pub fn jsc_error_stack(ctx: *mut qjs::JSContext, error: Value) -> Value;
    pub fn jsc_get_then(ctx: *mut qjs::JSContext, value: Value) -> Value;
    pub fn jsc_resolve(ctx: *mut qjs::JSContext, value: Value) -> Value;
    pub fn jsc_keep(ctx: *mut qjs::JSContext, path: *const c_char) -> c_int;
    pub fn jsc_record_builtins(ctx: *mut qjs::JSContext) -> c_int;
    pub fn jsc_record_library(ctx: *mut qjs::JSContext) -> c_int;
    pub fn jsc_adopt_made(ctx: *mut qjs::JSContext);
    pub fn jsc_forget_builtins(ctx: *mut qjs::JSContext);
    pub fn jsc_strip_names(ctx: *mut qjs::JSContext, gated: bool) -> c_int;
    pub fn jsc_drop_loaders(ctx: *mut qjs::JSContext, allow_eval: bool);
    pub fn jsc_list_references(ctx: *mut qjs::JSContext) -> *const u32;
    pub fn jsc_list_gates() -> *const u32;
    pub fn jsc_count_gates() -> u32;
    pub fn jsc_can_settle() -> bool;
    pub fn jsc_count_references() -> u32;
    pub fn jsc_opcodes() -> *const bool;
    pub fn jsc_forget_references(ctx: *mut qjs::JSContext);
    pub fn jsc_join_free_blocks();
    pub fn jsc_warm_builtins(ctx: *mut qjs::JSContext) -> c_int;
    pub fn jsc_sort_objects(rt: *mut qjs::JSRuntime);
    pub fn jsc_watch_console(ctx: *mut qjs::JSContext, console: Value, formatter: Value);
    pub fn jsc_count_console_references();
    pub fn jsc_settle_console(ctx: *mut qjs::JSContext, may: bool) -> c_int;
    pub fn jsc_drop_source_text(rt: *mut qjs::JSRuntime);
    pub fn jsc_trim_atoms(rt: *mut qjs::JSRuntime);
    pub fn jsc_put_names_to_sleep(ctx: *mut qjs::JSContext);
    pub fn jsc_set_stack_limit(rt: *mut qjs::JSRuntime);
    pub fn jsc_fit_stack(rt: *mut qjs::JSRuntime, size: u32, begin: usize) -> usize;
    pub fn jsc_erase_frames();
    pub fn jsc_reset_time_origin(ctx: *mut qjs::JSContext);
}

/// A value that belongs to this life's single thread.
///
/// The guest is single-threaded and no reference outlives the call that took it, so plain cells would do if
/// Rust let them be static.
pub struct Global<T>(core::cell::UnsafeCell<T>);

// SAFETY: wasm32-wasip1 has no threads.
unsafe impl<T> Sync for Global<T> {}

impl<T> Global<T> {
    pub const fn new(value: T) -> Self {
        Global(core::cell::UnsafeCell::new(value))
    }

    /// The value itself. No two callers on one stack may hold it at once.
    #[expect(
        clippy::mut_from_ref,
        reason = "the guest is single-threaded; see the type"
    )]
    pub fn get(&self) -> &mut T {
        unsafe { &mut *self.0.get() }
    }
}

static CONTEXT: Global<*mut qjs::JSContext> = Global::new(ptr::null_mut());

/// The context; null before `boot`.
pub fn context() -> *mut qjs::JSContext {
    *CONTEXT.get()
}

pub fn set_context(context: *mut qjs::JSContext) {
    *CONTEXT.get() = context;
}

/// Runs `use_text` on `String(value)`, lone surrogates replaced by U+FFFD; on an exception of that conversion, on "".
pub fn with_text<R>(value: Value, use_text: impl FnOnce(&str) -> R) -> R {
    let context = context();
    unsafe {
        let string = qjs::JS_ToString(context, value);
        let mut length = 0;
        let text = if qjs::JS_IsException(string) {
            ptr::null_mut()
        } else {
            jsc_to_utf8(context, string, &mut length)
        };
        free(string);
        if text.is_null() {
            free(qjs::JS_GetException(context));
            return use_text("");
        }
        // SAFETY: `jsc_to_utf8` gives valid UTF-8.
        let bytes = core::slice::from_raw_parts(text, length);
        let result = use_text(core::str::from_utf8_unchecked(bytes));
        qjs::js_free(context, text.cast());
        result
    }
}

/// The property `name` (NUL-terminated) of `object`; undefined where reading it throws.
pub fn property(object: Value, name: &core::ffi::CStr) -> Value {
    let context = context();
    unsafe {
        let value = qjs::JS_GetPropertyStr(context, object, name.as_ptr());
        if qjs::JS_IsException(value) {
            qjs::JS_FreeValue(context, qjs::JS_GetException(context));
            return qjs::JS_UNDEFINED;
        }
        value
    }
}

/// A new string.
pub fn string(text: &str) -> Value {
    unsafe { qjs::JS_NewStringLen(context(), text.as_ptr().cast::<c_char>(), text.len() as _) }
}

/// Throws a `TypeError`; what natives return afterwards.
pub fn throw_type_error(message: &core::ffi::CStr) -> Value {
    unsafe { qjs::JS_ThrowTypeError(context(), c"%s".as_ptr(), message.as_ptr()) }
}

/// Frees a value.
pub fn free(value: Value) {
    unsafe { qjs::JS_FreeValue(context(), value) }
}
