//! Finds the file that an import means.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use oxc_resolver::{ResolveError, ResolveOptions, TsconfigDiscovery};

use crate::absent::{self, Why};
use crate::browser::{Forms, Preference};
use crate::diagnostic::Diagnostic;
use crate::file_system::{Files, Resolver};
use crate::package::Packages;
use crate::transform::Settings;

/// What an import means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    File(PathBuf),
    /// Nothing: a module takes the place of what has this name.
    Absent(String, Why),
}

/// Why an import means no file.
pub(crate) struct Unresolved {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Unresolved {
    fn new(message: String) -> Unresolved {
        Unresolved {
            code: "unresolved-import",
            message,
            help: None,
        }
    }

    fn with_help(self, help: impl Into<String>) -> Unresolved {
        let help = Some(help.into());
        Unresolved { help, ..self }
    }
}

/// Node's resolution, for the platform `jsc`, and that of the user's options and of `tsconfig.json`.
pub(crate) struct Resolve {
    /// For `import`, in the program's own files.
    own: Resolver,
    own_require: Resolver,
    /// For `import`, in packages.
    package: Resolver,
    package_require: Resolver,
    /// For packages that have nothing but forms for other platforms.
    node: Resolver,
    node_require: Resolver,
    forms: Forms,
    /// The `package.json` files of the packages of which the form for browsers is used.
    for_browsers: HashSet<PathBuf>,
    /// What is to be said of the last import that was resolved.
    note: Option<Diagnostic>,
    aliases: Vec<(String, String)>,
    externals: Vec<String>,
    pub(crate) packages: Packages,
    files: Files,
}

impl Resolve {
    /// The files that were read and are no modules of the program.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        let packages = self.packages.files().cloned();
        self.files.read().into_iter().chain(packages)
    }

    pub(crate) fn new(
        aliases: &[(String, String)],
        externals: &[String],
        conditions: &[String],
    ) -> Resolve {
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let has = |name: &str| conditions.iter().any(|condition| condition == name);
        let preference = if has("node") {
            Preference::Node
        } else if has("browser") {
            Preference::Browser
        } else {
            Preference::None
        };
        let conditions = |last: &str| {
            let given = names(&["jsc", "wasm", "worker", last, "default"]);
            [given.as_slice(), conditions].concat()
        };
        let for_node = |options: &ResolveOptions| {
            let mut options = options.clone();
            options.condition_names.push("node".to_string());
            options
        };
        let aliased = |name: &str, others: &[&str]| (name.to_string(), names(others));
        let package = ResolveOptions {
            condition_names: conditions("import"),
            extensions: names(&[
                ".js", ".json", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".jsx",
            ]),
            // Node knows `main` only; `module` serves packages that have nothing else.
            main_fields: names(&["main", "module"]),
            node_path: false,
            ..ResolveOptions::default()
        };
        let own = ResolveOptions {
            extensions: names(&[
                ".ts", ".tsx", ".js", ".jsx", ".mts", ".mjs", ".cts", ".cjs", ".json",
            ]),
            extension_alias: vec![
                // TypeScript's imports name the file that its compiler would write.
                aliased(".js", &[".js", ".ts", ".tsx", ".jsx"]),
                aliased(".jsx", &[".jsx", ".tsx"]),
                aliased(".mjs", &[".mjs", ".mts"]),
                aliased(".cjs", &[".cjs", ".cts"]),
            ],
            tsconfig: Some(TsconfigDiscovery::Auto),
            ..package.clone()
        };
        let require = |options: &ResolveOptions| ResolveOptions {
            condition_names: conditions("require"),
            ..options.clone()
        };
        let files = Files::default();
        let first = Resolver::new_with_file_system(files.clone(), package.clone());
        Resolve {
            node: first.clone_with_options(for_node(&package)),
            node_require: first.clone_with_options(for_node(&require(&package))),
            forms: Forms::new(
                &first,
                &package,
                &require(&package),
                preference,
                files.clone(),
            ),
            for_browsers: HashSet::new(),
            note: None,
            own_require: first.clone_with_options(require(&own)),
            package_require: first.clone_with_options(require(&package)),
            own: first.clone_with_options(own),
            package: first,
            aliases: aliases.to_vec(),
            externals: externals.to_vec(),
            packages: Packages::default(),
            files,
        }
    }

    /// What the `tsconfig.json` above a file says about it.
    pub(crate) fn settings(&self, file: &Path) -> Result<(Settings, Option<PathBuf>), Unresolved> {
        match self.own.find_tsconfig(file) {
            Ok(Some(config)) => Ok((
                Settings::from(&config.compiler_options),
                Some(config.path.clone()),
            )),
            Ok(None) => Ok((Settings::default(), None)),
            Err(error) => Err(of_tsconfig(&error)),
        }
    }

