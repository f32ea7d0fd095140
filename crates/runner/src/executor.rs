//! Where wasmtime-wasi's futures run.
//!
//! wasmtime-wasi is written against tokio and, when it finds no tokio runtime, starts one with a thread for every
//! core. Nothing here needs those threads: our standard streams block, and files may. So a call runs inside a runtime
//! without threads and without drivers, which is no more than a place where ready futures are polled.
//!
//! The exception is `poll_oneoff`, which may sleep and so needs tokio's timer; modules that import it get
//! wasmtime-wasi's own runtime.

use std::sync::LazyLock;

use tokio::runtime::{Builder, EnterGuard, Runtime};
use wasmtime::Module;

static WITHOUT_THREADS: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread()
        .build()
        .expect("a tokio runtime without drivers asks nothing of the system")
});

/// Which runtime a module's WASI calls need.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Executor {
    WithoutThreads,
    WithTimer,
}

impl Executor {
    pub(crate) fn for_module(module: &Module) -> Executor {
        if module
            .imports()
            .any(|import| import.name() == "poll_oneoff")
        {
            Executor::WithTimer
        } else {
            Executor::WithoutThreads
        }
    }

    /// The runtime is the current one until the guard is dropped.
    pub(crate) fn enter(self) -> Option<EnterGuard<'static>> {
        match self {
            Executor::WithoutThreads => Some(WITHOUT_THREADS.enter()),
            Executor::WithTimer => None,
        }
    }
}
