//! The functions for files, directories and sockets, which all refuse: nothing of the kind was given to the module.

use wasmtime::{FuncType, Linker, Val, ValType};

use super::descriptors::refuse;
use super::guest::Errno;
use super::{Failure, MODULE};
use crate::host::Host;

/// Name, parameters (`i`: i32, `I`: i64), and the answer for a descriptor that is open. The descriptor is the first
/// parameter, in `path_symlink` the third.
const FUNCTIONS: [(&str, &str, Errno); 30] = [
    ("fd_advise", "iIIi", Errno::SPIPE),
    ("fd_allocate", "iII", Errno::SPIPE),
    ("fd_datasync", "i", Errno::INVAL),
    ("fd_fdstat_set_flags", "ii", Errno::NOTSUP),
    ("fd_fdstat_set_rights", "iII", Errno::NOTSUP),
    ("fd_filestat_set_size", "iI", Errno::INVAL),
    ("fd_filestat_set_times", "iIIi", Errno::INVAL),
    ("fd_pread", "iiiIi", Errno::SPIPE),
    ("fd_prestat_dir_name", "iii", Errno::NOTDIR),
    ("fd_prestat_get", "ii", Errno::BADF),
    ("fd_pwrite", "iiiIi", Errno::SPIPE),
    ("fd_readdir", "iiiIi", Errno::NOTDIR),
    ("fd_seek", "iIii", Errno::SPIPE),
    ("fd_sync", "i", Errno::INVAL),
    ("fd_tell", "ii", Errno::SPIPE),
    ("path_create_directory", "iii", Errno::NOTDIR),
    ("path_filestat_get", "iiiii", Errno::NOTDIR),
    ("path_filestat_set_times", "iiiiIIi", Errno::NOTDIR),
    ("path_link", "iiiiiii", Errno::NOTDIR),
    ("path_open", "iiiiiIIii", Errno::NOTDIR),
    ("path_readlink", "iiiiii", Errno::NOTDIR),
    ("path_remove_directory", "iii", Errno::NOTDIR),
    ("path_rename", "iiiiii", Errno::NOTDIR),
    (SYMLINK, "iiiii", Errno::NOTDIR),
    ("path_unlink_file", "iii", Errno::NOTDIR),
    ("proc_raise", "i", Errno::NOTSUP),
    ("sock_accept", "iii", Errno::NOTSOCK),
    ("sock_recv", "iiiiii", Errno::NOTSOCK),
    ("sock_send", "iiiii", Errno::NOTSOCK),
    ("sock_shutdown", "ii", Errno::NOTSOCK),
];

const SYMLINK: &str = "path_symlink";

/// Defines the function `name`; false if there is none of that name.
pub(super) fn define(linker: &mut Linker<Host>, name: &str) -> wasmtime::Result<bool> {
    let Some((name, parameters, errno)) = FUNCTIONS.iter().find(|function| function.0 == name)
    else {
        return Ok(false);
    };
    let parameters = parameters.chars().map(|letter| match letter {
        'I' => ValType::I64,
        _ => ValType::I32,
    });
    let ty = FuncType::new(linker.engine(), parameters, [ValType::I32]);
    let descriptor = if *name == SYMLINK { 2 } else { 0 };
    linker.func_new(MODULE, name, ty, move |caller, parameters, results| {
        let fd = parameters.get(descriptor).and_then(Val::i32).unwrap_or(-1);
        let code = match refuse(caller.data(), fd.cast_unsigned(), *errno) {
            Failure::Errno(errno) => errno.code(),
            Failure::Stop(stop) => return Err(stop.into()),
        };
        results[0] = Val::I32(code.cast_signed());
        Ok(())
    })?;
    Ok(true)
}

/// Whether there is a function of that name here.
pub(super) fn is_function(name: &str) -> bool {
    FUNCTIONS.iter().any(|function| function.0 == name)
}
