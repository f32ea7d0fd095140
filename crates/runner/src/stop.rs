//! Why the host ends a run: passed through wasmtime as an error.

use crate::limits::Bound;

/// The module asked for its end, or has used too much.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum Stop {
    #[error("exit with code {0}")]
    Exit(i32),
    #[error("{0}")]
    Limit(Bound),
}
