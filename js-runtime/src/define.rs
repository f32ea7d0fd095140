//! The modules of the program as the host hands them over, and the loader that QuickJS asks for them.

use alloc::collections::BTreeMap;
use alloc::ffi::CString;
use alloc::vec::Vec;
use core::ffi::{CStr, c_char, c_void};
use core::ptr;

use rquickjs::qjs;

use crate::engine::{self, Global, Value, context};
use crate::{commonjs, evaluate, report};

/// What the text of a module is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
enum Kind {
    EcmaScript = 0,
    Json = 1,
    CommonJs = 2,
    /// The default export is the text itself.
    Text = 3,
    /// The default export is a `Uint8Array` of it.
    Bytes = 4,
    /// Global code; only the entry can be a script.
    Script = 5,
}

struct Module {
    name: CString,
    kind: Kind,
    /// NUL-terminated, as the parser wants it.
    text: Vec<u8>,
    /// The names that a CommonJS module exports to ECMAScript modules.
    exports: Vec<Export>,
    /// Null before it was compiled.
    definition: *mut qjs::JSModuleDef,
}

/// What ECMAScript modules can import of a CommonJS module.
pub struct Export {
    pub name: CString,
    /// Whether the module has to have it when it has run.
    pub must_exist: bool,
}

/// The imports of a module: by specifier, the name of the module that it means.
type Imports = BTreeMap<CString, CString>;

struct Program {
    modules: Vec<Module>,
    /// The place of each module by its name.
    places: BTreeMap<CString, usize>,
    imports: BTreeMap<CString, Imports>,
    /// The same for modules that are imported while the program runs.
    deferred: BTreeMap<CString, Imports>,
}

static PROGRAM: Global<Program> = Global::new(Program {
    modules: Vec::new(),
    places: BTreeMap::new(),
    imports: BTreeMap::new(),
    deferred: BTreeMap::new(),
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

/// Defines a module; `kind` is the number of a [`Kind`].
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
    let kinds = [
        Kind::EcmaScript,
        Kind::Json,
        Kind::CommonJs,
        Kind::Text,
        Kind::Bytes,
        Kind::Script,
    ];
    let kind = kinds[kind.min(5) as usize];
    let module = unsafe {
        Module {
            name: take_name(name, name_length),
            kind,
            text: take(text, text_length),
            exports: Vec::new(),
            definition: ptr::null_mut(),
        }
    };
    let program = PROGRAM.get();
    program
        .places
        .insert(module.name.clone(), program.modules.len());
    program.modules.push(module);
}

/// Gives the module that was defined last, a CommonJS module, an export. Where `must_exist`, nothing shows that there
/// is one of this name.
///
/// # Safety
/// The pointer comes from `jsc_build_allocate` with the same length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jsc_build_define_export(
    name: *mut u8,
    name_length: usize,
    must_exist: i32,
) {
    let export = Export {
        name: unsafe { take_name(name, name_length) },
        must_exist: must_exist != 0,
    };
    if let Some(module) = PROGRAM.get().modules.last_mut() {
        module.exports.push(export);
    }
}

/// Says which module an import means; `deferred` is one by `import()`.
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
    deferred: i32,
) {
    let (module, specifier, target) = unsafe {
        (
            take_name(module, module_length),
            take_name(specifier, specifier_length),
            take_name(target, target_length),
        )
    };
    let program = PROGRAM.get();
    let imports = if deferred != 0 {
        &mut program.deferred
    } else {
        &mut program.imports
    };
    imports.entry(module).or_default().insert(specifier, target);
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

/// Forgets the program's texts; called by `seal`. What `import()` means stays.
pub fn forget() {
    let program = PROGRAM.get();
    program.modules = Vec::new();
    program.places = BTreeMap::new();
    program.imports = BTreeMap::new();
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
    unsafe {
        qjs::JS_SetModuleLoaderFunc(runtime, None, Some(load), ptr::null_mut());
        qjs::JS_SetModuleNormalizeFunc2(runtime, Some(normalize));
    }
}

unsafe extern "C" fn normalize(
    context: *mut qjs::JSContext,
    base: *const c_char,
    specifier: *const c_char,
    attributes: Value,
    _: *mut c_void,
) -> *mut c_char {
    let (base, specifier) = unsafe { (CStr::from_ptr(base), CStr::from_ptr(specifier)) };
    let marked = marked(specifier, attributes);
    let program = PROGRAM.get();
    let target = |imports: &'static BTreeMap<CString, Imports>| {
        let imports = imports.get(base)?;
        imports.get(marked.as_deref().unwrap_or(specifier))
    };
    let name = target(&program.imports).or_else(|| target(&program.deferred));
    let name = name.map_or(specifier, CString::as_c_str);
    unsafe { qjs::js_strdup(context, name.as_ptr()) }
}

