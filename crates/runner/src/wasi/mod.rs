//! WASI preview 1 for modules that are given no directories: the standard streams, arguments, environment, clocks and
//! randomness, done here because a call lasts only microseconds and wasmtime-wasi's way through streams of components
//! and a tokio runtime takes longer than that. Where there are no directories there are no files either, and all
//! functions for files answer that the descriptor is bad. Calls that are given directories get `crate::files`.

mod clock;
mod descriptors;
mod guest;
mod poll;
mod texts;
mod unavailable;

use wasmtime::{Caller, Linker};

use crate::host::Host;
use crate::stop::Stop;
use crate::streams;

pub(crate) use guest::Errno;

/// The module name of all these functions.
pub(crate) const MODULE: &str = "wasi_snapshot_preview1";

/// Why a function of WASI did not do what it was asked to.
pub(crate) enum Failure {
    /// The module is told.
    Errno(Errno),
    /// The call ends.
    Stop(Stop),
}

type Done = Result<(), Failure>;

/// How many bytes are gone through before the clock is looked at: about a millisecond's work.
const PART: usize = 1 << 20;

impl From<Errno> for Failure {
    fn from(errno: Errno) -> Failure {
        Failure::Errno(errno)
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Failure {
        Failure::Stop(stop)
    }
}

impl From<streams::Failure> for Failure {
    fn from(failure: streams::Failure) -> Failure {
        match failure {
            streams::Failure::Io(error) => Failure::Errno(Errno::of(&error)),
            streams::Failure::Stop(stop) => Failure::Stop(stop),
        }
    }
}

/// What the module gets for an answer.
fn answer(done: Done) -> wasmtime::Result<u32> {
    match done {
        Ok(()) => Ok(0),
        Err(Failure::Errno(errno)) => Ok(errno.code()),
        Err(Failure::Stop(stop)) => Err(stop.into()),
    }
}

/// Defines the function `name`; false if WASI has none of that name.
pub(crate) fn define(linker: &mut Linker<Host>, name: &str) -> wasmtime::Result<bool> {
    if define_without_files(linker, name)? {
        return Ok(true);
    }
    type C<'a> = Caller<'a, Host>;
    match name {
        "fd_read" => linker.func_wrap(
            MODULE,
            name,
            |mut c: C, fd: u32, vectors: u32, count: u32, length: u32| {
                answer(descriptors::read(&mut c, fd, vectors, count, length))
            },
        )?,
        "fd_write" => linker.func_wrap(
            MODULE,
            name,
            |mut c: C, fd: u32, vectors: u32, count: u32, length: u32| {
                answer(descriptors::write(&mut c, fd, vectors, count, length))
            },
        )?,
        "fd_close" => linker.func_wrap(MODULE, name, |mut c: C, fd: u32| {
            answer(descriptors::close(&mut c, fd))
        })?,
        "fd_renumber" => linker.func_wrap(MODULE, name, |mut c: C, from: u32, to: u32| {
            answer(descriptors::renumber(&mut c, from, to))
        })?,
        "fd_fdstat_get" => linker.func_wrap(MODULE, name, |mut c: C, fd: u32, to: u32| {
            answer(descriptors::status(&mut c, fd, to))
        })?,
        "fd_filestat_get" => linker.func_wrap(MODULE, name, |mut c: C, fd: u32, to: u32| {
            answer(descriptors::file_status(&mut c, fd, to))
        })?,
        _ => return unavailable::define(linker, name),
    };
    Ok(true)
}

/// Defines the function `name` if it has nothing to do with files; then it does the same in calls that have some.
pub(crate) fn define_without_files(
    linker: &mut Linker<Host>,
    name: &str,
) -> wasmtime::Result<bool> {
    type C<'a> = Caller<'a, Host>;
    match name {
        "args_get" => linker.func_wrap(MODULE, name, |mut c: C, pointers: u32, texts: u32| {
            answer(texts::get(&mut c, |host| &host.args, pointers, texts))
        })?,
        "args_sizes_get" => linker.func_wrap(MODULE, name, |mut c: C, count: u32, size: u32| {
            answer(texts::sizes(&mut c, |host| &host.args, count, size))
        })?,
        "environ_get" => {
            linker.func_wrap(MODULE, name, |mut c: C, pointers: u32, texts: u32| {
                answer(texts::get(
                    &mut c,
                    |host| &host.environment,
                    pointers,
                    texts,
                ))
            })?
        }
        "environ_sizes_get" => {
            linker.func_wrap(MODULE, name, |mut c: C, count: u32, size: u32| {
                answer(texts::sizes(&mut c, |host| &host.environment, count, size))
            })?
        }
        "clock_time_get" => linker.func_wrap(
            MODULE,
            name,
            |mut c: C, id: u32, _precision: u64, to: u32| answer(clock::time(&mut c, id, to)),
        )?,
        "clock_res_get" => linker.func_wrap(MODULE, name, |mut c: C, id: u32, to: u32| {
            answer(clock::resolution(&mut c, id, to))
        })?,
        "random_get" => linker.func_wrap(MODULE, name, |mut c: C, to: u32, length: u32| {
            answer(clock::random(&mut c, to, length))
        })?,
        "poll_oneoff" => linker.func_wrap(
            MODULE,
            name,
            |mut c: C, subscriptions: u32, events: u32, count: u32, happened: u32| {
                answer(poll::wait(&mut c, subscriptions, events, count, happened))
            },
        )?,
        "sched_yield" => linker.func_wrap(MODULE, name, || 0_u32)?,
        // Exit codes above 125, which the specification leaves open, are the program's own affair.
        "proc_exit" => linker.func_wrap(MODULE, name, |code: i32| -> wasmtime::Result<()> {
            Err(Stop::Exit(code).into())
        })?,
        _ => return Ok(false),
    };
    Ok(true)
}

/// Whether WASI preview 1 has such a function.
pub(crate) fn is_function(module: &str, name: &str) -> bool {
    const OURS: [&str; 16] = [
        "args_get",
        "args_sizes_get",
        "clock_res_get",
        "clock_time_get",
        "environ_get",
        "environ_sizes_get",
        "fd_close",
        "fd_fdstat_get",
        "fd_filestat_get",
        "fd_read",
        "fd_renumber",
        "fd_write",
        "poll_oneoff",
        "proc_exit",
        "random_get",
        "sched_yield",
    ];
    module == MODULE && (OURS.contains(&name) || unavailable::is_function(name))
}

#[cfg(test)]
mod tests {
    use wasmtime::{Engine, Linker};

