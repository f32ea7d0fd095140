//! Evaluates tests in QuickJS as it comes, without a snapshot and without our patches: each line of standard input is a
//! task as JSON, and each is answered by a line. A task that kills the process (a stack that overflows) is the caller's
//! to notice.

mod modules;

use std::cell::RefCell;
use std::io::{self, BufRead, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::context::EvalOptions;
use rquickjs::{
    CaughtError, Coerced, Context, Ctx, Function, Module, Object, Promise, Runtime, Value,
};
use serde::{Deserialize, Serialize};

use crate::modules::Files;

/// No test of the suite needs so long.
const TIME: Duration = Duration::from_secs(30);
const MEMORY: usize = 1 << 30;

/// A test.
#[derive(Deserialize)]
struct Task {
    /// The file that imports start from.
    path: String,
    /// Scripts that are evaluated first, each on its own.
    harness: Vec<String>,
    text: String,
    is_module: bool,
    is_strict: bool,
}

/// What became of it.
#[derive(Default, Serialize)]
struct Answer {
    /// The name and the text of what was thrown and not caught.
    thrown: Option<(String, String)>,
    /// What was given to `print`, a line a call.
    printed: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let task: Task = serde_json::from_str(&line?)?;
        let answer = answer(&task)?;
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

fn answer(task: &Task) -> rquickjs::Result<Answer> {
    let runtime = Runtime::new()?;
    runtime.set_memory_limit(MEMORY);
    let begun = Instant::now();
    runtime.set_interrupt_handler(Some(Box::new(move || begun.elapsed() > TIME)));
    runtime.set_loader(Files, Files);
    let context = Context::full(&runtime)?;
    let printed = Rc::new(RefCell::new(String::new()));
    let thrown = context.with(|ctx| -> rquickjs::Result<_> {
        let lines = Rc::clone(&printed);
        let print = move |text: Coerced<String>| {
            let mut lines = lines.borrow_mut();
            lines.push_str(&text.0);
            lines.push('\n');
        };
        ctx.globals()
            .set("print", Function::new(ctx.clone(), print)?)?;
        Ok(match evaluate(&ctx, task) {
            Ok(()) => None,
            Err(error) => Some(describe(CaughtError::from_error(&ctx, error))),
        })
    })?;
    let printed = printed.take();
    Ok(Answer { thrown, printed })
}

/// Evaluates the test and runs all jobs.
fn evaluate(ctx: &Ctx<'_>, task: &Task) -> rquickjs::Result<()> {
    let script = |text: &str, strict: bool| -> rquickjs::Result<()> {
        let mut options = EvalOptions::default();
        options.global = true;
        options.strict = strict;
        options.filename = Some(task.path.clone());
        ctx.eval_with_options::<Value<'_>, _>(text, options)
            .map(drop)
    };
    for text in &task.harness {
        script(text, false)?;
    }
    let promise = if task.is_module {
        let module = Module::declare(ctx.clone(), task.path.as_str(), task.text.as_str())?;
        Some(module.eval()?.1)
    } else {
        script(&task.text, task.is_strict)?;
        None
    };
    while ctx.execute_pending_job() {}
    match promise.as_ref().and_then(Promise::result::<Value<'_>>) {
        Some(settled) => settled.map(drop),
        None if promise.is_some() => Err(rquickjs::Error::WouldBlock),
        None => Ok(()),
    }
}

/// The name and the text of what was thrown.
fn describe(error: CaughtError<'_>) -> (String, String) {
    let of_object = |object: &Object<'_>| {
        let constructor: Option<Object<'_>> = object.get("constructor").ok();
        let name = constructor.and_then(|constructor| constructor.get("name").ok());
        let text: Option<Coerced<String>> = object.get("message").ok();
        (
            name.unwrap_or_else(|| "Object".to_string()),
            text.map_or_else(String::new, |text| text.0),
        )
    };
    match error {
        CaughtError::Exception(exception) => of_object(exception.as_object()),
        CaughtError::Value(value) => match value.as_object() {
            Some(object) => of_object(object),
            None => {
                let text: Option<Coerced<String>> = value.get().ok();
                (String::new(), text.map_or_else(String::new, |text| text.0))
            }
        },
        CaughtError::Error(error) => ("host".to_string(), error.to_string()),
    }
}
