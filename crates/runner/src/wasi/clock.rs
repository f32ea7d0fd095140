//! Clocks and randomness.

use wasmtime::Caller;

use super::guest::{Errno, parts};
use super::{Done, PART};
use crate::host::Host;

pub(super) const TIME_OF_DAY: u32 = 0;
pub(super) const MONOTONIC: u32 = 1;

/// What a clock shows, in nanoseconds. The clocks of processor time, which few hosts have, are left out.
pub(super) fn now(host: &Host, id: u32) -> Result<u64, Errno> {
    let time = match id {
        TIME_OF_DAY => host.surroundings.time_of_day(),
        MONOTONIC => host.surroundings.monotonic(),
        _ => return Err(Errno::INVAL),
    };
    Ok(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX))
}

pub(super) fn time(caller: &mut Caller<'_, Host>, id: u32, to: u32) -> Done {
    let (mut guest, host) = parts(caller);
    // A program that does nothing but look at the clock is waiting.
    host.deadline.left()?;
    Ok(guest.set_u64(to, now(host, id)?)?)
}

pub(super) fn resolution(caller: &mut Caller<'_, Host>, id: u32, to: u32) -> Done {
    const NANOSECOND: u64 = 1;
    let (mut guest, host) = parts(caller);
    now(host, id)?;
    Ok(guest.set_u64(to, NANOSECOND)?)
}

pub(super) fn random(caller: &mut Caller<'_, Host>, to: u32, length: u32) -> Done {
    let (mut guest, host) = parts(caller);
    for part in guest.bytes(to, length)?.chunks_mut(PART) {
        host.deadline.left()?;
        if !host.surroundings.fill_random(part) {
            return Err(Errno::IO.into());
        }
    }
    Ok(())
}
