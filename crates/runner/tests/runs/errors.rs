//! What users are told when a module does not load or does not run.

use crate::modules::{command, function, load, trap};
use runner::{Allocation, Call, Config, Error, Limits, Runtime, TRAP_EXIT_CODE, TrapKind};

fn message(result: Result<runner::Function, Error>) -> String {
    result.unwrap_err().to_string()
}

fn load_bytes(bytes: &[u8]) -> Result<runner::Function, Error> {
    Runtime::new(&Config::default()).unwrap().load(bytes)
}

fn call(wat: &str, export: Option<&str>) -> String {
    let call = Call {
        export: export.map(str::to_owned),
        ..Call::default()
    };
    function(wat)
        .call(call, &Limits::default())
        .unwrap_err()
        .to_string()
}

fn check_trap(body: &str, kind: TrapKind, expected: &str) {
    let trap = trap(&command(body));
    assert_eq!(trap.kind, kind);
    assert_eq!(trap.to_string(), expected);
    assert_eq!(trap.outcome.exit_code, TRAP_EXIT_CODE);
}

#[test]
fn source_text() {
    assert_eq!(
        message(load_bytes(b"export default () => 1")),
        "not a WebAssembly module: it starts with `export default () => 1`; did you mean to compile it first?"
    );
}

#[test]
fn components() {
    let component = wat::parse_str("(component)").unwrap();
    assert!(matches!(load_bytes(&component), Err(Error::Component)));
}

#[test]
fn truncation_at_every_byte_is_an_error() {
    let wasm = wat::parse_str(command("(call $proc_exit (i32.const 3))")).unwrap();
    let mut truncated = 0;
    for length in 0..wasm.len() {
        match load_bytes(&wasm[..length]) {
            Err(Error::Truncated { .. }) => truncated += 1,
            Err(Error::Invalid { .. } | Error::NotWasm { .. }) => {}
            // Cut between two sections, what is left may be a module: one without exports, or all but the names.
            Ok(function) => match function.call(Call::default(), &Limits::default()) {
                Err(Error::NoStart { .. }) => {}
                result => assert_eq!(result.unwrap().exit_code, 3),
            },
            Err(other) => panic!("{length}: {other}"),
        }
    }
    assert!(
        truncated > wasm.len() * 9 / 10,
        "{truncated} of {}",
        wasm.len()
    );
    assert_eq!(
        message(load_bytes(&wasm[..wasm.len() / 2])),
        format!(
            "truncated WebAssembly module: it ends at byte {} (unexpected end-of-file); copy or compile it again",
            wasm.len() / 2
        )
    );
}

#[test]
fn invalid_modules() {
    assert_eq!(
        message(load("(module (func (export \"_start\") i32.add drop))")),
        "invalid WebAssembly module: type mismatch: expected i32 but nothing on stack (at byte 35)"
    );
    assert_eq!(
        message(load_bytes(b"\0asm\x02\0\0\0")),
        "invalid WebAssembly module: unknown binary version: 0x2 (at byte 4)"
    );
    assert!(matches!(
        load_bytes(b"\0asm\x01\0\0\0\xff\xff\xff"),
        Err(Error::Invalid { .. } | Error::Truncated { .. })
    ));
}

#[test]
fn valid_but_unsupported() {
    assert_eq!(
        message(load("(module (memory 1 1 shared))")),
        "cannot compile this module: threads must be enabled for shared memories (at offset 0xb)"
    );
}

#[test]
fn unknown_imports_are_all_named() {
    let result = load(
        r#"(module
            (import "env" "log" (func (param i32)))
            (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1)))"#,
    );
    assert_eq!(
        message(result),
        "the module imports `env.log`, `env.memory`, which only its own host provides; jsc run provides WASI preview 1"
    );
}

