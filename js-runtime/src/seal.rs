//! Closes the build: picks the functions that the module will export and leaves the heap as small as it can be.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ptr;

use rquickjs::qjs;

use crate::engine::{self, Global, Value, context};
use crate::world::{self, Life};
use crate::{commonjs, define, evaluate, report};

/// A function that the module exports.
#[derive(Clone, Copy)]
pub struct Handler {
    pub function: Value,
    /// Whether it can see its argument.
    pub sees_argument: bool,
}

static HANDLERS: Global<Vec<Handler>> = Global::new(Vec::new());

/// The handler that the module's export number `index` calls.
pub fn handler(index: usize) -> Option<Handler> {
    HANDLERS.get().get(index).copied()
}

fn add_handler(function: Value) -> &'static str {
    HANDLERS.get().push(Handler {
        function,
        sees_argument: unsafe { engine::jsc_sees_arguments(function) },
    });
    "function"
}

/// Reports the entry's exports, name and kind in turn, and keeps those of kind `function` as handlers, in this order.
/// Any kind but `function` is a phrase for a message: `a class`, `undefined`, … Returns 1 after an exception.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_exports() -> i32 {
    let context = context();
    report::clear();
    unsafe {
        let namespace = qjs::JS_GetModuleNamespace(context, evaluate::entry_module());
        let mut names: *mut qjs::JSPropertyEnum = ptr::null_mut();
        let mut count = 0;
        let flags = (qjs::JS_GPN_STRING_MASK) as i32;
        if qjs::JS_IsException(namespace)
            || qjs::JS_GetOwnPropertyNames(context, &mut names, &mut count, namespace, flags) < 0
        {
            evaluate::report_exception();
            return 1;
        }
        for index in 0..count as usize {
            let atom = (*names.add(index)).atom;
            let name = qjs::JS_AtomToString(context, atom);
            let value = qjs::JS_GetProperty(context, namespace, atom);
            engine::with_text(name, report::push);
            report::push(keep(value));
            engine::free(name);
        }
        qjs::JS_FreePropertyEnum(context, names, count);
        engine::free(namespace);
    }
    0
}

/// Keeps `value` if it can be called, and says of which kind it is.
fn keep(value: Value) -> &'static str {
    let context = context();
    unsafe {
        if qjs::JS_IsException(value) {
            engine::free(qjs::JS_GetException(context));
            return "uninitialized: its declaration was not reached";
        }
        if engine::jsc_is_class(context, value) {
            engine::free(value);
            return "a class";
        }
        if qjs::JS_IsFunction(context, value) {
            return add_handler(value);
        }
        let kind = kind_of(value);
        // What CommonJS interoperation makes of `export default`.
        let inner = if qjs::JS_IsObject(value) {
            engine::property(value, c"default")
        } else {
            qjs::JS_UNDEFINED
        };
        engine::free(value);
        if qjs::JS_IsFunction(context, inner) && !engine::jsc_is_class(context, inner) {
            return add_handler(inner);
        }
        engine::free(inner);
        kind
    }
}

/// What a message calls a value that cannot be called.
fn kind_of(value: Value) -> &'static str {
    let tag = unsafe { qjs::JS_VALUE_GET_NORM_TAG(value) };
    match tag {
        qjs::JS_TAG_UNDEFINED => "undefined",
        qjs::JS_TAG_NULL => "null",
        qjs::JS_TAG_BOOL => "a boolean",
        qjs::JS_TAG_INT | qjs::JS_TAG_FLOAT64 => "a number",
        qjs::JS_TAG_OBJECT => "an object",
        qjs::JS_TAG_SYMBOL => "a symbol",
        qjs::JS_TAG_STRING | qjs::JS_TAG_STRING_ROPE => "a string",
        _ => "a BigInt",
    }
}

/// How much of the engine is left to the program; the numbers are those of `Strip` in `crates/preinit`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strip {
    /// What the program cannot name is taken out, the compiler included.
    Names,
    /// The same, but the compiler stays for `eval` and `Function`.
    NamesButEval,
    /// All of it.
    Nothing,
}

/// Called before the program is evaluated if its module will not have the compiler.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_without_compiler() {
    unsafe { engine::jsc_refuse_probes(context()) };
}

