//! Refuses to write over what was read: no file that a command writes is one that it has read, or another that it writes.
//!
//! Files are the same by what they are, not by their names: links of both kinds, `./a/../b`, and standard streams that lead
//! to a file count.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, anyhow};

use crate::exit::Usage;

/// Links that are followed, as the system does.
const MOST_LINKS: u32 = 40;

/// A file that is going to be written.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// What asked for it: `-o`, `--metafile`.
    pub(crate) option: &'static str,
    pub(crate) path: PathBuf,
}

impl Output {
    pub(crate) fn new(option: &'static str, path: impl Into<PathBuf>) -> Output {
        let path = path.into();
        Output { option, path }
    }
}

/// What a file is. Devices and pipes are nothing: several may write to them.
#[derive(PartialEq, Eq)]
enum Identity {
    #[cfg(unix)]
    File { device: u64, inode: u64 },
    /// Where it would be made, or where there are no inodes, where it is.
    Place(PathBuf),
}

/// Checks the files that are to be written against each other and against those that were read, which are standard input and
/// `inputs`.
pub(crate) fn check<'a>(
    outputs: &[Output],
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<()> {
    let mut read: Vec<(Identity, String)> = Vec::new();
    read.extend(of_stream(&io::stdin()).map(|file| (file, "standard input".to_owned())));
    read.extend(inputs.into_iter().filter_map(|path| {
        let metadata = fs::metadata(path).ok()?;
        Some((of_metadata(path, &metadata)?, shown(path)))
    }));
    let mut written: Vec<(Identity, String)> = Vec::new();
    written.extend(of_stream(&io::stdout()).map(|file| (file, "standard output".to_owned())));
    for Output { option, path } in outputs {
        let Some(identity) = of_path(path) else {
            continue;
        };
        let shown = format!("`{option} {}`", path.display());
        let same = |(other, _): &&(Identity, String)| *other == identity;
        if let Some((_, name)) = read.iter().find(same) {
            return Err(anyhow!(Usage(format!(
                "{shown} would write over {name}, which was read; give another name"
            ))));
        }
        if let Some((_, name)) = written.iter().find(same) {
            return Err(anyhow!(Usage(format!(
                "{shown} and {name} are the same file; give another name"
            ))));
        }
        written.push((identity, shown));
    }
    Ok(())
}

/// A path as the user would write it: from the current directory where it lies there.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(here).unwrap_or(path);
    path.display().to_string()
}

fn of_path(path: &Path) -> Option<Identity> {
    // Directories on the way to it may be yet to be made.
    let place = place(path);
    match fs::metadata(&place) {
        Ok(metadata) => of_metadata(&place, &metadata),
        Err(_) => Some(Identity::Place(place)),
    }
}

#[cfg(unix)]
fn of_metadata(_: &Path, metadata: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    metadata.is_file().then(|| Identity::File {
        device: metadata.dev(),
        inode: metadata.ino(),
    })
}

#[cfg(not(unix))]
fn of_metadata(path: &Path, metadata: &Metadata) -> Option<Identity> {
    metadata.is_file().then(|| Identity::Place(place(path)))
}

#[cfg(unix)]
fn of_stream(stream: &impl std::os::fd::AsFd) -> Option<Identity> {
    let descriptor = stream.as_fd().try_clone_to_owned().ok()?;
    let metadata = fs::File::from(descriptor).metadata().ok()?;
    of_metadata(Path::new(""), &metadata)
}

#[cfg(not(unix))]
fn of_stream<T>(_: &T) -> Option<Identity> {
    None
}

/// Where a file that is not there would be made: links followed, also those that lead to nothing yet, and `..` resolved.
pub(crate) fn place(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path);
    follow(absolute.as_deref().unwrap_or(path), MOST_LINKS)
}

fn follow(path: &Path, links: u32) -> PathBuf {
    let mut place = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            // What is above a link's target is meant, which `place` is.
            Component::ParentDir => drop(place.pop()),
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                place.push(component);
                if links > 0
                    && let Ok(target) = fs::read_link(&place)
                {
                    place.pop();
                    place = follow(&place.join(target), links - 1);
                }
            }
        }
    }
    place
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::{Output, check, place};

    #[test]
    fn files_are_what_they_are() {
        let home = tempfile::tempdir().expect("a directory");
        let path = |name: &str| home.path().join(name);
        fs::create_dir_all(path("src/deep")).expect("directories");
        fs::write(path("src/a.js"), "").expect("a file");
        fs::hard_link(path("src/a.js"), path("hard")).expect("a link");
        symlink("src/a.js", path("soft")).expect("a link");
        symlink("src/deep", path("deep")).expect("a link");
        symlink("out/fn.wasm", path("dangling")).expect("a link");
        symlink("/dev/null", path("null")).expect("a link");
        let input = path("src/a.js");
        for (outputs, is_good) in [
            (&["src/b.js"][..], true),
            (&["src/a.js"], false),
            (&["./src/../src/a.js"], false),
            (&["none/../src/a.js"], false),
            // `deep` leads to `src/deep`, above which `src` is.
            (&["deep/../a.js"], false),
            (&["hard"], false),
            (&["soft"], false),
            (&["b", "c"], true),
            (&["b", "./b"], false),
            (&["new/b", "new/../new/./b"], false),
            (&["dangling", "out/fn.wasm"], false),
            (&["dangling", "out/other.wasm"], true),
            (&["null", "/dev/null"], true),
        ] {
            let list: Vec<Output> = outputs
                .iter()
                .map(|it| Output::new("-o", path(it)))
                .collect();
            let checked = check(&list, [input.as_path()]);
            assert_eq!(checked.is_ok(), is_good, "{outputs:?}: {checked:?}");
        }
    }

    #[test]
    fn links_in_circles_end() {
        let home = tempfile::tempdir().expect("a directory");
        symlink("circle", home.path().join("circle")).expect("a link");
        place(&home.path().join("circle"));
    }
}