#[test]
fn imports_of_another_type() {
    let error =
        load(r#"(module (import "wasi_snapshot_preview1" "proc_exit" (func (param i64))))"#);
    let message = message(error);
    assert!(
        message.starts_with("the module does not fit WASI preview 1: ")
            && message.contains("proc_exit"),
        "{message}"
    );
}

#[test]
fn modules_without_start() {
    assert_eq!(
        call(
            "(module (func (export \"run\")) (func (export \"add\") (param i32)))",
            None
        ),
        "the module has no `_start` to run; exports that can be run (`--invoke`): `run`"
    );
    assert_eq!(
        call("(module (memory (export \"memory\") 1))", None),
        "the module has no `_start` to run; it exports nothing that can be run"
    );
}

#[test]
fn unknown_exports() {
    let wat = "(module (func (export \"cart-run\")) (func (export \"cart-fetch\")))";
    assert_eq!(
        call(wat, Some("cartRun")),
        "no export is named `cartRun` (did you mean `cart-run`?); \
         exports that can be run (`--invoke`): `cart-run`, `cart-fetch`"
    );
    assert_eq!(
        call(wat, Some("checkout")),
        "no export is named `checkout`; exports that can be run (`--invoke`): `cart-run`, `cart-fetch`"
    );
}

#[test]
fn exports_that_cannot_run() {
    let wat = r#"(module
        (memory (export "memory") 1)
        (func (export "add") (param i32 i64) (result i32) local.get 0)
        (func (export "run")))"#;
    assert_eq!(
        call(wat, Some("memory")),
        "export `memory` cannot be run: it is a memory; exports that can be run (`--invoke`): `run`"
    );
    assert_eq!(
        call(wat, Some("add")),
        "export `add` cannot be run: it is a function with parameters (i32, i64) and results (i32); \
         exports that can be run (`--invoke`): `run`"
    );
}

#[test]
fn texts_that_wasi_cannot_pass() {
    let check = |call: Call, expected: &str| {
        let error = function(&command(""))
            .call(call, &Limits::default())
            .unwrap_err();
        assert_eq!(error.to_string(), expected);
    };
    check(
        Call {
            args: vec!["a\0b".into()],
            ..Call::default()
        },
        r#"argument "a\0b" must not contain a zero byte"#,
    );
    check(
        Call {
            env: vec![("A=B".into(), "c".into())],
            ..Call::default()
        },
        r#"the name of environment variable "A=B" must not contain `=`"#,
    );
}

