//! Evaluates the program's top level and runs its jobs, as far as the host says.

use alloc::vec::Vec;
use core::ffi::c_void;
use core::ptr;

use rquickjs::qjs;

use crate::engine::{self, Global, Value, context};
use crate::world::{self, Life};
use crate::{define, report, start};

/// How an evaluation ended; the host's `preinit` knows these numbers.
#[repr(i32)]
enum Ended {
    /// The top level is done and no job is left.
    Finished = 0,
    /// An exception, which is in the report.
    Threw = 1,
    /// The body waits at the suspension, or as many jobs ran as were asked for.
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

/// The entry module; null before it was evaluated.
pub fn entry_module() -> *mut qjs::JSModuleDef {
    EVALUATION.get().module
}

/// Evaluates the entry module and what it imports.
///
/// `trial`: end at the first touch of the outside world by the entry's body or after it. `suspend_before`: the index of
/// the statement of the entry's body to stop in front of, -1 for none. `jobs`: how many jobs to run, -1 for all.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_evaluate(trial: i32, suspend_before: i32, jobs: i32) -> i32 {
    evaluate(trial != 0, suspend_before, jobs) as i32
}

fn evaluate(trial: bool, suspend_before: i32, jobs: i32) -> Ended {
    let context = context();
    unsafe {
        engine::jsc_begin_entry(suspend_before);
        // Imports are compiled from within the parser of the entry, but only after it has read its last item.
        let module = define::compile_entry();
        engine::jsc_end_entry(module);
        if module.is_null() {
            report_exception();
            return Ended::Threw;
        }
        EVALUATION.get().module = module;
        world::set_entry(module);
        world::set_life(if trial { Life::Trial } else { Life::Build });
        let value = qjs::JS_DupValue(context, qjs::JS_MKPTR(qjs::JS_TAG_MODULE, module.cast()));
        let promise = qjs::JS_EvalFunction(context, value);
        if qjs::JS_IsException(promise) {
            report_exception();
            return Ended::Threw;
        }
        EVALUATION.get().promise = promise;
    }
    let mut left = jobs;
    let ended = loop {
        if unsafe { engine::jsc_is_suspended(context) } || left == 0 {
            break Ended::Suspended;
        }
        match run_job() {
            Ok(true) => left -= 1,
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
        world::begin_job();
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
    if unsafe { qjs::JS_IsError(error) } {
        for name in [c"name", c"message", c"stack"] {
            let value = engine::property(error, name);
            if unsafe { qjs::JS_IsUndefined(value) } {
                report::push("");
            } else {
                engine::with_text(value, report::push);
            }
            engine::free(value);
        }
    } else {
        report::push("");
        report::push(&start::value_text(error));
        report::push("");
    }
    engine::free(error);
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
    let rejections = &mut EVALUATION.get().rejections;
    unsafe {
        if is_handled {
            if let Some(index) = rejections
                .iter()
                .position(|rejection| rejection.promise == promise)
            {
                let rejection = rejections.remove(index);
                qjs::JS_FreeValue(context, rejection.promise);
                qjs::JS_FreeValue(context, rejection.reason);
            }
        } else {
            rejections.push(Rejection {
                promise: qjs::JS_DupValue(context, promise),
                reason: qjs::JS_DupValue(context, reason),
            });
        }
    }
}
