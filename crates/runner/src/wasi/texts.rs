//! Arguments and environment variables: an array of pointers, and the texts they point to, each ended by a zero byte.

use wasmtime::Caller;

use super::Done;
use super::guest::{Errno, parts};
use crate::host::Host;

type Which = fn(&Host) -> &Vec<String>;

pub(super) fn sizes(caller: &mut Caller<'_, Host>, which: Which, count: u32, size: u32) -> Done {
    let (mut guest, host) = parts(caller);
    let texts = which(host);
    let bytes: usize = texts.iter().map(|text| text.len() + 1).sum();
    let number = |length: usize| u32::try_from(length).map_err(|_| Errno::INVAL);
    guest.set_u32(count, number(texts.len())?)?;
    Ok(guest.set_u32(size, number(bytes)?)?)
}

pub(super) fn get(
    caller: &mut Caller<'_, Host>,
    which: Which,
    mut pointer: u32,
    mut at: u32,
) -> Done {
    let (mut guest, host) = parts(caller);
    for text in which(host) {
        guest.set_u32(pointer, at)?;
        let length = u32::try_from(text.len()).map_err(|_| Errno::INVAL)?;
        guest.bytes(at, length)?.copy_from_slice(text.as_bytes());
        at = at.checked_add(length).ok_or(Errno::FAULT)?;
        *guest.array(at)? = [0];
        at = at.checked_add(1).ok_or(Errno::FAULT)?;
        pointer = pointer.checked_add(4).ok_or(Errno::FAULT)?;
    }
    Ok(())
}
