//! The modules of the program as the host hands them over, and the loader that QuickJS asks for them.

use alloc::ffi::CString;
use alloc::vec::Vec;
use core::ffi::{CStr, c_char, c_void};
use core::ptr;

use rquickjs::qjs;

use crate::commonjs;
use crate::engine::{self, Global, context};

/// What the text of a module is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
enum Kind {
    EcmaScript = 0,
    Json = 1,
    CommonJs = 2,
}

struct Module {
    name: CString,
    kind: Kind,
    /// NUL-terminated, as the parser wants it.
    text: Vec<u8>,
    /// The names that a CommonJS module exports to ECMAScript modules.
    exports: Vec<CString>,
    /// Null before it was compiled.
    definition: *mut qjs::JSModuleDef,
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

/// Defines a module. `kind`: 0 ECMAScript, 1 JSON, 2 CommonJS.
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
    let kind = [Kind::EcmaScript, Kind::Json, Kind::CommonJs][kind.min(2) as usize];
    let module = unsafe {
        Module {
            name: take_name(name, name_length),
            kind,
            text: take(text, text_length),
            exports: Vec::new(),
            definition: ptr::null_mut(),
        }
    };
    PROGRAM.get().modules.push(module);
}

/// Gives the module that was defined last, a CommonJS module, an export.
///
/// # Safety
/// The pointer comes from `jsc_build_allocate` with the same length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jsc_build_define_export(name: *mut u8, name_length: usize) {
    let name = unsafe { take_name(name, name_length) };
    if let Some(module) = PROGRAM.get().modules.last_mut() {
        module.exports.push(name);
    }
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
    let definition = compile_by_name(wanted);
    if definition.is_none() {
        unsafe {
            qjs::JS_ThrowReferenceError(
                context,
                c"the module '%s' is not part of this program: only modules known at build time can be imported".as_ptr(),
                name,
            );
        }
    }
    definition.unwrap_or(ptr::null_mut())
}

/// Compiles the entry and all that it imports; null after an exception.
pub fn compile_entry() -> *mut qjs::JSModuleDef {
    entry_name()
        .and_then(compile_by_name)
        .unwrap_or(ptr::null_mut())
}

/// Compiles what the program imports only when it runs. What does not compile throws where it is imported.
pub fn load_deferred() {
    let deferred = |resolution: &&Resolution| resolution.specifier == resolution.target;
    for resolution in PROGRAM.get().resolutions.iter().filter(deferred) {
        if compile_by_name(&resolution.target).is_some_and(|definition| definition.is_null()) {
            engine::free(unsafe { qjs::JS_GetException(context()) });
        }
    }
}

fn module(name: &CStr) -> Option<&'static mut Module> {
    PROGRAM
        .get()
        .modules
        .iter_mut()
        .find(|module| *module.name == *name)
}

/// The module of this name, compiled now or before; a null pointer after an exception, `None` where there is no such
/// module.
pub fn compile_by_name(name: &CStr) -> Option<*mut qjs::JSModuleDef> {
    let module = module(name)?;
    if !module.definition.is_null() {
        return Some(module.definition);
    }
    let definition = match module.kind {
        Kind::EcmaScript => compile_ecmascript(module),
        Kind::Json => compile_json(module),
        Kind::CommonJs => compile_commonjs(module),
    };
    module.definition = definition;
    Some(definition)
}

/// The text of a CommonJS module; `None` for any other.
pub fn commonjs_text(name: &CStr) -> Option<&'static [u8]> {
    let module = module(name)?;
    (module.kind == Kind::CommonJs).then(|| &module.text[..module.text.len() - 1])
}

/// The text of a JSON module; `None` for any other.
pub fn json_text(name: &CStr) -> Option<&'static [u8]> {
    let module = module(name)?;
    // With its NUL, which the parser wants.
    (module.kind == Kind::Json).then_some(module.text.as_slice())
}

/// What the imports of a module mean: specifier and name in turn.
pub fn resolutions_of(name: &CStr) -> impl Iterator<Item = (&'static CStr, &'static CStr)> {
    let of_module = move |resolution: &&Resolution| *resolution.module == *name;
    let pair = |resolution: &'static Resolution| {
        (
            resolution.specifier.as_c_str(),
            resolution.target.as_c_str(),
        )
    };
    let resolutions: &'static [Resolution] = &PROGRAM.get().resolutions;
    resolutions.iter().filter(of_module).map(pair)
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

/// To ECMAScript modules a CommonJS module is one that is evaluated when their imports are.
fn compile_commonjs(module: &Module) -> *mut qjs::JSModuleDef {
    let context = context();
    unsafe {
        let definition =
            qjs::JS_NewCModule(context, module.name.as_ptr(), Some(commonjs::evaluate));
        if definition.is_null() {
            return definition;
        }
        qjs::JS_AddModuleExport(context, definition, c"default".as_ptr());
        let names = qjs::JS_NewArray(context);
        for (index, name) in module.exports.iter().enumerate() {
            qjs::JS_AddModuleExport(context, definition, name.as_ptr());
            let name = engine::string(&name.to_string_lossy());
            qjs::JS_SetPropertyUint32(context, names, index as u32, name);
        }
        qjs::JS_SetModulePrivateValue(context, definition, names);
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
