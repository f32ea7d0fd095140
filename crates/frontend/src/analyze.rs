//! Reads one file: parses it, makes JavaScript of it, puts constants in, and finds what it refers to.

use std::collections::BTreeMap;

use swc_common::{GLOBALS, Globals, Mark, SourceMap, sync::Lrc};
use swc_ecma_ast::Program;
use swc_ecma_transforms_base::fixer::fixer;
use swc_ecma_transforms_base::hygiene::hygiene;
use swc_ecma_transforms_base::resolver;
use swc_ecma_visit::VisitMutWith;

use crate::define::Defines;
use crate::exports::{self, Exports};
use crate::heritage;
use crate::parse::{self, Fault, Goal, Language, Parsed, exports_whole, has_module_syntax};
use crate::print::print;
use crate::scan::{self, Found};
use crate::source::SourceFile;
use crate::transform::{Marks, Settings, Transform, has_decorators, transform};
use crate::typescript::{Kind, KnownTypes};

/// What there is to know about a file before others are read.
#[derive(Clone)]
pub(crate) struct Analysis {
    pub(crate) found: Found,
    /// What it exports if it is a CommonJS module.
    pub(crate) commonjs: Option<Exports>,
    /// The names that it exports and that are nothing but types.
    pub(crate) types: BTreeMap<String, Kind>,
    /// The text for the engine, if it is not the file's.
    pub(crate) rewritten: Option<String>,
}

/// How to read a file.
pub(crate) struct Request<'a> {
    pub(crate) source: &'a SourceFile,
    pub(crate) goal: Goal,
    pub(crate) settings: &'a Settings,
    pub(crate) defines: &'a Defines,
    /// What other files say about the names that it imports.
    pub(crate) known: &'a KnownTypes,
    /// Whether to find the globals that it uses.
    pub(crate) globals: bool,
}

/// Reads a file.
pub(crate) fn analyze(request: &Request<'_>) -> Result<Analysis, Vec<Fault>> {
    let text = &request.source.text;
    let language = Language::of(&request.source.name);
    let parsed = parse::parse(text, language, request.goal)?;
    GLOBALS.set(&Globals::new(), || {
        analyze_parsed(request, language, parsed)
    })
}

fn analyze_parsed(
    request: &Request<'_>,
    language: Language,
    mut parsed: Parsed,
) -> Result<Analysis, Vec<Fault>> {
    let text = &request.source.text;
    let may_have_decorators = text.contains('@') || text.contains("accessor");
    let is_transformed =
        language != Language::default() || (may_have_decorators && has_decorators(&parsed.program));
    let may_define = request.defines.may_be_in(text);
    let is_commonjs = is_commonjs(&parsed.program, language, request.goal);
    // Constants are known by their names, too, and they can be what `import()` is given.
    let needs_names = is_transformed
        || may_define
        || request.globals
        || ["require", "import(", "import ("]
            .iter()
            .any(|word| text.contains(word));
    let marks = needs_names.then(|| Marks {
        unresolved: Mark::new(),
        top_level: Mark::new(),
    });
    let map = Lrc::new(SourceMap::default());
    let mut is_rewritten = false;
    let mut types = BTreeMap::new();
    if let Some(marks) = marks {
        let resolver = resolver(marks.unresolved, marks.top_level, language.typescript);
        heritage::resolve(&mut parsed.program, resolver);
        if is_transformed {
            let how = Transform {
                text,
                language,
                settings: request.settings,
                known: request.known,
                is_commonjs,
                marks,
            };
            types = transform(&mut parsed, &how, &map)?;
            is_rewritten = true;
        }
        if may_define {
            is_rewritten |= request.defines.fold(&mut parsed.program, marks.unresolved);
        }
    }
    let Parsed {
        mut program,
        stand_ins,
        ..
    } = parsed;
    let mut found = scan::scan(&program, marks.map(|marks| marks.unresolved));
    if request.goal == Goal::Script {
        found.forget_requires();
    }
    let commonjs = is_commonjs.then(|| exports::find(&program));
    let rewritten = is_rewritten.then(|| {
        if is_transformed {
            // New names must not be those of others; this also forgets which is whose.
            program.mutate(&mut hygiene());
        }
        stand_ins.turn_back(&mut program, text);
        program.visit_mut_with(&mut fixer(None));
        print(&program, &map, request.source)
    });
    Ok(Analysis {
        found,
        commonjs,
        types,
        rewritten,
    })
}

/// Whether the program is a CommonJS module. TypeScript is always parsed as a module.
fn is_commonjs(program: &Program, language: Language, goal: Goal) -> bool {
    match program {
        Program::Script(_) => goal != Goal::Script,
        Program::Module(_) if language.typescript => {
            !has_module_syntax(program)
                && match goal {
                    Goal::Module | Goal::Script => false,
                    Goal::Entry => exports_whole(program) || exports::is_commonjs(program),
                    Goal::CommonJs | Goal::Either => true,
                }
        }
        Program::Module(_) => false,
    }
}
