//! `poll_oneoff`: sleeping. Streams block when they are used, and so count as always ready.

use std::thread;
use std::time::Duration;

use wasmtime::Caller;

use super::Done;
use super::clock;
use super::guest::{Errno, parts};
use crate::host::Host;

const SUBSCRIPTION: u32 = 48;
const EVENT: u32 = 32;

/// The most subscriptions: there are three streams, and one clock is enough to sleep by.
const MOST: u32 = 1 << 16;

/// Something to wait for.
struct Subscription {
    /// The module's own mark, which is given back.
    mark: [u8; 8],
    kind: u8,
    /// How long to wait, or why this cannot be waited for.
    wait: Result<Duration, Errno>,
}

pub(super) fn wait(
    caller: &mut Caller<'_, Host>,
    subscriptions: u32,
    events: u32,
    count: u32,
    happened: u32,
) -> Done {
    if count == 0 {
        return Err(Errno::INVAL.into());
    }
    let (mut guest, host) = parts(caller);
    let size = count.checked_mul(SUBSCRIPTION).ok_or(Errno::FAULT)?;
    let bytes = guest.bytes(subscriptions, size)?;
    if count > MOST {
        return Err(Errno::NOMEM.into());
    }
    let waits: Vec<Subscription> = bytes
        .as_chunks()
        .0
        .iter()
        .map(|bytes| subscription(host, bytes))
        .collect();
    let shortest = waits.iter().map(|wait| wait.wait.unwrap_or_default()).min();
    let shortest = shortest.unwrap_or_default();
    let left = host.deadline.left()?;
    if !host.surroundings.is_frozen() {
        thread::sleep(left.map_or(shortest, |left| left.min(shortest)));
    }
    host.deadline.left()?;

    let mut number = 0;
    for wait in waits {
        if wait.wait.unwrap_or_default() > shortest {
            continue;
        }
        let mut event = [0; EVENT as usize];
        event[..8].copy_from_slice(&wait.mark);
        let errno = wait.wait.err().map_or(0, Errno::code);
        event[8..10].copy_from_slice(&(errno as u16).to_le_bytes());
        event[10] = wait.kind;
        let at = events.checked_add(number * EVENT).ok_or(Errno::FAULT)?;
        *guest.array(at)? = event;
        number += 1;
    }
    Ok(guest.set_u32(happened, number)?)
}

/// Reads a subscription: mark u64, kind u8 at 8, and for clocks the clock's number u32 at 16, the time u64 at 24 and
/// flags u16 at 40; for streams the descriptor u32 at 16.
fn subscription(host: &Host, bytes: &[u8; SUBSCRIPTION as usize]) -> Subscription {
    const CLOCK: u8 = 0;
    const ABSOLUTE: u8 = 1;
    let id = u32::from_le_bytes([bytes[16], bytes[17], bytes[18], bytes[19]]);
    let number = |at: usize| {
        let mut number = [0; 8];
        number.copy_from_slice(&bytes[at..at + 8]);
        number
    };
    let time = u64::from_le_bytes(number(24));
    let wait = if bytes[8] == CLOCK {
        clock::now(host, id).map(|now| match bytes[40] & ABSOLUTE {
            0 => time,
            _ => time.saturating_sub(now),
        })
    } else {
        Ok(0)
    };
    Subscription {
        mark: number(0),
        kind: bytes[8],
        wait: wait.map(Duration::from_nanos),
    }
}
