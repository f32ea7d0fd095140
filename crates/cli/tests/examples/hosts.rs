//! The modules run unchanged on other hosts than `jsc run`.

use std::fs;
use std::process::Command;

use wasmi_wasi::wasi_common::pipe::{ReadPipe, WritePipe};
use wasmi_wasi::{WasiCtx, WasiCtxBuilder};

use crate::{check_calls, check_commands};

#[test]
fn every_example_runs_on_node() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/examples/wasi.mjs");
    check_commands(|module, export| {
        let mut command = Command::new("node");
        // WASI is experimental in Node, which says so on standard error.
        command
            .args(["--no-warnings", script])
            .arg(module)
            .args(export);
        command
    });
}

/// Only where the program is installed: the library runs in all other tests.
#[test]
fn every_example_runs_on_the_wasmtime_program() {
    if Command::new("wasmtime").arg("--version").output().is_err() {
        return;
    }
    check_commands(|module, export| {
        let mut command = Command::new("wasmtime");
        command.arg("run");
        if let Some(export) = export {
            command.args(["--invoke", export]);
        }
        command.arg(module);
        command
    });
}

#[test]
fn every_example_runs_on_wasmi() {
    check_calls(|compiled, call| {
        let input = fs::read(&call.input).expect("the input is readable");
        run_on_wasmi(
            &compiled.wasm,
            call.export.as_deref().unwrap_or("_start"),
            input,
        )
        .unwrap_or_else(|error| panic!("{}: {error}", compiled.example.name))
    });
}

/// What the module writes to standard output.
fn run_on_wasmi(wasm: &[u8], export: &str, input: Vec<u8>) -> Result<Vec<u8>, wasmi::Error> {
    let stdout = WritePipe::new_in_memory();
    let wasi = WasiCtxBuilder::new()
        .stdin(Box::new(ReadPipe::from(input)))
        .stdout(Box::new(stdout.clone()))
        .inherit_stderr()
        .build();
    let engine = wasmi::Engine::default();
    let module = wasmi::Module::new(&engine, wasm)?;
    let mut linker = wasmi::Linker::<WasiCtx>::new(&engine);
    wasmi_wasi::add_to_linker(&mut linker, |wasi| wasi)
        .map_err(|error| wasmi::Error::new(error.to_string()))?;
    let mut store = wasmi::Store::new(&engine, wasi);
    let instance = linker.instantiate_and_start(&mut store, &module)?;
    let function = instance.get_typed_func::<(), ()>(&store, export)?;
    match function.call(&mut store, ()) {
        Err(error) if error.i32_exit_status() != Some(0) => return Err(error),
        _ => drop(store),
    }
    let written = stdout.try_into_inner();
    Ok(written
        .unwrap_or_else(|_| unreachable!("the store held the other end"))
        .into_inner())
}