    /// What `specifier` means in `file`.
    pub(crate) fn resolve(
        &mut self,
        file: &Path,
        specifier: &str,
        by_require: bool,
    ) -> Result<Target, Unresolved> {
        let aliased = self.aliased(specifier);
        let specifier = aliased.as_deref().unwrap_or(specifier);
        let is_external = |name: &String| {
            name == specifier || (!is_path(specifier) && name == package_of(specifier))
        };
        if self.externals.iter().any(is_external) {
            return Ok(Target::Absent(specifier.to_string(), Why::External));
        }
        if specifier.starts_with("http:") || specifier.starts_with("https:") {
            let message = format!("`{specifier}` is an address, not a file");
            return Err(Unresolved::new(message)
                .with_help("download it, or install it with npm, and import the file"));
        }
        if specifier.starts_with("node:") {
            return self.builtin(file, specifier, by_require);
        }
        let package = self.packages.of(file);
        let is_for_browsers = package
            .file
            .as_ref()
            .is_some_and(|manifest| self.for_browsers.contains(manifest));
        let resolver = match (is_for_browsers, by_require) {
            (false, _) => self.resolver(file, by_require),
            (true, _) => self.forms.resolver(by_require),
        };
        match resolver.resolve_file(file, specifier) {
            Ok(resolution) => {
                let path = resolution.into_path_buf();
                let other = match is_path(specifier) {
                    true => None,
                    false if is_for_browsers => self.handed_on(file, specifier, by_require, &path),
                    false => self.for_browsers(file, specifier, by_require, &path),
                };
                Ok(Target::File(other.unwrap_or(path)))
            }
            Err(ResolveError::Ignored(_)) => Ok(Target::Absent(specifier.to_string(), Why::Empty)),
            Err(ResolveError::NotFound(_) | ResolveError::ExtensionAlias(..))
                if is_path(specifier) =>
            {
                Err(no_file(file.parent().unwrap_or(Path::new("/")), specifier))
            }
            // Packages of these names are found before.
            Err(ResolveError::NotFound(_) | ResolveError::ExtensionAlias(..))
                if absent::is_builtin(specifier) =>
            {
                self.builtin(file, specifier, by_require)
            }
            Err(ResolveError::PackagePathNotExported { .. })
                if let Some(path) = self.for_node(file, specifier, by_require) =>
            {
                Ok(Target::File(path))
            }
            Err(error) => {
                let unresolved = unresolved(specifier, &error);
                let is_missing = matches!(
                    error,
                    ResolveError::NotFound(_) | ResolveError::ExtensionAlias(..)
                );
                Err(match is_missing {
                    true => package_missing(file, specifier, unresolved),
                    false => unresolved,
                })
            }
        }
    }

    /// What is to be said of the import that was resolved last.
    pub(crate) fn take_note(&mut self) -> Option<Diagnostic> {
        self.note.take()
    }

    /// The form for browsers of a package, if it has one and that at `path` needs modules of Node.
    fn for_browsers(
        &mut self,
        file: &Path,
        specifier: &str,
        by_require: bool,
        path: &Path,
    ) -> Option<PathBuf> {
        let packages = &mut self.packages;
        let form = self.forms.of(file, specifier, by_require, path, packages)?;
        let manifest = self.packages.of(&form.entry).file.clone()?;
        if self.for_browsers.insert(manifest)
            && let Some(reason) = form.reason
        {
            let package = package_of(specifier);
            let message = format!("of `{package}` the form for browsers is used");
            self.note = Some(Diagnostic::note("browser-form", message).with_help(format!(
                "its form for Node needs `{reason}`, and the two may behave differently; --conditions node takes it nevertheless"
            )));
        }
        Some(form.entry)
    }

    /// What a package whose form for browsers is used imports is for browsers, too.
    fn handed_on(
        &mut self,
        file: &Path,
        specifier: &str,
        by_require: bool,
        path: &Path,
    ) -> Option<PathBuf> {
        if let Some(manifest) = self.packages.of(path).file.clone() {
            self.for_browsers.insert(manifest);
        }
        match by_require {
            true => None,
            false => self
                .forms
                .bundled(file, specifier, path, &mut self.packages),
        }
    }

    /// The form for Node of a package that has none for other platforms but browsers, or else that.
    fn for_node(&mut self, file: &Path, specifier: &str, by_require: bool) -> Option<PathBuf> {
        let resolver = match by_require {
            true => &self.node_require,
            false => &self.node,
        };
        let path = resolver.resolve_file(file, specifier).ok()?.into_path_buf();
        if let Some(other) = self.for_browsers(file, specifier, by_require, &path) {
            return Some(other);
        }
        let message = format!("of `{specifier}` the form for Node is used");
        self.note = Some(
            Diagnostic::note("node-form", message)
                .with_help("`exports` in its package.json has no other that fits this platform"),
        );
        Some(path)
    }

