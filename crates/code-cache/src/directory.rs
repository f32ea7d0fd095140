//! Where compiled code is kept when nobody says otherwise.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// The directory for compiled code: `$JSC_CACHE_DIR/code`, or `jsc/code` in the user's cache directory
/// (`$XDG_CACHE_HOME` or `~/.cache`; `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows).
///
/// `None`, which means no cache on disk, when `JSC_CACHE_DIR` is set to nothing or there is no home directory.
#[must_use]
pub fn default_directory() -> Option<PathBuf> {
    directory(|name| env::var_os(name), env::home_dir())
}

fn directory(
    variable: impl Fn(&str) -> Option<OsString>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    if let Some(directory) = variable("JSC_CACHE_DIR") {
        return (!directory.is_empty()).then(|| PathBuf::from(directory).join("code"));
    }
    // The XDG specification: a relative path is invalid and to be ignored.
    let absolute = |name| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let user_caches = if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else {
        let fallback = if cfg!(target_os = "macos") {
            "Library/Caches"
        } else {
            ".cache"
        };
        absolute("XDG_CACHE_HOME").or_else(|| {
            home.filter(|home| home.is_absolute())
                .map(|home| home.join(fallback))
        })
    };
    Some(user_caches?.join("jsc").join("code"))
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use std::path::PathBuf;

    fn check(variables: &[(&str, &str)], home: Option<&str>, expected: Option<&str>) {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.into())
        };
        assert_eq!(
            super::directory(variable, home.map(PathBuf::from)),
            expected.map(PathBuf::from)
        );
    }

    #[test]
    fn own_variable_then_xdg_then_home() {
        let home = Some("/home/ann");
        check(&[], home, Some("/home/ann/.cache/jsc/code"));
        check(&[("XDG_CACHE_HOME", "/x")], home, Some("/x/jsc/code"));
        check(
            &[("XDG_CACHE_HOME", "/x"), ("JSC_CACHE_DIR", "here")],
            home,
            Some("here/code"),
        );
    }

    #[test]
    fn unusable_values() {
        check(&[], None, None);
        check(&[("JSC_CACHE_DIR", "")], Some("/home/ann"), None);
        check(
            &[("XDG_CACHE_HOME", "relative")],
            Some("/h"),
            Some("/h/.cache/jsc/code"),
        );
    }
}
