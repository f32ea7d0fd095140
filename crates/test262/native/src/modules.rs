//! Modules are files, and what an import names is a path from the importing file.

use std::fs;
use std::path::{Component, Path, PathBuf};

use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Module, Result};

/// Finds and reads them.
pub(crate) struct Files;

impl Resolver for Files {
    fn resolve<'js>(
        &mut self,
        _: &Ctx<'js>,
        base: &str,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        let directory = Path::new(base).parent().unwrap_or(Path::new(""));
        // An engine tells modules apart by their names.
        let mut path = PathBuf::new();
        for component in directory.join(name).components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => {
                    path.pop();
                }
                other => path.push(other),
            }
        }
        match path.is_file() {
            true => Ok(path.to_string_lossy().into_owned()),
            false => Err(Error::new_resolving(base, name)),
        }
    }
}

impl Loader for Files {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        attributes: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js, Declared>> {
        let text = fs::read_to_string(name).map_err(|_| Error::new_loading(name))?;
        let kind = match attributes {
            Some(attributes) => attributes.get_type()?,
            None => None,
        };
        match kind.as_deref() {
            Some("json") => json(ctx, name, &text),
            Some("text") => {
                let text = quoted(&text)?;
                Module::declare(ctx.clone(), name, format!("export default {text};"))
            }
            _ => Module::declare(ctx.clone(), name, text),
        }
    }
}

/// A text that is not JSON is a SyntaxError of linking.
fn json<'js>(ctx: &Ctx<'js>, name: &str, text: &str) -> Result<Module<'js, Declared>> {
    ctx.json_parse(text)?;
    let text = quoted(text)?;
    Module::declare(
        ctx.clone(),
        name,
        format!("export default JSON.parse({text});"),
    )
}

fn quoted(text: &str) -> Result<String> {
    serde_json::to_string(text).map_err(|_| Error::Unknown)
}
