//! The world at build time: what a program may touch, and what comes of it.

use std::time::Duration;

use engine::EngineImage;
use preinit::{
    Budget, Error, Evaluated, Evaluator, Exports, Mode, Module, ModuleKind, Options, Program,
    Start, Touch,
};

fn options() -> Options {
    Options {
        cache_directory: Some(concat!(env!("CARGO_TARGET_TMPDIR"), "/cache").into()),
        ..Options::default()
    }
}

/// Evaluates a program of one module, in function mode if it exports something.
fn evaluate_with(options: Options, text: &str) -> Result<Evaluated, Error> {
    let program = Program {
        modules: vec![Module {
            name: "index.js".into(),
            text: text.into(),
            kind: ModuleKind::EcmaScript,
        }],
        resolutions: Vec::new(),
        exports: match text.contains("export ") {
            true => Exports::Any,
            false => Exports::None,
        },
    };
    Evaluator::new(&EngineImage::bundled(), options)?.evaluate(&program)
}

fn evaluate(text: &str) -> Result<Evaluated, Error> {
    evaluate_with(options(), text)
}

/// The output of a program in function mode.
fn output(options: Options, text: &str) -> String {
    let evaluated = evaluate_with(options, &format!("{text}\nexport default () => 1;\n"));
    String::from_utf8(evaluated.expect("it evaluates").output).expect("it writes UTF-8")
}

/// The touches that were frozen, with the position of each.
fn frozen(text: &str) -> Vec<(Touch, String)> {
    let evaluated = evaluate(text).expect("it evaluates");
    let touches = evaluated.frozen.into_iter();
    touches
        .map(|(touch, stack)| {
            let first = stack.lines().next().unwrap_or_default();
            let (_, position) = first.rsplit_once("index.js:").expect("a position");
            (touch, position.trim_end_matches(')').to_string())
        })
        .collect()
}

#[test]
fn output_is_captured_in_order() {
    let text = "console.log('one');\nconsole.error('two');\n\
                Javy.IO.writeSync(1, new TextEncoder().encode('three\\n'));\n\
                queueMicrotask(() => console.log('five'));\nconsole.warn('four');";
    assert_eq!(output(options(), text), "one\ntwo\nthree\nfour\nfive\n");
}

#[test]
fn output_of_a_program_is_left_to_the_run() {
    let evaluated = evaluate("console.log('not now');\n").expect("it evaluates");
    assert_eq!(evaluated.output, b"");
    assert_eq!(evaluated.snapshot.mode, Mode::Program);
}

#[test]
fn endless_output_is_cut() {
    let text = "for (let n = 0; n < 40000; n++) console.log('x'.repeat(99));";
    assert_eq!(output(options(), text).len(), 1 << 20);
}

#[test]
fn frozen_clocks_and_random_numbers_are_told() {
    let text = "const a = Math.random();\nfunction now() {\n  return Date.now();\n}\nconst b = now();\n\
                const c = new Date();\nconst d = performance.now();\n\
                export default () => [a, b, c, d, Date.now(), Math.random()];\n";
    let frozen = frozen(text);
    let lines: Vec<(Touch, &str)> = frozen
        .iter()
        .map(|(touch, position)| (*touch, position.split(':').next().unwrap_or_default()))
        .collect();
    assert_eq!(
        lines,
        [
            (Touch::Random, "1"),
            (Touch::Clock, "3"),
            (Touch::Clock, "6"),
            (Touch::Clock, "7"),
        ]
    );
}

#[test]
fn fixed_dates_touch_no_clock() {
    let text = "const a = new Date(0), b = Date.UTC(2024, 1), c = new Date('2024-05-06').getTime();\n\
                export default () => [a, b, c];\n";
    assert_eq!(frozen(text), []);
}

