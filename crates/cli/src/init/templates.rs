//! The files that projects begin with.

use super::Template;

/// A file, with `{{name}}` where the name of the function belongs.
pub(super) struct File {
    pub(super) path: &'static str,
    pub(super) text: &'static str,
}

macro_rules! files {
    ($template:literal: $($path:literal from $name:literal),* $(,)?) => {
        &[$(File {
            path: $path,
            text: include_str!(concat!("templates/", $template, "/", $name)),
        }),*]
    };
}

/// The files of a template.
pub(super) fn files(template: Template) -> &'static [File] {
    match template {
        Template::Typescript => files!("typescript":
            "index.ts" from "index.ts",
            "package.json" from "package.json",
            "tsconfig.json" from "tsconfig.json",
            "README.md" from "README.md",
            ".gitignore" from "gitignore",
            "tests/ada.input.json" from "ada.input.json",
            "tests/ada.expected.json" from "ada.expected.json",
            "tests/nobody.input.json" from "nobody.input.json",
            "tests/nobody.expected.json" from "nobody.expected.json",
        ),
        Template::Javascript => files!("javascript":
            "index.js" from "index.js",
            "package.json" from "package.json",
            "README.md" from "README.md",
            ".gitignore" from "gitignore",
            "tests/ada.input.json" from "ada.input.json",
            "tests/ada.expected.json" from "ada.expected.json",
            "tests/nobody.input.json" from "nobody.input.json",
            "tests/nobody.expected.json" from "nobody.expected.json",
        ),
        Template::Shopify => files!("shopify":
            "shopify.extension.toml" from "shopify.extension.toml",
            "package.json" from "package.json",
            "README.md" from "README.md",
            ".gitignore" from "gitignore",
            "src/index.js" from "index.js",
            "src/run.graphql" from "run.graphql",
            "tests/fixtures/three-pieces.json" from "three-pieces.json",
            "tests/fixtures/one-piece.json" from "one-piece.json",
        ),
    }
}
