//! A program that is compiled again is compiled as if for the first time.

use std::fs;
use std::path::Path;

use compiler::{Entry, Error, Options, Session, compile};

fn write(directory: &Path, name: &str, text: &str) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
    fs::write(path, text).expect("a file");
}

/// The module, or the messages.
fn outcome(result: Result<compiler::Artifact, Error>) -> Result<Vec<u8>, String> {
    match result {
        Ok(artifact) => Ok(artifact.wasm),
        Err(Error::Program(diagnostics)) => Err(diagnostics
            .iter()
            .map(|diagnostic| diagnostic.render(false))
            .collect()),
        Err(error) => panic!("{error}"),
    }
}

const ENTRY: &str = "import { v } from './v'; import { a } from 'a'; import { t } from '@/t.js';
enum E { One = 1 }
class A { x = 1; declare y: number; constructor() { v(); } }
export default () => [v(), a, t, E.One, new A()];";

const CONFIG: &str = r#"{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }"#;

#[test]
fn compiled_again_is_compiled_anew() {
    let directory = tempfile::tempdir().expect("a directory");
    let root = directory.path();
    write(root, "index.ts", ENTRY);
    write(root, "v.js", "export const v = () => 'v.js';");
    write(root, "lib/t.ts", "export const t: string = 'lib';");
    write(root, "other/t.ts", "export const t: string = 'other';");
    write(root, "tsconfig.json", CONFIG);
    let manifest = |entry: &str| format!(r#"{{ "name": "a", "exports": "./{entry}.mjs" }}"#);
    write(root, "node_modules/a/package.json", &manifest("one"));
    write(root, "node_modules/a/one.mjs", "export const a = 'one';");
    write(root, "node_modules/a/two.mjs", "export const a = 'two';");

    let mut session = Session::default();
    let mut options = Options::new(Entry::File(root.join("index.ts")));
    let mut before = Err(String::new());
    let mut check = |what: &str, options: &Options, is_same: bool| {
        let again = outcome(session.compile(options).result);
        assert_eq!(again.clone().ok(), outcome(compile(options)).ok(), "{what}");
        assert_eq!(again == before, is_same, "{what}");
        before = again;
    };
    check("the first time", &options, false);
    check("nothing has changed", &options, true);
    write(root, "v.js", "export const v = () => 'V.js';");
    check("a file has changed, not its size", &options, false);
    write(root, "v.ts", "export const v = (): string => 'v.ts';");
    check("a file has come in front of another", &options, false);
    fs::remove_file(root.join("v.js")).expect("it was there");
    check("a file that is not used is gone", &options, true);
    fs::remove_file(root.join("v.ts")).expect("it was there");
    check("a file is gone", &options, false);
    write(root, "v.js", "export const v = () => ;");
    check("a file is wrong", &options, false);
    write(root, "v.js", "export const v = () => 'v';");
    check("a file is right again", &options, false);
    write(root, "node_modules/a/package.json", &manifest("two"));
    check("a package has another entry", &options, false);
    write(root, "tsconfig.json", &CONFIG.replace("lib", "other"));
    check("a path is another", &options, false);
    let config = r#"{ "compilerOptions": { "paths": { "@/*": ["./other/*"] }, "useDefineForClassFields": false } }"#;
    write(root, "tsconfig.json", config);
    check("files are transformed in another way", &options, false);
    write(root, "v.js", "export const v = () => MODE;");
    options.modules.defines = vec![("MODE".into(), "1".into())];
    check("a constant is defined", &options, false);
    options.modules.defines = vec![("MODE".into(), "2".into())];
    check("a constant is another", &options, false);
    options.keep = vec!["Map".into()];
    check("a builtin is kept", &options, false);
}