#[test]
fn clocks_show_the_build_time() {
    let at = |build_time| Options {
        build_time,
        ..options()
    };
    let text = "console.log(new Date().toISOString().slice(0, 19));";
    assert_eq!(output(at(0), text), "1970-01-01T00:00:00\n");
    assert_eq!(output(at(1_700_000_000), text), "2023-11-14T22:13:20\n");
    // Time passes, so that who waits for it ends.
    let waits = "const end = Date.now() + 100;\nwhile (Date.now() < end);\nconsole.log('ended');";
    assert_eq!(output(at(0), waits), "ended\n");
}

#[test]
fn random_numbers_are_the_same_in_each_build() {
    let text = "console.log(Math.random(), Math.random());";
    let first = output(options(), text);
    assert_eq!(first, output(options(), text));
    let (a, b) = first.trim().split_once(' ').expect("two numbers");
    assert_ne!(a, b);
}

#[test]
fn input_is_refused_in_function_mode() {
    for read in [
        "Javy.IO.readSync(0, new Uint8Array(8))",
        "Javy.JSON.fromStdin()",
    ] {
        let text = format!("try {{\n  {read};\n}} catch {{}}\nexport default () => 1;\n");
        match evaluate(&text) {
            // Not even `catch` gets around it.
            Err(Error::ReadsInput { stack }) => assert!(stack.contains("index.js:2:"), "{stack}"),
            other => panic!("{read}: {:?}", other.map(|evaluated| evaluated.output)),
        }
    }
}

#[test]
fn input_is_left_to_the_run_in_program_mode() {
    let evaluated = evaluate("const bytes = new Uint8Array(8);\nJavy.IO.readSync(0, bytes);\n");
    assert_eq!(
        evaluated.expect("it evaluates").snapshot.mode,
        Mode::Program
    );
}

#[test]
fn time_is_bounded() {
    let budget = Budget {
        time: Duration::from_millis(200),
        ..Budget::default()
    };
    let options = Options {
        budget,
        ..options()
    };
    match evaluate_with(
        options,
        "function spin() {\n  for (;;);\n}\nspin();\nexport default spin;\n",
    ) {
        Err(Error::OutOfTime {
            budget: told,
            stack,
        }) => {
            assert_eq!(told, budget.time);
            assert!(stack.contains("spin (index.js:"), "{stack}");
        }
        other => panic!("{:?}", other.map(|evaluated| evaluated.output)),
    }
}

#[test]
fn memory_is_bounded() {
    let budget = Budget {
        memory: 16 << 20,
        ..Budget::default()
    };
    let fill = "const all = [];\nfunction fill() {\n  for (;;) all.push({});\n}\n";
    let with_budget = |start| Options {
        start,
        budget,
        ..options()
    };
    let text = format!("{fill}fill();\nexport default fill;\n");
    match evaluate_with(with_budget(Start::Eager), &text) {
        Err(Error::OutOfMemory {
            budget: told,
            stack,
        }) => {
            assert_eq!(told, budget.memory);
            assert!(stack.contains("fill (index.js:3:"), "{stack}");
        }
        other => panic!("{:?}", other.map(|evaluated| evaluated.output)),
    }
    // Who catches the error and lets go of what was filled may go on.
    let text = format!(
        "{fill}try {{ fill(); }} catch (error) {{ all.length = 0; console.log(error.name); }}"
    );
    assert_eq!(output(with_budget(Start::Eager), &text), "InternalError\n");
    // What runs later has no budget now.
    let evaluated = evaluate_with(with_budget(Start::Lazy), &format!("{fill}fill();\n"));
    assert_eq!(
        evaluated.expect("it evaluates").snapshot.mode,
        Mode::Program
    );
}

#[test]
fn exports_that_are_functions_become_handlers() {
    let evaluated = evaluate(
        "export default async () => 1;\nexport const run = function* () {};\nexport const limit = 3;\n\
         export class Cart {}\n",
    );
    match evaluated.expect("it evaluates").snapshot.mode {
        Mode::Function(handlers) => {
            let names: Vec<&str> = handlers
                .iter()
                .map(|handler| handler.name.as_str())
                .collect();
            assert_eq!(names, ["default", "run"]);
        }
        Mode::Program | Mode::Ended => panic!("it has functions"),
    }
}
