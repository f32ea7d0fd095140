//! The cache under the conditions it meets on users' machines.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use code_cache::{CodeCache, Error};
use wasmtime::{Config, Engine, Instance, Module, ModuleVersionStrategy, Store};

fn engine() -> Engine {
    Engine::new(&Config::new()).unwrap()
}

/// A module whose export `f` returns `answer`, and of whose memory image most is zeros.
fn answering(answer: i32) -> Vec<u8> {
    wat::parse_str(format!(
        r#"(module (memory 1) (data (i32.const 0) "data") (data (i32.const 40000) "more")
            (func (export "f") (result i32) i32.const {answer}))"#
    ))
    .unwrap()
}

fn run(module: &Module) -> i32 {
    let mut store = Store::new(module.engine(), ());
    let instance = Instance::new(&mut store, module, &[]).unwrap();
    let f = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
    f.call(&mut store, ()).unwrap()
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap() != "secret")
        .collect();
    entries.sort();
    entries
}

/// Stores a module, lets `harm` have its way with the entry, and checks that the entry is then refused, that the
/// module still runs, and that the entry has been replaced by a good one.
fn check_refused(harm: impl FnOnce(&Path)) {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    let (engine, wasm) = (engine(), answering(42));
    cache.module(&engine, &wasm).unwrap();
    let entry = entries(home.path()).remove(0);

    harm(&entry);
    assert!(cache.find(&engine, &wasm).is_none());
    assert_eq!(run(&cache.module(&engine, &wasm).unwrap()), 42);
    assert_eq!(run(&cache.find(&engine, &wasm).unwrap()), 42);
}

#[test]
fn second_run_hits() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("not/yet/there");
    let wasm = answering(42);
    let cache = CodeCache::new(Some(directory.clone()));
    assert!(cache.find(&engine(), &wasm).is_none());
    assert_eq!(run(&cache.module(&engine(), &wasm).unwrap()), 42);
    assert_eq!(entries(&directory).len(), 1);

    // Another process has another engine and another `CodeCache`.
    let cache = CodeCache::new(Some(directory.clone()));
    assert_eq!(run(&cache.find(&engine(), &wasm).unwrap()), 42);
    assert_eq!(run(&cache.module(&engine(), &wasm).unwrap()), 42);
    assert_eq!(entries(&directory).len(), 1);
}

#[cfg(unix)]
#[test]
fn only_the_user_has_access() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("jsc/code");
    CodeCache::new(Some(directory.clone()))
        .module(&engine(), &answering(1))
        .unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&directory), 0o700);
    assert_eq!(mode(&entries(&directory)[0]), 0o600);
}

#[test]
fn engines_do_not_share_entries() {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    let metered = Engine::new(Config::new().consume_fuel(true)).unwrap();
    cache.module(&engine(), &answering(1)).unwrap();
    assert!(cache.find(&metered, &answering(1)).is_none());
    cache.module(&metered, &answering(1)).unwrap();
    assert_eq!(entries(home.path()).len(), 2);
}

/// What another version of wasmtime stored lies beside ours, and is refused where it has the name of ours.
#[test]
fn entry_of_another_version() {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().join("cache")));
    let wasm = answering(42);
    let mut config = Config::new();
    let version = ModuleVersionStrategy::Custom("0.1.0".to_owned());
    config.module_version(version).unwrap();
    let other = Engine::new(&config).unwrap();
    cache.module(&other, &wasm).unwrap();
    let theirs = entries(&home.path().join("cache")).remove(0);
    assert!(cache.find(&engine(), &wasm).is_none());
    check_refused(|entry| {
        assert_ne!(entry.file_name(), theirs.file_name());
        fs::copy(
            theirs.with_file_name("secret"),
            entry.with_file_name("secret"),
        )
        .unwrap();
        fs::copy(&theirs, entry).unwrap();
    });
    let file = home.path().join("fn.cwasm");
    fs::write(&file, cache.seal(&other, &wasm).unwrap()).unwrap();
    assert!(matches!(
        cache.open(&engine(), &wasm, &file),
        Err(Error::Refused)
    ));
    // They have lost nothing.
    cache.module(&engine(), &wasm).unwrap();
    assert_eq!(run(&cache.find(&other, &wasm).unwrap()), 42);
}

