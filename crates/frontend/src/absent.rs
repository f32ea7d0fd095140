//! Modules that stand for what is not there: Node's own, and those that the user leaves out.
//!
//! Loading one is harmless; what is taken from it throws when it is called. So a package that needs `node:fs` only for
//! what the program does not use compiles, and one that does use it says what is missing.

use crate::define::Defines;

/// Why a module is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Why {
    /// It is part of Node.
    Builtin,
    /// `--external` names it.
    External,
    /// Its package has `false` for it in `browser`: it does without.
    Empty,
    /// It was not found, which whoever imports it while the program runs is told.
    Missing,
}

/// The modules of Node, under the names without `node:`.
const BUILTINS: [&str; 44] = [
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "domain",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "repl",
    "sea",
    "sqlite",
    "stream",
    "string_decoder",
    "sys",
    "test",
    "timers",
    "tls",
    "trace_events",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "worker_threads",
    "zlib",
];

/// Whether a specifier names Node's module `process`.
pub(crate) fn is_process(specifier: &str) -> bool {
    specifier.strip_prefix("node:").unwrap_or(specifier) == "process"
}

/// Whether a specifier names a module of Node.
pub(crate) fn is_builtin(specifier: &str) -> bool {
    let (name, is_certain) = match specifier.strip_prefix("node:") {
        Some(name) => (name, true),
        None => (specifier, false),
    };
    let first = name.split('/').next().unwrap_or(name);
    is_certain || BUILTINS.contains(&first)
}

/// The text of the CommonJS module in place of `specifier`; of one that is missing, this is the message. That of `process`
/// has the constants of the environment.
pub(crate) fn text(specifier: &str, why: Why, defines: &Defines) -> String {
    let reason = match why {
        Why::Empty => return String::new(),
        Why::Missing => {
            let message = serde_json::Value::String(specifier.to_string());
            return format!(
                "const error = new Error({message});\nerror.code = 'ERR_MODULE_NOT_FOUND';\nthrow error;\n"
            );
        }
        Why::Builtin => "is a module of Node, which a WebAssembly module does not have",
        Why::External => "was left out of this module by --external",
    };
    let environment = match is_process(specifier) {
        true => format!(
            "path === '' && key === 'env' ? {} : ",
            defines.environment()
        ),
        false => String::new(),
    };
    let name = serde_json::Value::String(specifier.to_string());
    // Symbols, `then` and `__esModule` are asked for by the language and by compilers, not by the program.
    format!(
        "const absent = (path) => new Proxy(function () {{}}, {{
  get(target, key) {{
    if (typeof key === 'symbol' || key === 'then' || key === '__esModule') return undefined;
    return {environment}absent(path === '' ? key : path + '.' + key);
  }},
  apply: function called() {{ throw missing(path, called); }},
  construct: function called() {{ throw missing(path, called); }},
}});
const missing = (path, called) => {{
  const error = new Error((path === '' ? '' : path + ': ') + {name} + ' {reason}');
  // What matters is who called it.
  Error.captureStackTrace(error, called);
  return error;
}};
module.exports = absent('');
"
    )
}

/// Globals of browsers and of Node that a module does not have, and what to do about them.
const GLOBALS: [(&[&str], &str); 12] = [
    (
        &["Buffer", "Blob", "File", "FileReader"],
        "use Uint8Array, TextEncoder and TextDecoder",
    ),
    (
        &[
            "Request",
            "Response",
            "Headers",
            "FormData",
            "WebSocket",
            "EventSource",
            "XMLHttpRequest",
            "fetch",
            "navigator",
            "caches",
        ],
        "a module has no network; give it what it needs as input",
    ),
    (
        &[
            "document",
            "window",
            "self",
            "parent",
            "top",
            "frames",
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "location",
            "history",
            "screen",
            "alert",
            "confirm",
            "prompt",
            "customElements",
            "DOMParser",
            "XMLSerializer",
            "Element",
            "HTMLElement",
            "Node",
            "Image",
            "MutationObserver",
            "getComputedStyle",
            "requestAnimationFrame",
            "cancelAnimationFrame",
        ],
        "a module runs outside of a page; give it what it needs as input",
    ),
    (
        &["process", "Deno", "Bun"],
        "give a value for it at build time: --define process.NAME=VALUE",
    ),
    (
        &["require", "module", "exports", "__filename", "__dirname"],
        "this is an ECMAScript module: use import and export",
    ),
    (
        &[
            "setImmediate",
            "clearImmediate",
            "setInterval",
            "setTimeout",
            "clearTimeout",
            "clearInterval",
            "requestIdleCallback",
        ],
        "a module has no timers; do the work at once, or `await` a promise",
    ),
    (&["global"], "the global object is `globalThis`"),
    (
        &[
            "WebAssembly",
            "Worker",
            "SharedWorker",
            "importScripts",
            "MessageChannel",
            "MessagePort",
            "BroadcastChannel",
        ],
        "a module runs alone: it cannot load others or start threads",
    ),
    (
        &["Intl"],
        "format without it, or by a package that brings its own tables",
    ),
    (
        &[
            "AbortController",
            "AbortSignal",
            "Event",
            "EventTarget",
            "CustomEvent",
            "ReadableStream",
            "WritableStream",
            "TransformStream",
            "CompressionStream",
            "DecompressionStream",
            "TextEncoderStream",
            "TextDecoderStream",
        ],
        "nothing in a module goes on beside it; give results by return values and promises",
    ),
    (
        &["URL", "URLSearchParams", "URLPattern"],
        "take addresses apart by a package that is written in JavaScript",
    ),
    (
        &[
            "crypto",
            "Crypto",
            "CryptoKey",
            "structuredClone",
            "DOMException",
        ],
        "use a package that does the same and is written in JavaScript",
    ),
];

/// What to do instead of a global that does not exist.
#[must_use]
pub fn remedy(global: &str) -> Option<&'static str> {
    GLOBALS
        .iter()
        .find(|(names, _)| names.contains(&global))
        .map(|(_, remedy)| *remedy)
}

#[cfg(test)]
mod tests {
    use super::is_builtin;

    #[test]
    fn modules_of_node_are_known() {
        for name in ["fs", "fs/promises", "node:fs", "node:newest", "util"] {
            assert!(is_builtin(name), "{name}");
        }
        for name in ["fsevents", "lodash", "./fs", "@types/node"] {
            assert!(!is_builtin(name), "{name}");
        }
    }
}