    fn resolver(&self, file: &Path, by_require: bool) -> &Resolver {
        let in_package = file
            .components()
            .any(|part| part.as_os_str() == "node_modules");
        match (in_package, by_require) {
            (false, false) => &self.own,
            (false, true) => &self.own_require,
            (true, false) => &self.package,
            (true, true) => &self.package_require,
        }
    }

    /// A module of Node, in place of which a package may have another.
    fn builtin(
        &mut self,
        file: &Path,
        specifier: &str,
        by_require: bool,
    ) -> Result<Target, Unresolved> {
        let package = self.packages.of(file);
        let other = package.in_place_of(specifier);
        if other.is_some_and(|other| *other == false) {
            return Ok(Target::Absent(specifier.to_string(), Why::Empty));
        }
        if let (Some(other), Some(manifest)) =
            (other.and_then(|other| other.as_str()), &package.file)
            && let Ok(resolution) = self
                .resolver(file, by_require)
                .resolve_file(manifest, other)
        {
            return Ok(Target::File(resolution.into_path_buf()));
        }
        Ok(Target::Absent(specifier.to_string(), Why::Builtin))
    }

    /// The specifier that the user's `--alias` has for this one.
    fn aliased(&self, specifier: &str) -> Option<String> {
        self.aliases.iter().find_map(|(name, other)| {
            let rest = specifier.strip_prefix(name.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{other}{rest}"))
        })
    }
}

fn no_file(directory: &Path, specifier: &str) -> Unresolved {
    let unresolved = Unresolved::new(format!("cannot find `{specifier}`"));
    let path = directory.join(specifier);
    if path.is_dir() {
        return unresolved.with_help("it is a directory without an index.js; name a file in it");
    }
    if let Some(why) = unusable(&path) {
        return Unresolved::new(format!("cannot use `{specifier}`: {why}"));
    }
    match similar_file(directory, specifier) {
        Some(name) => unresolved.with_help(format!("did you mean `{name}`?")),
        None => unresolved,
    }
}

fn unresolved(specifier: &str, error: &ResolveError) -> Unresolved {
    let package = package_of(specifier);
    match error {
        ResolveError::NotFound(_) | ResolveError::ExtensionAlias(..) => Unresolved::new(format!("cannot find the package `{specifier}`"))
            .with_help(format!("if it is a package, install it: npm install {package}")),
        ResolveError::PackagePathNotExported { subpath, .. } if subpath == "." => {
            Unresolved::new(format!("the package `{package}` has no entry for this platform"))
                .with_help("`exports` in its package.json has none of the conditions jsc, wasm, worker, import, default")
        }
        ResolveError::PackagePathNotExported { subpath, .. } => Unresolved {
            code: "path-not-exported",
            ..Unresolved::new(format!("the package `{package}` does not export `{subpath}`"))
        }
        .with_help("`exports` in its package.json lists what can be imported"),
        ResolveError::PackageImportNotDefined(..) => {
            Unresolved::new(format!("`{specifier}` is not defined in `imports` of the package.json above this file"))
        }
        ResolveError::Json(json) => Unresolved {
            code: "invalid-package-json",
            ..Unresolved::new(format!(
                "cannot resolve `{specifier}`: {} is not JSON: {}",
                end_of(&json.path),
                json.message
            ))
        },
        ResolveError::TsconfigNotFound(_)
        | ResolveError::TsconfigSelfReference(_)
        | ResolveError::TsconfigCircularExtend(_)
        | ResolveError::TsconfigLoadFailed { .. } => of_tsconfig(error),
        error => Unresolved::new(format!("cannot resolve `{specifier}`: {}", first_line(error))),
    }
}

fn of_tsconfig(error: &ResolveError) -> Unresolved {
    let (path, reason) = match error {
        ResolveError::TsconfigNotFound(path) => (end_of(path), "it does not exist".to_string()),
        ResolveError::TsconfigSelfReference(path) => {
            (end_of(path), "it refers to itself".to_string())
        }
        ResolveError::TsconfigCircularExtend(_) => (
            "tsconfig.json".to_string(),
            "it extends itself, if not at first hand".to_string(),
        ),
        ResolveError::TsconfigLoadFailed { path, source } => {
            let reason = match &**source {
                ResolveError::Json(json) => json.message.clone(),
                ResolveError::TsconfigNotFound(path) => {
                    format!("it extends {}, which does not exist", end_of(path))
                }
                other => first_line(other),
            };
            (end_of(path), reason)
        }
        ResolveError::Json(json) => (end_of(&json.path), json.message.clone()),
        other => ("tsconfig.json".to_string(), first_line(other)),
    };
    Unresolved {
        code: "invalid-tsconfig",
        ..Unresolved::new(format!("cannot use {path}: {reason}"))
    }
}

/// A path's last two parts: enough to find it, and the same on every machine.
fn end_of(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let name = parts.last().cloned().unwrap_or_default();
    let in_package = parts.iter().position(|part| part == "node_modules");
    match in_package {
        Some(start) => parts[start..].join("/"),
        None => name.into_owned(),
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

fn is_path(specifier: &str) -> bool {
    specifier.starts_with("./")
        || specifier.starts_with("../")
        || specifier.starts_with('/')
        || matches!(specifier, "." | "..")
}

/// `@scope/name/deep` → `@scope/name`, `name/deep` → `name`.
fn package_of(specifier: &str) -> &str {
    let parts = if specifier.starts_with('@') { 2 } else { 1 };
    specifier
        .match_indices('/')
        .nth(parts - 1)
        .map_or(specifier, |(end, _)| &specifier[..end])
}

/// What is in the way of using what is at a path, if there is something.
fn unusable(path: &Path) -> Option<String> {
    let error = inputs::open(path).err()?;
    match std::fs::read_link(path) {
        Ok(target) if error.kind() == std::io::ErrorKind::NotFound => Some(format!(
            "it is a link to {}, which does not exist",
            target.display()
        )),
        Ok(_) | Err(_) => path.symlink_metadata().ok().map(|_| error.to_string()),
    }
}

/// The import of a file beside the missing one that is spelt nearly the same.
fn similar_file(directory: &Path, specifier: &str) -> Option<String> {
    const EXTENSIONS: [&str; 9] = ["js", "mjs", "cjs", "json", "ts", "mts", "cts", "tsx", "jsx"];
    let (parent, wanted) = specifier.rsplit_once('/')?;
    let entries = std::fs::read_dir(directory.join(parent)).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let modules = names.filter(|name| {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension);
        extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
            && name != wanted
            && directory.join(parent).join(name).is_file()
    });
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name.to_string(), |(stem, _)| stem.to_string())
    };
    let distance = |name: &str| {
        // What is imported without its extension is compared without one.
        let whole = strsim::damerau_levenshtein(name, wanted);
        whole.min(strsim::damerau_levenshtein(&stem(name), wanted))
    };
    let near = modules.map(|name| (distance(&name), name)).min()?;
    (near.0 <= wanted.len().div_ceil(3)).then(|| format!("{parent}/{}", near.1))
}