#[test]
fn no_directory_compiles() {
    let cache = CodeCache::new(None);
    assert_eq!(run(&cache.module(&engine(), &answering(3)).unwrap()), 3);
    assert!(cache.find(&engine(), &answering(3)).is_none());
}

#[test]
fn truncated_at_any_length() {
    for keep in [0, 1, 31, 32, 33, 4096] {
        check_refused(|entry| {
            let bytes = fs::read(entry).unwrap();
            fs::write(entry, &bytes[..keep]).unwrap();
        });
    }
    check_refused(|entry| {
        let bytes = fs::read(entry).unwrap();
        fs::write(entry, &bytes[..bytes.len() - 1]).unwrap();
    });
}

#[test]
fn corrupt_anywhere() {
    for place in 0..8 {
        check_refused(|entry| {
            let mut bytes = fs::read(entry).unwrap();
            let offset = (bytes.len() - 1) * place / 7;
            bytes[offset] ^= 1;
            fs::write(entry, bytes).unwrap();
        });
    }
}

/// Zeros are not in the digest as other bytes are, but where they are is.
#[test]
fn something_where_nothing_was() {
    let begin = |entry: &Path| {
        let bytes = fs::read(entry).unwrap();
        let zeros = bytes.windows(4096).position(|window| window == [0; 4096]);
        (zeros.expect("a page of zeros"), bytes)
    };
    for offset in [0, 2048, 4095] {
        check_refused(|entry| {
            let (zeros, mut bytes) = begin(entry);
            bytes[zeros + offset] = 0xcc;
            fs::write(entry, bytes).unwrap();
        });
    }
    // Nor may there be fewer of them or more.
    check_refused(|entry| {
        let (zeros, mut bytes) = begin(entry);
        bytes.drain(zeros..zeros + 4096);
        fs::write(entry, bytes).unwrap();
    });
    check_refused(|entry| {
        let (zeros, mut bytes) = begin(entry);
        bytes.splice(zeros..zeros, [0; 4096]);
        fs::write(entry, bytes).unwrap();
    });
}

#[test]
fn foreign_content() {
    check_refused(|entry| fs::write(entry, "#!/bin/sh\n".repeat(100)).unwrap());
    // Machine code that wasmtime itself made and would load: of another module, without and with a digest.
    let other = Module::new(&engine(), answering(13))
        .unwrap()
        .serialize()
        .unwrap();
    check_refused(|entry| fs::write(entry, &other).unwrap());
    check_refused(|entry| {
        let digest = blake3::hash(&other);
        fs::write(entry, [&other, digest.as_bytes().as_slice()].concat()).unwrap();
    });
}

#[test]
fn entry_of_another_module() {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    cache.module(&engine(), &answering(13)).unwrap();
    let other = entries(home.path()).remove(0);
    check_refused(|entry| {
        fs::copy(&other, entry).unwrap();
    });
}

#[cfg(unix)]
#[test]
fn writable_by_others() {
    use std::os::unix::fs::PermissionsExt;
    check_refused(|entry| {
        fs::set_permissions(entry, fs::Permissions::from_mode(0o666)).unwrap();
    });
}

#[test]
fn directory_where_the_entry_should_be() {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    cache.module(&engine(), &answering(5)).unwrap();
    let entry = entries(home.path()).remove(0);
    fs::remove_file(&entry).unwrap();
    fs::create_dir(&entry).unwrap();
    assert!(cache.find(&engine(), &answering(5)).is_none());
    assert_eq!(run(&cache.module(&engine(), &answering(5)).unwrap()), 5);
    assert_eq!(entries(home.path()), [entry], "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn read_only_directory() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let read_only = home.path().join("ro");
    fs::create_dir(&read_only).unwrap();
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o500)).unwrap();
    // Root writes where it likes, so these cannot be written to by root either.
    let places = [
        read_only.join("cache"),
        PathBuf::from("/proc/cache"),
        PathBuf::from("/dev/null/cache"),
    ];
    for directory in places {
        let cache = CodeCache::new(Some(directory));
        assert_eq!(run(&cache.module(&engine(), &answering(7)).unwrap()), 7);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn device_where_the_entry_should_be() {
    // A write to /dev/full fails as on a full disk; reached here by the entry's own name.
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    cache.module(&engine(), &answering(7)).unwrap();
    let entry = entries(home.path()).remove(0);
    fs::remove_file(&entry).unwrap();
    std::os::unix::fs::symlink("/dev/full", &entry).unwrap();
    assert!(cache.find(&engine(), &answering(7)).is_none());
    assert_eq!(run(&cache.module(&engine(), &answering(7)).unwrap()), 7);
}

#[test]
fn not_a_module() {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    assert!(matches!(
        cache.module(&engine(), b"(module)"),
        Err(Error::Compile(_))
    ));
    assert!(entries(home.path()).is_empty());
}

#[test]
fn many_threads_at_once() {
    let home = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let directory = home.path();
            scope.spawn(move || {
                // Every thread is a process of its own here: nothing is shared but the directory.
                let cache = CodeCache::new(Some(directory.into()));
                let engine = engine();
                for round in 0..8 {
                    let answer = (thread + round) % 4;
                    let module = cache.module(&engine, &answering(answer)).unwrap();
                    assert_eq!(run(&module), answer);
                }
            });
        }
    });
    assert_eq!(entries(home.path()).len(), 4);
}

