//! Finds the file that an import means.

use std::path::{Path, PathBuf};

use oxc_resolver::{ResolveError, ResolveOptions, Resolver};

/// Why an import means no file.
pub(crate) struct Unresolved {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// The modules of Node that programs import most, under the names without `node:`.
const NODE_MODULES: [&str; 26] = [
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "crypto",
    "dns",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "querystring",
    "readline",
    "stream",
    "timers",
    "url",
    "util",
    "worker_threads",
    "zlib",
];

/// Node's resolution, for the platform `jsc`.
pub(crate) fn resolver() -> Resolver {
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    Resolver::new(ResolveOptions {
        condition_names: names(&["jsc", "wasm", "worker", "import", "default"]),
        extensions: names(&[".js", ".mjs", ".json"]),
        main_fields: names(&["module", "main"]),
        ..ResolveOptions::default()
    })
}

/// The file that `specifier` means in a module of `directory`.
pub(crate) fn resolve(
    resolver: &Resolver,
    directory: &Path,
    specifier: &str,
) -> Result<PathBuf, Unresolved> {
    let unresolved = |message: String, help: Option<String>| Unresolved { message, help };
    let of_node = || {
        let help = "modules of Node do not exist in a WebAssembly module; use a package that works without them";
        unresolved(
            format!("`{specifier}` is a module of Node"),
            Some(help.to_string()),
        )
    };
    if specifier.starts_with("node:") {
        return Err(of_node());
    }
    if specifier.starts_with("http:") || specifier.starts_with("https:") {
        let help = "download it, or install it with npm, and import the file";
        return Err(unresolved(
            format!("`{specifier}` is an address, not a file"),
            Some(help.to_string()),
        ));
    }
    match resolver.resolve(directory, specifier) {
        Ok(resolution) => Ok(resolution.into_path_buf()),
        Err(ResolveError::NotFound(_)) if is_relative(specifier) => {
            let help = if directory.join(specifier).is_dir() {
                Some("it is a directory without an index.js; name a file in it".to_string())
            } else {
                similar_file(directory, specifier).map(|name| format!("did you mean `{name}`?"))
            };
            Err(unresolved(format!("cannot find `{specifier}`"), help))
        }
        // Packages of these names are found before.
        Err(ResolveError::NotFound(_)) if NODE_MODULES.contains(&package_of(specifier)) => {
            Err(of_node())
        }
        Err(ResolveError::NotFound(_)) => {
            let help = format!(
                "if it is a package, install it: npm install {}",
                package_of(specifier)
            );
            Err(unresolved(
                format!("cannot find the package `{specifier}`"),
                Some(help),
            ))
        }
        Err(error) => Err(unresolved(
            format!("cannot resolve `{specifier}`: {}", first_line(&error)),
            None,
        )),
    }
}

fn first_line(error: &ResolveError) -> String {
    error
        .to_string()
        .lines()
        .next()
        .unwrap_or_default()
        .to_string()
}

fn is_relative(specifier: &str) -> bool {
    specifier.starts_with("./") || specifier.starts_with("../") || specifier.starts_with('/')
}

/// `@scope/name/deep` → `@scope/name`, `name/deep` → `name`.
fn package_of(specifier: &str) -> &str {
    let parts = if specifier.starts_with('@') { 2 } else { 1 };
    specifier
        .match_indices('/')
        .nth(parts - 1)
        .map_or(specifier, |(end, _)| &specifier[..end])
}

/// The import of a file beside the missing one that is spelt nearly the same.
fn similar_file(directory: &Path, specifier: &str) -> Option<String> {
    let (parent, wanted) = specifier.rsplit_once('/')?;
    let entries = std::fs::read_dir(directory.join(parent)).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let modules = names
        .filter(|name| name.ends_with(".js") || name.ends_with(".mjs") || name.ends_with(".json"));
    let distance = |name: &str| strsim::damerau_levenshtein(name, wanted);
    let near = modules.map(|name| (distance(&name), name)).min()?;
    (near.0 <= wanted.len().div_ceil(3)).then(|| format!("{parent}/{}", near.1))
}

#[cfg(test)]
mod tests {
    use super::package_of;

    #[test]
    fn packages_are_named_without_their_paths() {
        assert_eq!(package_of("lodash"), "lodash");
        assert_eq!(package_of("lodash/fp"), "lodash");
        assert_eq!(package_of("@a/b"), "@a/b");
        assert_eq!(package_of("@a/b/c/d"), "@a/b");
    }
}
