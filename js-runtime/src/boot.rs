//! Makes the runtime, the context and its globals.

use core::ffi::CStr;

use rquickjs::qjs;

use crate::engine::{self, set_context};
use crate::{commonjs, define, natives, world};

/// The name and the text of a file of the library.
macro_rules! library_file {
    ($name:literal) => {
        (
            c_source(concat!("jsc:", $name, "\0")),
            c_source(concat!(include_str!(concat!("../js/", $name, ".js")), "\0")),
        )
    };
}

/// The JavaScript half of the runtime library; each is a function of the natives, which gives later ones what they use
/// by adding to them.
const LIBRARY: [(&CStr, &CStr); 10] = [
    library_file!("builtins"),
    library_file!("layout"),
    library_file!("reflect"),
    library_file!("error"),
    library_file!("items"),
    library_file!("inspect"),
    library_file!("table"),
    library_file!("console"),
    library_file!("javy"),
    library_file!("commonjs"),
];

const fn c_source(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("a library file has a NUL byte"),
    }
}

/// First call of the host. Returns 0, or 1 when there is no memory.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_boot() -> i32 {
    unsafe {
        let runtime = qjs::JS_NewRuntime();
        if runtime.is_null() {
            return 1;
        }
        let context = qjs::JS_NewContext(runtime);
        if context.is_null() {
            return 1;
        }
        set_context(context);
        engine::jsc_set_stack_limit(runtime);
        if engine::jsc_replace_intrinsics(context) < 0 || engine::jsc_define_text(context) < 0 {
            return 1;
        }
        crate::evaluate::track_rejections(runtime);
        define::install_loader(runtime);

        if engine::jsc_record_builtins(context) < 0 {
            return 1;
        }
        let natives = natives::object();
        for (name, source) in LIBRARY {
            let function = qjs::JS_Eval(
                context,
                source.as_ptr(),
                source.to_bytes().len() as _,
                name.as_ptr(),
                qjs::JS_EVAL_TYPE_GLOBAL as i32,
            );
            let mut arguments = [natives];
            let result = qjs::JS_Call(
                context,
                function,
                qjs::JS_UNDEFINED,
                1,
                arguments.as_mut_ptr(),
            );
            if qjs::JS_IsException(result) {
                crate::evaluate::report_exception();
                return 1;
            }
            engine::free(result);
            engine::free(function);
        }
        commonjs::set_functions(natives);
        engine::free(natives);
        engine::jsc_count_console_references();
        if engine::jsc_record_library(context) < 0 {
            return 1;
        }
        world::set_life(world::Life::Build);
    }
    0
}