/// The host's word for the import of a file as text or bytes (`specifier` in `crates/compiler/src/program.rs`): another
/// than for that of the module in it.
fn marked(specifier: &CStr, attributes: Value) -> Option<CString> {
    if !unsafe { qjs::JS_IsObject(attributes) } {
        return None;
    }
    let kind = engine::property(attributes, c"type");
    let marked = engine::with_text(kind, |kind| match kind {
        "text" | "bytes" => {
            let bytes = [specifier.to_bytes(), b"\x01", kind.as_bytes()].concat();
            CString::new(bytes).ok()
        }
        _ => None,
    });
    engine::free(kind);
    marked
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

/// What a program starts with.
pub enum Entry {
    Module(*mut qjs::JSModuleDef),
    /// The bytecode of global code.
    Script(Value),
}

/// Compiles the entry and all that it imports; `None` after an exception.
pub fn compile_entry() -> Option<Entry> {
    let name = entry_name()?;
    let entry = module(name)?;
    if entry.kind == Kind::Script {
        let script = compile(entry, qjs::JS_EVAL_TYPE_GLOBAL);
        return (!unsafe { qjs::JS_IsException(script) }).then_some(Entry::Script(script));
    }
    let definition = compile_by_name(name)?;
    (!definition.is_null()).then_some(Entry::Module(definition))
}

/// Compiles what the program imports only when it runs. What does not compile throws its error where it is imported;
/// reports each of them.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_deferred() {
    let context = context();
    report::clear();
    for target in deferred() {
        if compile_by_name(target).is_none_or(|definition| !definition.is_null()) {
            continue;
        }
        let error = unsafe { qjs::JS_GetException(context) };
        report::push(&target.to_string_lossy());
        evaluate::push_error(error);
        let definition = unsafe { qjs::JS_NewCModule(context, target.as_ptr(), Some(throw)) };
        if definition.is_null() {
            engine::free(error);
            continue;
        }
        unsafe { qjs::JS_SetModulePrivateValue(context, definition, error) };
        if let Some(module) = module(target) {
            module.definition = definition;
        }
    }
}

/// The evaluation of a module that does not compile.
unsafe extern "C" fn throw(context: *mut qjs::JSContext, module: *mut qjs::JSModuleDef) -> i32 {
    unsafe { qjs::JS_Throw(context, qjs::JS_GetModulePrivateValue(context, module)) };
    -1
}

/// The names of the CommonJS modules that are imported while the program runs.
pub fn deferred_commonjs() -> Vec<&'static CStr> {
    deferred()
        .filter(|target| commonjs_text(target).is_some())
        .collect()
}

/// The names of the CommonJS modules whose evaluation is left to the compiled module.
pub fn commonjs_to_run() -> impl Iterator<Item = &'static CStr> {
    let modules = PROGRAM.get().modules.iter();
    let to_run = modules.filter(|module| {
        module.kind == Kind::CommonJs
            && !module.definition.is_null()
            && !unsafe { engine::jsc_module_has_run(module.definition) }
    });
    to_run.map(|module| module.name.as_c_str())
}

/// The names of the modules that are imported while the program runs.
pub fn deferred() -> impl Iterator<Item = &'static CStr> {
    let program: &'static Program = PROGRAM.get();
    let targets = program.deferred.values().flat_map(BTreeMap::values);
    targets.map(CString::as_c_str)
}

fn module(name: &CStr) -> Option<&'static mut Module> {
    let program = PROGRAM.get();
    let place = *program.places.get(name)?;
    program.modules.get_mut(place)
}