    /// All functions of the specification.
    const ALL: &str = "args_get args_sizes_get clock_res_get clock_time_get environ_get environ_sizes_get fd_advise \
        fd_allocate fd_close fd_datasync fd_fdstat_get fd_fdstat_set_flags fd_fdstat_set_rights fd_filestat_get \
        fd_filestat_set_size fd_filestat_set_times fd_pread fd_prestat_dir_name fd_prestat_get fd_pwrite fd_read \
        fd_readdir fd_renumber fd_seek fd_sync fd_tell fd_write path_create_directory path_filestat_get \
        path_filestat_set_times path_link path_open path_readlink path_remove_directory path_rename path_symlink \
        path_unlink_file poll_oneoff proc_exit proc_raise random_get sched_yield sock_accept sock_recv sock_send \
        sock_shutdown";

    #[test]
    fn nothing_is_missing() {
        let mut linker = Linker::new(&Engine::default());
        for name in ALL.split_whitespace() {
            assert!(super::is_function(super::MODULE, name), "{name}");
            assert!(
                super::define(&mut linker, name).is_ok_and(|is_known| is_known),
                "{name}"
            );
        }
        assert_eq!(ALL.split_whitespace().count(), 46);
        assert!(!super::is_function(super::MODULE, "sock_open"));
        assert!(super::define(&mut linker, "sock_open").is_ok_and(|is_known| !is_known));
    }

    /// They have the types that wasmtime-wasi gives them.
    #[test]
    fn types_are_those_of_the_specification() {
        let engine = Engine::default();
        let mut theirs = Linker::new(&engine);
        wasmtime_wasi::p1::add_to_linker_sync(
            &mut theirs,
            |_: &mut crate::host::Host| -> &mut wasmtime_wasi::p1::WasiP1Ctx {
                unreachable!("nothing is called")
            },
        )
        .expect("all names are different");
        let mut ours = Linker::new(&engine);
        for name in ALL.split_whitespace() {
            super::define(&mut ours, name).expect("all names are different");
        }
        let mut checked = 0;
        for name in ALL.split_whitespace() {
            let (a, b) = (function(&theirs, name), function(&ours, name));
            let (Some(a), Some(b)) = (a, b) else {
                panic!("{name} is not defined");
            };
            assert_eq!(a, b, "{name}");
            checked += 1;
        }
        assert_eq!(checked, 46);
    }

    /// The type of a function, which a linker shows only with a store.
    fn function(linker: &Linker<crate::host::Host>, name: &str) -> Option<String> {
        let mut store = wasmtime::Store::new(linker.engine(), crate::host::Host::empty());
        let found = linker.get(&mut store, super::MODULE, name).ok()?;
        let ty = found.into_func()?.ty(&store);
        let list = |types: Vec<wasmtime::ValType>| {
            let types: Vec<String> = types.iter().map(ToString::to_string).collect();
            types.join(" ")
        };
        Some(format!(
            "{} -> {}",
            list(ty.params().collect()),
            list(ty.results().collect())
        ))
    }
}