#[test]
fn entry_of_somebody_else() {
    // What a neighbour's cache holds for the same module: intact, but sealed with another secret.
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    cache.module(&engine(), &answering(42)).unwrap();
    let other = entries(home.path()).remove(0);
    check_refused(|entry| {
        assert_eq!(entry.file_name(), other.file_name());
        fs::copy(&other, entry).unwrap();
    });
}

#[test]
fn secret_that_is_damaged_or_known() {
    check_refused(|entry| fs::write(entry.with_file_name("secret"), "short").unwrap());
    check_refused(|entry| fs::write(entry.with_file_name("secret"), [7; 32]).unwrap());
    #[cfg(unix)]
    check_refused(|entry| {
        use std::os::unix::fs::PermissionsExt;
        let readable = fs::Permissions::from_mode(0o644);
        fs::set_permissions(entry.with_file_name("secret"), readable).unwrap();
    });
}

/// The bound is for what entries take, which is less than their lengths.
#[cfg(unix)]
#[test]
fn what_was_not_used_for_longest_goes() {
    use std::os::unix::fs::MetadataExt;

    let home = tempfile::tempdir().unwrap();
    let cache = |bound| CodeCache::new(Some(home.path().into())).with_bound(bound);
    let engine = engine();
    cache(u64::MAX).module(&engine, &answering(0)).unwrap();
    let entry = fs::metadata(&entries(home.path())[0]).unwrap();
    let size = entry.blocks() * 512;
    assert!(size < entry.len());
    for answer in 1..4 {
        cache(u64::MAX).module(&engine, &answering(answer)).unwrap();
    }
    let day_ago = SystemTime::now() - Duration::from_secs(24 * 3600);
    let age = |path: &Path| fs::File::open(path).unwrap().set_modified(day_ago).unwrap();
    entries(home.path()).iter().for_each(|entry| age(entry));
    // Being found is being used.
    assert!(cache(0).find(&engine, &answering(2)).is_some());
    cache(4 * size).module(&engine, &answering(4)).unwrap();
    let kept = |answer| cache(0).find(&engine, &answering(answer)).is_some();
    assert!(kept(2) && kept(4));
    assert_eq!(entries(home.path()).len(), 3);
}

#[test]
fn killed_while_it_writes() {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    let (old, new) = (
        home.path().join(".writing-a"),
        home.path().join(".writing-b"),
    );
    fs::write(&old, "half an ent").unwrap();
    fs::write(&new, "half an ent").unwrap();
    let day_ago = SystemTime::now() - Duration::from_secs(24 * 3600);
    fs::File::open(&old).unwrap().set_modified(day_ago).unwrap();
    assert_eq!(run(&cache.module(&engine(), &answering(8)).unwrap()), 8);
    assert!(!old.exists(), "a writer of yesterday is dead");
    assert!(new.exists(), "a writer of today may be alive");
}