/// Makes the heap what the module starts with. `strip`: 0 names, 1 names but not the compiler, 2 nothing. `keeps_source`:
/// whether functions keep their texts.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_seal(strip: u32, keeps_source: bool) {
    let strip = [Strip::Names, Strip::NamesButEval, Strip::Nothing][strip.min(2) as usize];
    let context = context();
    let mut commonjs = define::deferred_commonjs();
    commonjs.extend(define::commonjs_to_run());
    let required = commonjs::forget(&commonjs);
    define::forget();
    report::free();
    unsafe {
        let runtime = qjs::JS_GetRuntime(context);
        if !HANDLERS.get().is_empty() {
            evaluate::forget_promise();
        }
        engine::jsc_adopt_made(context);
        for name in define::deferred() {
            engine::jsc_keep_module_by_name(context, name.as_ptr());
        }
        for name in &required {
            engine::jsc_keep_module_by_name(context, name.as_ptr());
        }
        // Where memory runs out, more stays than has to, and what could not be made now is made later.
        if engine::jsc_drop_what_has_run(context) < 0 {
            engine::free(qjs::JS_GetException(context));
        }
        engine::jsc_drop_modules(context);
        if engine::jsc_settle_console(context, strip == Strip::Names) < 0 {
            engine::free(qjs::JS_GetException(context));
        }
        if strip != Strip::Nothing && engine::jsc_strip_names(context, strip == Strip::Names) < 0 {
            engine::free(qjs::JS_GetException(context));
        }
        if engine::jsc_warm_builtins(context) < 0 {
            engine::free(qjs::JS_GetException(context));
        }
        if strip != Strip::Nothing {
            engine::jsc_drop_loaders(context, strip == Strip::NamesButEval);
        }
        if !keeps_source {
            engine::jsc_drop_source_text(runtime);
        }
        qjs::JS_RunGC(runtime);
        engine::jsc_trim_atoms(runtime);
        engine::jsc_reset_time_origin(context);
        engine::jsc_erase_frames();
    }
}

/// The heap's words that refer to functions and static data of the engine (`JscReference` in `c/references.c`): as many
/// as `jsc_build_reference_count` says; null where memory ran out.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_references() -> *const u32 {
    unsafe { engine::jsc_list_references(context()) }
}

/// The gates by number: for each the address of the names that open it, of the names that it guards, and whether it is
/// open (`c/gates.c`). As many as `jsc_build_gate_count` says; listed by `jsc_build_references`.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_gates() -> *const u32 {
    unsafe { engine::jsc_list_gates() }
}

/// How many gates there are.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_gate_count() -> u32 {
    unsafe { engine::jsc_count_gates() }
}

/// How many references there are.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_reference_count() -> u32 {
    unsafe { engine::jsc_count_references() }
}

/// For each of the 256 opcodes, whether the heap's bytecode has it. Listed by `jsc_build_references`.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_opcodes() -> *const bool {
    unsafe { engine::jsc_opcodes() }
}

static SIZES: Global<BTreeMap<qjs::JSAtom, usize>> = Global::new(BTreeMap::new());

extern "C" fn add_size(file: qjs::JSAtom, bytes: usize) {
    *SIZES.get().entry(file).or_default() += bytes;
}

/// Reports how many bytes of bytecode there are of each file: name and number in turn.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_sizes() {
    let context = context();
    report::clear();
    unsafe { engine::jsc_visit_bytecode(qjs::JS_GetRuntime(context), add_size) };
    for (file, bytes) in core::mem::take(SIZES.get()) {
        let name = unsafe { qjs::JS_AtomToString(context, file) };
        engine::with_text(name, report::push);
        engine::free(name);
        report::push(&alloc::format!("{bytes}"));
    }
}

/// Where the runtime lies, from which the whole heap can be found (`crates/bytecode`).
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_runtime() -> *const qjs::JSRuntime {
    unsafe { qjs::JS_GetRuntime(context()) }
}

/// Last call of the host before the snapshot.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_close() {
    report::free();
    unsafe {
        engine::jsc_forget_references(context());
        engine::jsc_put_names_to_sleep(context());
        engine::jsc_forget_builtins(context());
        engine::jsc_sort_objects(qjs::JS_GetRuntime(context()));
        engine::jsc_join_free_blocks();
    }
    world::set_life(Life::Run);
}

/// Has the module keep within `size` bytes of its host's stack; the one in linear memory begins at `begin`. Returns where it
/// begins now, 0 where there is no room for it. Nothing can be called any more before it has moved there.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_fit_stack(size: u32, begin: usize) -> usize {
    unsafe { engine::jsc_fit_stack(qjs::JS_GetRuntime(context()), size, begin) }
}