/// Says what is known of a package that cannot be found.
fn package_missing(file: &Path, specifier: &str, unresolved: Unresolved) -> Unresolved {
    let package = package_of(specifier);
    let is_installed = file
        .ancestors()
        .any(|directory| directory.join("node_modules").join(package).is_dir());
    if is_installed && package == specifier {
        let message = format!("the package `{package}` has no entry");
        return Unresolved::new(message)
            .with_help("its package.json names no file that exists, and it has no index.js; install it anew, or import a file of it");
    }
    if is_installed {
        let deep = &specifier[package.len() + 1..];
        return Unresolved::new(format!("the package `{package}` has no file `{deep}`"));
    }
    let places = file
        .ancestors()
        .map(|it| it.join("node_modules").join(package));
    if let Some(why) = places.into_iter().find_map(|place| unusable(&place)) {
        let message = format!("cannot use the package `{package}` in node_modules: {why}");
        return Unresolved::new(message);
    }
    match similar_package(file, package) {
        Some(name) => unresolved.with_help(format!("did you mean `{name}`?")),
        None => unresolved,
    }
}

/// An installed package that is spelt nearly the same as a missing one.
fn similar_package(file: &Path, wanted: &str) -> Option<String> {
    let names = |directory: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(directory).into_iter().flatten();
        entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect()
    };
    let scope = wanted.split_once('/').map(|(scope, _)| scope);
    let installed = file
        .ancestors()
        .map(|directory| directory.join("node_modules"))
        .flat_map(|directory| match scope {
            Some(scope) => {
                let scoped = names(&directory.join(scope));
                scoped
                    .into_iter()
                    .map(|name| format!("{scope}/{name}"))
                    .collect()
            }
            None => names(&directory),
        });
    let near = installed
        .filter(|name| !name.starts_with('.') && name != wanted)
        .map(|name| (strsim::damerau_levenshtein(&name, wanted), name))
        .min()?;
    (near.0 <= wanted.len() / 3).then_some(near.1)
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
