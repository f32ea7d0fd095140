//! Components, which componentize-js and componentize-qjs make, on the wasmtime that this program is built with.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use code_cache::CompiledComponent;
use wasmtime::component::Linker;
use wasmtime::{Engine, Store};

use super::{First, Peer};
use crate::measure::microseconds;

/// An example as a component that needs nothing of its host.
pub(crate) struct Component {
    wasm: Vec<u8>,
    engine: Engine,
    compiled: Option<CompiledComponent>,
}

impl Component {
    pub(crate) fn new(wasm: &Path) -> Result<Component> {
        let wasm = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
        let engine = Engine::default();
        Ok(Component {
            wasm,
            engine,
            compiled: None,
        })
    }

    pub(crate) fn size(&self) -> usize {
        self.wasm.len()
    }
}

impl Peer for Component {
    fn compile(&mut self) -> Result<Option<f64>> {
        let begun = Instant::now();
        self.compiled = Some(CompiledComponent::new(&self.engine, &self.wasm)?);
        Ok(Some(microseconds(begun.elapsed())))
    }

    fn first(&self, input: &str) -> Result<First> {
        let compiled = self.compiled.as_ref().context("it is not compiled")?;
        let begun = Instant::now();
        let component = compiled.load(&self.engine)?;
        let linker: Linker<()> = Linker::new(&self.engine);
        let instance = linker.instantiate_pre(&component).map_err(told)?;
        let loaded = Instant::now();
        let mut store = Store::new(&self.engine, ());
        let instance = instance.instantiate(&mut store).map_err(told)?;
        let ready = Instant::now();
        let run = instance
            .get_typed_func::<(&str,), (String,)>(&mut store, "run")
            .map_err(told)?;
        let (output,) = run.call(&mut store, (input,)).map_err(told)?;
        let ended = Instant::now();
        Ok(First {
            load: microseconds(loaded - begun),
            instantiate: microseconds(ready - loaded),
            call: microseconds(ended - ready),
            output: output.into_bytes(),
        })
    }
}

fn told(error: wasmtime::Error) -> anyhow::Error {
    // Above the cause are the names of unnamed functions.
    anyhow!("{}", error.root_cause())
}

#[cfg(test)]
mod tests {
    use super::{Component, Peer};

    /// Gives back what it is given.
    const ECHO: &str = r#"(component
        (core module $echo
            (memory (export "memory") 1)
            (global $free (mut i32) (i32.const 1024))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                (global.get $free)
                (global.set $free (i32.add (global.get $free) (local.get 3))))
            (func (export "run") (param i32 i32) (result i32)
                (i32.store (i32.const 0) (local.get 0))
                (i32.store (i32.const 4) (local.get 1))
                (i32.const 0)))
        (core instance $echo (instantiate $echo))
        (func (export "run") (param "input" string) (result string)
            (canon lift (core func $echo "run") (memory $echo "memory") (realloc (func $echo "realloc")))))"#;

    #[test]
    fn components_are_called() -> anyhow::Result<()> {
        let directory = tempfile::tempdir()?;
        let wasm = directory.path().join("echo.wasm");
        std::fs::write(&wasm, wat::parse_str(ECHO)?)?;
        let mut component = Component::new(&wasm)?;
        assert!(component.first("hello").is_err());
        assert!(component.compile()?.is_some());
        for _ in 0..2 {
            assert_eq!(component.first("hello")?.output, b"hello");
        }
        Ok(())
    }
}
