//! What a test says of itself, in a comment of YAML between `/*---` and `---*/`.

use saphyr::{LoadableYamlNode, Yaml};

/// The front matter of a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontmatter {
    /// Files of the harness that it needs.
    pub includes: Vec<String>,
    /// What of the language it is about.
    pub features: Vec<String>,
    /// How it has to fail, if it has to.
    pub negative: Option<Negative>,
    /// How it wants to be run.
    pub flags: Vec<String>,
    /// The names that a file of the harness defines.
    pub defines: Vec<String>,
}

/// How a test has to fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negative {
    /// When.
    pub phase: Phase,
    /// The name of the error's constructor.
    pub error: String,
}

/// When a test has to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// When it is parsed, before anything of it runs.
    Parse,
    /// When its imports are resolved.
    Resolution,
    /// When it runs.
    Runtime,
}

impl Frontmatter {
    /// Reads the front matter of a test; none where there is none, or it is damaged.
    #[must_use]
    pub fn read(text: &str) -> Option<Frontmatter> {
        let (_, rest) = text.split_once("/*---")?;
        let (yaml, _) = rest.split_once("---*/")?;
        let documents = Yaml::load_from_str(yaml).ok()?;
        let Some(front) = documents.first() else {
            return Some(Frontmatter::default());
        };
        let list = |key: &str| -> Vec<String> {
            let items = front.as_mapping_get(key).and_then(Yaml::as_vec);
            let items = items.into_iter().flatten();
            items
                .filter_map(|item| Some(item.as_str()?.to_string()))
                .collect()
        };
        let negative = match front.as_mapping_get("negative") {
            Some(negative) => Some(Negative {
                phase: match negative.as_mapping_get("phase")?.as_str()? {
                    "parse" => Phase::Parse,
                    "resolution" => Phase::Resolution,
                    "runtime" => Phase::Runtime,
                    _ => return None,
                },
                error: negative.as_mapping_get("type")?.as_str()?.to_string(),
            }),
            None => None,
        };
        Some(Frontmatter {
            includes: list("includes"),
            features: list("features"),
            negative,
            flags: list("flags"),
            defines: list("defines"),
        })
    }

    /// Whether it wants to be run so.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        self.flags.iter().any(|own| own == flag)
    }
}
