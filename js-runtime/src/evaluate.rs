//! Evaluates the program's top level and runs its jobs, as far as the host says.

use alloc::vec::Vec;
use core::ffi::c_void;
use core::ptr;

use rquickjs::qjs;

use crate::define::Entry;
use crate::engine::{self, Global, Value, context};
use crate::world::{self, Life};
use crate::{define, report, uncaught};

/// How an evaluation ended; the host's `preinit` knows these numbers.
#[repr(i32)]
enum Ended {
    /// The top level is done and no job is left.
    Finished = 0,
    /// An exception, which is in the report.
    Threw = 1,
    /// The program has stopped at the point that was asked for.
    Suspended = 2,
    /// The body awaits a promise that nothing can settle any more.
    NeverSettles = 3,
}

/// A promise that was rejected while nobody listened.
struct Rejection {
    promise: Value,
    reason: Value,
}

struct Evaluation {
    module: *mut qjs::JSModuleDef,
    promise: Value,
    rejections: Vec<Rejection>,
}

static EVALUATION: Global<Evaluation> = Global::new(Evaluation {
    module: ptr::null_mut(),
    promise: qjs::JS_UNDEFINED,
    rejections: Vec::new(),
});

/// The entry module; null before it was evaluated, and where it is a script.
pub fn entry_module() -> *mut qjs::JSModuleDef {
    EVALUATION.get().module
}

/// Evaluates the entry and what it imports.
///
/// `trial`: end at the first touch of the outside world. `kind` and `number`: the point to stop at (`c/points.c`).
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_evaluate(trial: i32, kind: i32, number: i32) -> i32 {
    evaluate(trial != 0, kind, number) as i32
}

fn evaluate(trial: bool, kind: i32, number: i32) -> Ended {
    let context = context();
    unsafe {
        engine::jsc_begin_parsing(trial, kind, number);
        let entry = define::compile_entry();
        let script = match entry {
            Some(Entry::Script(script)) => script,
            _ => qjs::JS_UNDEFINED,
        };
        engine::jsc_end_parsing(script);
        let Some(entry) = entry else {
            report_exception();
            return Ended::Threw;
        };
        world::set_life(if trial { Life::Trial } else { Life::Build });
        let promise = match entry {
            Entry::Module(module) => {
                EVALUATION.get().module = module;
                engine::jsc_evaluate_entry(context, module)
            }
            // An asynchronous function, so that it can wait.
            Entry::Script(script) => qjs::JS_EvalFunction(context, script),
        };
        if qjs::JS_IsException(promise) {
            report_exception();
            return Ended::Threw;
        }
        EVALUATION.get().promise = promise;
    }
    let ended = loop {
        let stops = unsafe { engine::jsc_is_suspended() || engine::jsc_stops_before_job() };
        if stops {
            break Ended::Suspended;
        }
        match run_job() {
            Ok(true) => {}
            Ok(false) => break Ended::Finished,
            Err(()) => {
                report_exception();
                return Ended::Threw;
            }
        }
    };
    match unsafe { qjs::JS_PromiseState(context, EVALUATION.get().promise) } {
        qjs::JSPromiseStateEnum_JS_PROMISE_REJECTED => {
            report_error(unsafe { qjs::JS_PromiseResult(context, EVALUATION.get().promise) });
            return Ended::Threw;
        }
        qjs::JSPromiseStateEnum_JS_PROMISE_PENDING if matches!(ended, Ended::Finished) => {
            return Ended::NeverSettles;
        }
        _ => {}
    }
    if matches!(ended, Ended::Finished)
        && let Some(rejection) = EVALUATION.get().rejections.first()
    {
        report_error(unsafe { qjs::JS_DupValue(context, rejection.reason) });
        return Ended::Threw;
    }
    ended
}

/// Runs the next job. `Ok(false)`: there was none; `Err`: it threw.
pub fn run_job() -> Result<bool, ()> {
    let context = context();
    unsafe {
        let runtime = qjs::JS_GetRuntime(context);
        if !qjs::JS_IsJobPending(runtime) {
            return Ok(false);
        }
        let mut of_context = ptr::null_mut();
        if qjs::JS_ExecutePendingJob(runtime, &mut of_context) < 0 {
            Err(())
        } else {
            Ok(true)
        }
    }
}

/// The promise of the entry's evaluation.
pub fn promise() -> Value {
    EVALUATION.get().promise
}

/// Lets the promise go: only a program's start asks for it.
pub fn forget_promise() {
    let promise = core::mem::replace(&mut EVALUATION.get().promise, qjs::JS_UNDEFINED);
    engine::free(promise);
}

/// The reason of the first rejection that nobody listens to: a new reference.
pub fn unhandled_rejection() -> Option<Value> {
    let rejection = EVALUATION.get().rejections.first()?;
    Some(unsafe { qjs::JS_DupValue(context(), rejection.reason) })
}

/// Puts the pending exception into the report.
pub fn report_exception() {
    report_error(unsafe { qjs::JS_GetException(context()) });
}

/// Puts a thrown value into the report, and frees it.
fn report_error(error: Value) {
    report::clear();
    report::push("exception");
    push_error(error);
    engine::free(error);
}

/// Puts the name, the message and the stack of a thrown value into the report.
pub fn push_error(error: Value) {
    if unsafe { qjs::JS_IsError(error) } {
        for name in [c"name", c"message"] {
            let value = engine::property(error, name);
            if unsafe { qjs::JS_IsUndefined(value) } {
                report::push("");
            } else {
                engine::with_text(value, report::push);
            }
            engine::free(value);
        }
        report::push(&uncaught::stack(error));
    } else {
        report::push("");
        report::push(&uncaught::value_text(error));
        report::push("");
    }
}

/// Forgets that nobody listens to a promise: its reason was thrown to somebody.
pub fn forget_rejection(promise: Value) {
    let rejections = &mut EVALUATION.get().rejections;
    if let Some(index) = rejections
        .iter()
        .position(|rejection| rejection.promise == promise)
    {
        let rejection = rejections.remove(index);
        engine::free(rejection.promise);
        engine::free(rejection.reason);
    }
}

/// Keeps the list of unhandled rejections.
pub fn track_rejections(runtime: *mut qjs::JSRuntime) {
    unsafe { qjs::JS_SetHostPromiseRejectionTracker(runtime, Some(track), ptr::null_mut()) }
}

unsafe extern "C" fn track(
    context: *mut qjs::JSContext,
    promise: Value,
    reason: Value,
    is_handled: bool,
    _: *mut c_void,
) {
    if is_handled {
        forget_rejection(promise);
        return;
    }
    let rejections = &mut EVALUATION.get().rejections;
    rejections.push(unsafe {
        Rejection {
            promise: qjs::JS_DupValue(context, promise),
            reason: qjs::JS_DupValue(context, reason),
        }
    });
}
