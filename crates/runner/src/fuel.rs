//! Counts instructions exactly, and ends a call that takes more than its limit.
//!
//! wasmtime looks at its counter where functions begin and where loops begin again. What a call executes behind the last of
//! these places could go beyond the limit, and of a call that it ends it knows only that nothing was left. So a call with a
//! limit has more fuel than that, and is a future that wasmtime suspends at the first place behind the limit. It is never
//! resumed; the counter then tells all that was used. A call that ends otherwise is looked at when it has ended.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use wasmtime::{AsContext, Store};

use crate::host::Host;
use crate::limits::{Bound, LimitKind};
use crate::stop::Stop;

/// What every call has.
const ALL: u64 = u64::MAX;

/// Fills the store of a call; the limit, if it is one that can be reached.
pub(crate) fn fill(store: &mut Store<Host>, limit: Option<u64>) -> wasmtime::Result<Option<u64>> {
    // No call takes centuries.
    let limit = limit.filter(|limit| i64::try_from(*limit).is_ok());
    if let Some(limit) = limit {
        store.fuel_async_yield_interval(Some(limit + 1))?;
    }
    store.set_fuel(ALL)?;
    Ok(limit)
}

/// What a call has used. Where wasmtime has not written its counter back, that is too little; it does so at calls and returns.
pub(crate) fn used(store: impl AsContext<Data = Host>) -> Option<u64> {
    store.as_context().get_fuel().ok().map(|left| ALL - left)
}

/// Ends a call whose host functions are called behind its limit.
pub(crate) fn check(store: impl AsContext<Data = Host>) -> Result<(), Stop> {
    let store = store.as_context();
    match store.data().fuel {
        Some(limit) if used(store).is_some_and(|used| used > limit) => Err(stop(limit)),
        _ => Ok(()),
    }
}

/// Runs a call to its end, or to its limit.
pub(crate) fn run(
    call: impl Future<Output = wasmtime::Result<()>>,
    limit: Option<u64>,
) -> wasmtime::Result<()> {
    let call = pin!(call);
    match (call.poll(&mut Context::from_waker(Waker::noop())), limit) {
        (Poll::Ready(result), _) => result,
        (Poll::Pending, Some(limit)) => Err(stop(limit).into()),
        (Poll::Pending, None) => unreachable!("nothing but the limit suspends a call"),
    }
}

/// What ends a call that is over its limit.
pub(crate) fn stop(limit: u64) -> Stop {
    Stop::Limit(bound(limit))
}

pub(crate) fn bound(amount: u64) -> Bound {
    let kind = LimitKind::Fuel;
    Bound { kind, amount }
}