#[test]
fn sealed_code_opens() {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().join("cache")));
    let (engine, file) = (engine(), home.path().join("fn.cwasm"));
    fs::write(&file, cache.seal(&engine, &answering(6)).unwrap()).unwrap();
    assert_eq!(run(&cache.open(&engine, &answering(6), &file).unwrap()), 6);
    // Of another module, for another engine, by another user.
    let refused = |result| matches!(result, Err(Error::Refused));
    assert!(refused(cache.open(&engine, &answering(7), &file)));
    let metered = Engine::new(Config::new().consume_fuel(true)).unwrap();
    assert!(refused(cache.open(&metered, &answering(6), &file)));
    let other = CodeCache::new(Some(home.path().join("other")));
    assert!(refused(other.open(&engine, &answering(6), &file)));
    other.module(&engine, &answering(6)).unwrap();
    assert!(refused(other.open(&engine, &answering(6), &file)));
    // Tampered with, at any place.
    let sealed = fs::read(&file).unwrap();
    for place in [0, sealed.len() / 2, sealed.len() - 1] {
        let mut bytes = sealed.clone();
        bytes[place] ^= 1;
        fs::write(&file, bytes).unwrap();
        assert!(refused(cache.open(&engine, &answering(6), &file)));
    }
    let nowhere = CodeCache::new(None);
    assert!(matches!(
        nowhere.seal(&engine, &answering(6)),
        Err(Error::NoDirectory)
    ));
}

/// Started again by other tests; else it does nothing.
#[test]
fn child() {
    let Some(directory) = std::env::var_os("CODE_CACHE_TEST_DIRECTORY") else {
        return;
    };
    // So small that entries are removed all the time.
    let cache = CodeCache::new(Some(directory.into())).with_bound(40_000);
    for answer in 0..10 {
        assert_eq!(
            run(&cache.module(&engine(), &answering(answer)).unwrap()),
            answer
        );
    }
}

#[test]
fn fifty_processes_at_once() {
    let home = tempfile::tempdir().unwrap();
    let children: Vec<_> = (0..50)
        .map(|_| {
            std::process::Command::new(std::env::current_exe().unwrap())
                .args(["child", "--exact"])
                .env("CODE_CACHE_TEST_DIRECTORY", home.path())
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert!(
        entries(home.path())
            .iter()
            .all(|entry| entry.extension().unwrap() == "cwasm")
    );
}

/// Started again by [`full_disk`]; else it does nothing.
#[test]
fn child_on_full_disk() {
    let Some(directory) = std::env::var_os("CODE_CACHE_TEST_FULL_DISK") else {
        return;
    };
    // Images of memories are files, too, if not on a disk.
    let engine = Engine::new(Config::new().memory_init_cow(false)).unwrap();
    let cache = CodeCache::new(Some(directory.into()));
    for answer in 0..3 {
        let module = cache.module(&engine, &answering(answer)).unwrap();
        assert_eq!(run(&module), answer);
    }
}

/// A process that may write no more than so many blocks to a file meets what it would on a disk that has no more room: the
/// write fails, here or there in an entry. It costs nothing but the next compilation.
#[cfg(unix)]
#[test]
fn full_disk() {
    for blocks in [0, 1, 8, 16] {
        let home = tempfile::tempdir().unwrap();
        let script =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" child_on_full_disk --exact");
        let status = std::process::Command::new("sh")
            .args(["-c", &script])
            .arg(std::env::current_exe().unwrap())
            .env("CODE_CACHE_TEST_FULL_DISK", home.path())
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{blocks}");
        assert!(entries(home.path()).is_empty(), "{blocks}");
        let cache = CodeCache::new(Some(home.path().into()));
        assert_eq!(run(&cache.module(&engine(), &answering(3)).unwrap()), 3);
        assert!(cache.find(&engine(), &answering(3)).is_some());
    }
}

/// Whenever a process dies, what it leaves is whole or not an entry.
#[test]
fn killed_at_any_time() {
    let home = tempfile::tempdir().unwrap();
    let cache = CodeCache::new(Some(home.path().into()));
    let engine = engine();
    for round in 0..20 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["child", "--exact"])
            .env("CODE_CACHE_TEST_DIRECTORY", home.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(2 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        for answer in 0..10 {
            if let Some(module) = cache.find(&engine, &answering(answer)) {
                assert_eq!(run(&module), answer);
            }
        }
    }
    for answer in 0..10 {
        assert_eq!(
            run(&cache.module(&engine, &answering(answer)).unwrap()),
            answer
        );
    }
}
