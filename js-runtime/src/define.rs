//! The modules of the program as the host hands them over, and the loader that QuickJS asks for them.

use alloc::ffi::CString;
use alloc::vec::Vec;
use core::ffi::{CStr, c_char, c_void};
use core::ptr;

use rquickjs::qjs;

use crate::engine::{self, Global, context};

/// What the text of a module is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
enum Kind {
    EcmaScript = 0,
    Json = 1,
}

struct Module {
    name: CString,
    kind: Kind,
    /// NUL-terminated, as the parser wants it.
    text: Vec<u8>,
}

/// The import `specifier` in `module` means the module `target`.
struct Resolution {
    module: CString,
    specifier: CString,
    target: CString,
}

struct Program {
    modules: Vec<Module>,
    resolutions: Vec<Resolution>,
}

static PROGRAM: Global<Program> = Global::new(Program {
    modules: Vec::new(),
    resolutions: Vec::new(),
});

/// Memory for a text of `length` bytes that the host is about to hand over.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_allocate(length: usize) -> *mut u8 {
    let mut text = Vec::new();
    if text.try_reserve_exact(length + 1).is_err() {
        return ptr::null_mut();
    }
    text.resize(length + 1, 0);
    core::mem::ManuallyDrop::new(text).as_mut_ptr()
}

/// Takes back what `jsc_build_allocate(length)` gave, with its closing NUL.
unsafe fn take(text: *mut u8, length: usize) -> Vec<u8> {
    unsafe { Vec::from_raw_parts(text, length + 1, length + 1) }
}

unsafe fn take_name(text: *mut u8, length: usize) -> CString {
    let mut bytes = unsafe { take(text, length) };
    bytes.pop();
    // Names come from file names and specifiers, which the front end has rid of NULs.
    CString::new(bytes).unwrap_or_default()
}

/// Defines a module. `kind`: 0 ECMAScript, 1 JSON.
///
/// # Safety
/// Both pointers come from `jsc_build_allocate` with the same lengths.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jsc_build_define(
    name: *mut u8,
    name_length: usize,
    kind: u32,
    text: *mut u8,
    text_length: usize,
) {
    let kind = if kind == Kind::Json as u32 {
        Kind::Json
    } else {
        Kind::EcmaScript
    };
    let module = unsafe {
        Module {
            name: take_name(name, name_length),
            kind,
            text: take(text, text_length),
        }
    };
    PROGRAM.get().modules.push(module);
}

/// Says which module an import means.
///
/// # Safety
/// The pointers come from `jsc_build_allocate` with the same lengths.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jsc_build_resolve(
    module: *mut u8,
    module_length: usize,
    specifier: *mut u8,
    specifier_length: usize,
    target: *mut u8,
    target_length: usize,
) {
    let resolution = unsafe {
        Resolution {
            module: take_name(module, module_length),
            specifier: take_name(specifier, specifier_length),
            target: take_name(target, target_length),
        }
    };
    PROGRAM.get().resolutions.push(resolution);
}

/// Keeps a builtin, given by its path, though the program does not name it. Returns 1 where there is none.
///
/// # Safety
/// The pointer comes from `jsc_build_allocate` with the same length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jsc_build_keep(path: *mut u8, length: usize) -> i32 {
    let path = unsafe { take_name(path, length) };
    i32::from(unsafe { engine::jsc_keep(context(), path.as_ptr()) } < 0)
}

/// Forgets the program's texts; called by `seal`.
pub fn forget() {
    *PROGRAM.get() = Program {
        modules: Vec::new(),
        resolutions: Vec::new(),
    };
}

/// The name of the first module that was defined: the entry.
pub fn entry_name() -> Option<&'static CStr> {
    PROGRAM
        .get()
        .modules
        .first()
        .map(|module| module.name.as_c_str())
}

pub fn install_loader(runtime: *mut qjs::JSRuntime) {
    unsafe { qjs::JS_SetModuleLoaderFunc(runtime, Some(normalize), Some(load), ptr::null_mut()) }
}