/// The module of this name, compiled now or before; a null pointer after an exception, `None` where there is no such
/// module.
pub fn compile_by_name(name: &CStr) -> Option<*mut qjs::JSModuleDef> {
    let module = module(name)?;
    if !module.definition.is_null() {
        return Some(module.definition);
    }
    let definition = match module.kind {
        // Nothing can import a script: as a module it is another one.
        Kind::EcmaScript | Kind::Script => compile_ecmascript(module),
        Kind::Json => compile_json(module),
        Kind::CommonJs => compile_commonjs(module),
        Kind::Text => compile_text(module),
        Kind::Bytes => compile_bytes(module),
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

/// What the imports of a module mean: specifier and name.
pub fn imports_of(name: &CStr) -> impl Iterator<Item = (&'static CStr, &'static CStr)> {
    let imports = PROGRAM.get().imports.get(name);
    let pair = |(specifier, target): (&'static CString, &'static CString)| {
        (specifier.as_c_str(), target.as_c_str())
    };
    imports.into_iter().flatten().map(pair)
}

/// The exports of the CommonJS module `name`.
pub fn exports_of(name: &CStr) -> &'static [Export] {
    module(name).map_or(&[], |module| &module.exports)
}

/// Compiles the text of a module, or an exception; `goal` is one of `JS_EVAL_TYPE_…`.
fn compile(module: &Module, goal: u32) -> Value {
    unsafe {
        qjs::JS_Eval(
            context(),
            module.text.as_ptr().cast(),
            (module.text.len() - 1) as _,
            module.name.as_ptr(),
            (goal | qjs::JS_EVAL_FLAG_COMPILE_ONLY) as i32,
        )
    }
}

fn compile_ecmascript(module: &Module) -> *mut qjs::JSModuleDef {
    unsafe {
        let value = compile(module, qjs::JS_EVAL_TYPE_MODULE);
        if qjs::JS_IsException(value) {
            return ptr::null_mut();
        }
        let definition = qjs::JS_VALUE_GET_PTR(value).cast::<qjs::JSModuleDef>();
        // The context's list of modules keeps it alive.
        engine::free(value);
        if names_meta(&module.text) {
            define_meta(definition, &module.name);
        }
        definition
    }
}

/// Whether a text may have `import.meta`, which not every module needs to have made.
fn names_meta(text: &[u8]) -> bool {
    let is_behind_import = |place: usize| {
        let before = text[..place].trim_ascii_end();
        let before = before.strip_suffix(b".").unwrap_or_default();
        before.trim_ascii_end().ends_with(b"import")
    };
    text.windows(4)
        .enumerate()
        .any(|(place, word)| word == b"meta" && is_behind_import(place))
}

/// Makes the `import.meta` of a module: it lies at the root of a file system of its own.
fn define_meta(definition: *mut qjs::JSModuleDef, name: &CStr) {
    let context = context();
    let file = alloc::format!("/{}", name.to_string_lossy());
    let directory = file.rsplit_once('/').map_or("", |(directory, _)| directory);
    let directory = if directory.is_empty() { "/" } else { directory };
    let url = alloc::format!("file://{file}");
    let flags = qjs::JS_PROP_C_W_E as i32;
    unsafe {
        let meta = qjs::JS_GetImportMeta(context, definition);
        for (name, text) in [
            (c"url", url.as_str()),
            (c"filename", &file),
            (c"dirname", directory),
        ] {
            let text = engine::string(text);
            qjs::JS_DefinePropertyValueStr(context, meta, name.as_ptr(), text, flags);
        }
        engine::free(meta);
    }
}

fn compile_json(module: &Module) -> *mut qjs::JSModuleDef {
    let context = context();
    unsafe {
        let value = engine::jsc_parse_json(context, module.text.as_ptr(), module.text.len() - 1);
        compile_value(module, value)
    }
}

fn compile_text(module: &Module) -> *mut qjs::JSModuleDef {
    let text = &module.text[..module.text.len() - 1];
    // The front end has made it UTF-8.
    compile_value(
        module,
        engine::string(core::str::from_utf8(text).unwrap_or_default()),
    )
}

/// As the proposal "import bytes" wants it, nobody can change them.
fn compile_bytes(module: &Module) -> *mut qjs::JSModuleDef {
    let context = context();
    let bytes = &module.text[..module.text.len() - 1];
    unsafe {
        let value = qjs::JS_NewUint8ArrayCopy(context, bytes.as_ptr(), bytes.len() as _);
        let buffer = engine::property(value, c"buffer");
        qjs::JS_SetImmutableArrayBuffer(buffer, true);
        engine::free(buffer);
        compile_value(module, value)
    }
}

/// A module with `value` as its default export; null where that is an exception.
fn compile_value(module: &Module, value: Value) -> *mut qjs::JSModuleDef {
    let context = context();
    unsafe {
        if qjs::JS_IsException(value) {
            return ptr::null_mut();
        }
        let definition = qjs::JS_NewCModule(context, module.name.as_ptr(), Some(export_value));
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
        // Those that it has to have begin with `!`.
        let names = qjs::JS_NewArray(context);
        for (index, export) in module.exports.iter().enumerate() {
            qjs::JS_AddModuleExport(context, definition, export.name.as_ptr());
            let mark = if export.must_exist { "!" } else { "" };
            let name = alloc::format!("{mark}{}", export.name.to_string_lossy());
            qjs::JS_SetPropertyUint32(context, names, index as u32, engine::string(&name));
        }
        qjs::JS_SetModulePrivateValue(context, definition, names);
        definition
    }
}

unsafe extern "C" fn export_value(
    context: *mut qjs::JSContext,
    module: *mut qjs::JSModuleDef,
) -> i32 {
    unsafe {
        let value = qjs::JS_GetModulePrivateValue(context, module);
        qjs::JS_SetModuleExport(context, module, c"default".as_ptr(), value)
    }
}