#[test]
fn directories_that_do_not_exist() {
    let error = function(&command(""))
        .call(
            Call {
                directories: vec![("/does/not/exist".into(), "/".into())],
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot give the module the directory /does/not/exist: No such file or directory (os error 2)"
    );
}

#[test]
fn traps() {
    check_trap(
        "unreachable",
        TrapKind::Unreachable,
        "the module was stopped: it reached an `unreachable` instruction",
    );
    check_trap(
        "(drop (i32.load (i32.const -4)))",
        TrapKind::MemoryOutOfBounds,
        "the module was stopped: it accessed memory out of bounds",
    );
    check_trap(
        "(drop (i32.div_u (i32.const 1) (i32.const 0)))",
        TrapKind::Arithmetic,
        "the module was stopped: it divided by zero or overflowed a number",
    );
}

#[test]
fn endless_recursion() {
    let trap = trap("(module (func $deeper (export \"_start\") call $deeper call $deeper))");
    assert_eq!(trap.kind, TrapKind::StackOverflow);
    assert_eq!(
        trap.to_string(),
        "the module was stopped: its stack overflowed, probably by endless recursion (in function `deeper`)"
    );
}

#[test]
fn bad_indirect_calls() {
    let wat = |index: i32| {
        format!(
            "(module (type $t (func)) (table 2 funcref) (func $f (param i32)) (elem (i32.const 1) $f)
                (func (export \"_start\") (call_indirect (type $t) (i32.const {index}))))"
        )
    };
    assert_eq!(trap(&wat(0)).kind, TrapKind::BadIndirectCall);
    assert_eq!(trap(&wat(1)).kind, TrapKind::BadIndirectCall);
    assert_eq!(trap(&wat(2)).kind, TrapKind::TableOutOfBounds);
}

#[test]
fn what_was_written_before_a_trap_is_kept() {
    let trap = trap(&command(
        "(i32.store8 (i32.const 1024) (i32.const 65))
         (call $write (i32.const 1) (i32.const 1024) (i32.const 1))
         (call $write (i32.const 2) (i32.const 1024) (i32.const 1))
         unreachable",
    ));
    assert_eq!(trap.outcome.stdout, b"A");
    assert_eq!(trap.outcome.stderr, b"A");
    assert_eq!(trap.outcome.peak_memory, 3 * 65_536);
}

#[test]
fn start_functions_trap_too() {
    let trap = trap("(module (func $begin unreachable) (start $begin) (func (export \"_start\")))");
    assert_eq!(trap.kind, TrapKind::Unreachable);
    assert_eq!(trap.function.as_deref(), Some("begin"));
}

fn runtime_with_memory(pages: u64, allocation: Allocation) -> Runtime {
    Runtime::new(&Config {
        max_memory: pages * 65_536,
        allocation,
        ..Config::default()
    })
    .unwrap()
}

const ALLOCATIONS: [Allocation; 2] = [Allocation::OnDemand, Allocation::Pooled { instances: 2 }];

#[test]
fn memory_that_starts_too_large() {
    for allocation in ALLOCATIONS {
        let runtime = runtime_with_memory(10, allocation);
        let wasm = wat::parse_str("(module (memory 11) (func (export \"_start\")))").unwrap();
        assert_eq!(
            message(runtime.load(&wasm)),
            "the module starts with 720896 bytes of memory, more than the limit of 655360 bytes"
        );
    }
}

#[test]
fn memory_that_grows_too_large() {
    let gives_up = wat::parse_str(
        r#"(module (memory 1)
            (func (export "_start")
                (loop $more
                    (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                unreachable))"#,
    )
    .unwrap();
    for allocation in ALLOCATIONS {
        let function = runtime_with_memory(10, allocation).load(&gives_up).unwrap();
        let Err(Error::Trap(trap)) = function.call(Call::default(), &Limits::default()) else {
            panic!("no trap");
        };
        assert_eq!(trap.kind, TrapKind::OutOfMemory { limit: 655_360 });
        assert_eq!(
            trap.to_string(),
            "the module was stopped: it ran out of memory (the limit is 655360 bytes)"
        );
        assert_eq!(trap.outcome.peak_memory, 655_360);
    }
}

#[test]
fn more_calls_than_the_pool_has_instances() {
    use std::io::Write;
    let config = Config {
        allocation: Allocation::Pooled { instances: 1 },
        ..Config::default()
    };
    let wasm = wat::parse_str(crate::modules::echo()).unwrap();
    let function = Runtime::new(&config).unwrap().load(&wasm).unwrap();
    let (input, mut feed) = std::io::pipe().unwrap();
    let (mut drain, output) = std::io::pipe().unwrap();
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            function.call(
                Call {
                    stdin: runner::Stdin::Reader(Box::new(input)),
                    stdout: runner::Output::Writer(Box::new(output)),
                    ..Call::default()
                },
                &Limits::default(),
            )
        });
        // Its answer shows that it runs; it goes on until its input ends.
        feed.write_all(b"!").unwrap();
        std::io::Read::read_exact(&mut drain, &mut [0]).unwrap();
        let error = function
            .call(Call::default(), &Limits::default())
            .unwrap_err();
        assert!(matches!(error, Error::Busy(_)), "{error}");
        drop(feed);
        assert_eq!(first.join().unwrap().unwrap().exit_code, 0);
    });
    assert_eq!(
        function
            .call(Call::default(), &Limits::default())
            .unwrap()
            .exit_code,
        0
    );
}

#[test]
fn contradictory_settings() {
    let error = Runtime::new(&Config {
        max_wasm_stack: 0,
        ..Config::default()
    })
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot set up the WebAssembly engine: max_wasm_stack size cannot be zero"
    );
}
