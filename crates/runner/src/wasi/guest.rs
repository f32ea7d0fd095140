//! A module's memory as the host sees it, and the error numbers of WASI.

use std::io;

use wasmtime::{AsContextMut, Caller, Extern};

use crate::host::Host;

/// An error number of WASI preview 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Errno(u16);

impl Errno {
    pub(crate) const BADF: Errno = Errno(8);
    pub(crate) const FAULT: Errno = Errno(21);
    pub(crate) const INVAL: Errno = Errno(28);
    pub(crate) const IO: Errno = Errno(29);
    pub(crate) const NOMEM: Errno = Errno(48);
    pub(crate) const NOSPC: Errno = Errno(51);
    pub(crate) const NOTDIR: Errno = Errno(54);
    pub(crate) const NOTSOCK: Errno = Errno(57);
    pub(crate) const NOTSUP: Errno = Errno(58);
    pub(crate) const PERM: Errno = Errno(63);
    pub(crate) const PIPE: Errno = Errno(64);
    pub(crate) const SPIPE: Errno = Errno(70);

    pub(crate) fn code(self) -> u32 {
        self.0.into()
    }

    /// The number for an error of the host's streams.
    pub(crate) fn of(error: &io::Error) -> Errno {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Errno::PIPE,
            io::ErrorKind::StorageFull => Errno::NOSPC,
            io::ErrorKind::PermissionDenied => Errno::PERM,
            _ => Errno::IO,
        }
    }
}

/// A module's memory.
pub(crate) struct Guest<'a>(&'a mut [u8]);

/// The memory of the calling module, and what the host keeps.
pub(crate) fn parts<'a>(caller: &'a mut Caller<'_, Host>) -> (Guest<'a>, &'a mut Host) {
    let memory = caller.data().memory;
    let memory = memory.and_then(|memory| caller.get_module_export(&memory));
    match memory {
        Some(Extern::Memory(memory)) => {
            let (bytes, host) = memory.data_and_store_mut(caller.as_context_mut());
            (Guest(bytes), host)
        }
        // Without a memory no address is good.
        _ => (Guest(&mut []), caller.data_mut()),
    }
}

impl Guest<'_> {
    pub(crate) fn bytes(&mut self, at: u32, length: u32) -> Result<&mut [u8], Errno> {
        let begin = at as usize;
        let end = begin.checked_add(length as usize).ok_or(Errno::FAULT)?;
        self.0.get_mut(begin..end).ok_or(Errno::FAULT)
    }

    pub(crate) fn array<const N: usize>(&mut self, at: u32) -> Result<&mut [u8; N], Errno> {
        self.0
            .get_mut(at as usize..)
            .and_then(|rest| rest.first_chunk_mut())
            .ok_or(Errno::FAULT)
    }

    pub(crate) fn u32(&mut self, at: u32) -> Result<u32, Errno> {
        Ok(u32::from_le_bytes(*self.array(at)?))
    }

    pub(crate) fn set_u32(&mut self, at: u32, value: u32) -> Result<(), Errno> {
        *self.array(at)? = value.to_le_bytes();
        Ok(())
    }

    pub(crate) fn set_u64(&mut self, at: u32, value: u64) -> Result<(), Errno> {
        *self.array(at)? = value.to_le_bytes();
        Ok(())
    }

    /// The buffer that the vector number `index` of an array of them describes.
    pub(crate) fn vector(&mut self, vectors: u32, index: u32) -> Result<&mut [u8], Errno> {
        const SIZE: u32 = 8;
        let at = index
            .checked_mul(SIZE)
            .and_then(|offset| vectors.checked_add(offset))
            .ok_or(Errno::FAULT)?;
        let (buffer, length) = (self.u32(at)?, self.u32(at.saturating_add(4))?);
        self.bytes(buffer, length)
    }
}