unsafe extern "C" fn normalize(
    context: *mut qjs::JSContext,
    base: *const c_char,
    specifier: *const c_char,
    _: *mut c_void,
) -> *mut c_char {
    let (base, specifier) = unsafe { (CStr::from_ptr(base), CStr::from_ptr(specifier)) };
    let resolution = PROGRAM
        .get()
        .resolutions
        .iter()
        .find(|resolution| *resolution.module == *base && *resolution.specifier == *specifier);
    let name = match resolution {
        Some(resolution) => resolution.target.as_c_str(),
        None => specifier,
    };
    unsafe { qjs::js_strdup(context, name.as_ptr()) }
}

unsafe extern "C" fn load(
    context: *mut qjs::JSContext,
    name: *const c_char,
    _: *mut c_void,
) -> *mut qjs::JSModuleDef {
    let wanted = unsafe { CStr::from_ptr(name) };
    match PROGRAM
        .get()
        .modules
        .iter()
        .find(|module| *module.name == *wanted)
    {
        Some(module) => compile(module),
        None => unsafe {
            qjs::JS_ThrowReferenceError(
                context,
                c"the module '%s' is not part of this program: only modules known at build time can be imported".as_ptr(),
                name,
            );
            ptr::null_mut()
        },
    }
}

/// Compiles the entry and all that it imports; null after an exception.
pub fn compile_entry() -> *mut qjs::JSModuleDef {
    match PROGRAM.get().modules.first() {
        Some(module) => compile(module),
        None => ptr::null_mut(),
    }
}

fn compile(module: &Module) -> *mut qjs::JSModuleDef {
    match module.kind {
        Kind::EcmaScript => compile_ecmascript(module),
        Kind::Json => compile_json(module),
    }
}

fn compile_ecmascript(module: &Module) -> *mut qjs::JSModuleDef {
    let context = context();
    unsafe {
        let value = qjs::JS_Eval(
            context,
            module.text.as_ptr().cast(),
            (module.text.len() - 1) as _,
            module.name.as_ptr(),
            (qjs::JS_EVAL_TYPE_MODULE | qjs::JS_EVAL_FLAG_COMPILE_ONLY) as i32,
        );
        if qjs::JS_IsException(value) {
            return ptr::null_mut();
        }
        let definition = qjs::JS_VALUE_GET_PTR(value).cast::<qjs::JSModuleDef>();
        // The context's list of modules keeps it alive.
        engine::free(value);
        let meta = qjs::JS_GetImportMeta(context, definition);
        let mut url = alloc::string::String::from("file:///");
        url.push_str(&module.name.to_string_lossy());
        qjs::JS_DefinePropertyValueStr(
            context,
            meta,
            c"url".as_ptr(),
            engine::string(&url),
            qjs::JS_PROP_C_W_E as i32,
        );
        engine::free(meta);
        definition
    }
}

fn compile_json(module: &Module) -> *mut qjs::JSModuleDef {
    let context = context();
    unsafe {
        let value = engine::jsc_parse_json(context, module.text.as_ptr(), module.text.len() - 1);
        if qjs::JS_IsException(value) {
            return ptr::null_mut();
        }
        let definition = qjs::JS_NewCModule(context, module.name.as_ptr(), Some(export_json));
        if definition.is_null() {
            engine::free(value);
            return ptr::null_mut();
        }
        qjs::JS_AddModuleExport(context, definition, c"default".as_ptr());
        qjs::JS_SetModulePrivateValue(context, definition, value);
        definition
    }
}

unsafe extern "C" fn export_json(
    context: *mut qjs::JSContext,
    module: *mut qjs::JSModuleDef,
) -> i32 {
    unsafe {
        let value = qjs::JS_GetModulePrivateValue(context, module);
        qjs::JS_SetModuleExport(context, module, c"default".as_ptr(), value)
    }
}
