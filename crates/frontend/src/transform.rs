//! Makes JavaScript of TypeScript and JSX.
//!
//! ```text
//! enum A { B }   →   var A = /*#__PURE__*/ function(A) { … }({});
//! <p>{a}</p>     →   _jsx("p", { children: a })
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use oxc_resolver::CompilerOptions;
use swc_common::errors::{DiagnosticBuilder, Emitter, HANDLER, Handler};
use swc_common::{Mark, SourceMap, sync::Lrc};
use swc_ecma_ast::{AutoAccessor, Decorator, Pass, Program};
use swc_ecma_transforms_base::helpers::{HELPERS, Helpers, inject_helpers};
use swc_ecma_transforms_proposal::decorator_2023_11::decorator_2023_11;
use swc_ecma_transforms_react::{self as react, Runtime};
use swc_ecma_transforms_typescript::{Config, typescript as strip};
use swc_ecma_visit::{Visit, VisitWith};

use crate::parse::{Fault, Language, Parsed, range};
use crate::typescript::{self, Kind, KnownTypes};

/// What a project's `tsconfig.json` says about the transformation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settings {
    legacy_decorators: bool,
    decorator_metadata: bool,
    /// Whether fields are defined, as in ECMAScript, or assigned.
    assign_fields: bool,
    /// Whether `null` and `undefined` are types of their own.
    strict_nulls: bool,
    pub(crate) verbatim_imports: bool,
    jsx_classic: bool,
    jsx_development: bool,
    jsx_source: Option<String>,
    jsx_factory: Option<String>,
    jsx_fragment: Option<String>,
}

impl From<&CompilerOptions> for Settings {
    fn from(options: &CompilerOptions) -> Settings {
        let is = |option: Option<bool>| option.unwrap_or_default();
        let jsx = options.jsx.as_deref().unwrap_or_default().to_lowercase();
        // The default of `useDefineForClassFields` depends on the target.
        let old_target = options.target.as_deref().is_some_and(|target| {
            let target = target.to_lowercase();
            [
                "es3", "es5", "es6", "es2015", "es2016", "es2017", "es2018", "es2019", "es2020",
                "es2021",
            ]
            .contains(&target.as_str())
        });
        Settings {
            legacy_decorators: is(options.experimental_decorators),
            decorator_metadata: is(options.emit_decorator_metadata),
            assign_fields: !options.use_define_for_class_fields.unwrap_or(!old_target),
            strict_nulls: is(options.strict_null_checks.or(options.strict)),
            verbatim_imports: is(options.verbatim_module_syntax),
            // `preserve` leaves the choice to whoever comes next; a factory is only used by the classic form.
            jsx_classic: jsx == "react"
                || (!jsx.starts_with("react-jsx") && options.jsx_factory.is_some()),
            jsx_development: jsx == "react-jsxdev",
            jsx_source: options.jsx_import_source.clone(),
            jsx_factory: options.jsx_factory.clone(),
            jsx_fragment: options.jsx_fragment_factory.clone(),
        }
    }
}

/// Whether a program has decorators or fields with `accessor`, which the engine has not.
pub(crate) fn has_decorators(program: &Program) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_decorator(&mut self, _: &Decorator) {
            self.0 = true;
        }

        fn visit_auto_accessor(&mut self, _: &AutoAccessor) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    program.visit_with(&mut finder);
    finder.0
}

/// The marks that swc's resolver gave.
#[derive(Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) unresolved: Mark,
    pub(crate) top_level: Mark,
}

/// How to turn a file into JavaScript.
pub(crate) struct Transform<'a> {
    pub(crate) text: &'a str,
    pub(crate) language: Language,
    pub(crate) settings: &'a Settings,
    /// What other files say about the names that it imports.
    pub(crate) known: &'a KnownTypes,
    /// Whether it is a CommonJS module.
    pub(crate) is_commonjs: bool,
    pub(crate) marks: Marks,
}

/// Turns `parsed` into JavaScript. Gives the names that it exports and that are nothing but types.
pub(crate) fn transform(
    parsed: &mut Parsed,
    how: &Transform<'_>,
    map: &Lrc<SourceMap>,
) -> Result<BTreeMap<String, Kind>, Vec<Fault>> {
    let faults = Faults::default();
    let handler = Handler::with_emitter(false, false, Box::new(faults.clone()));
    let types = HANDLER.set(&handler, || {
        HELPERS.set(&Helpers::new(false), || apply(parsed, how, map))
    });
    let faults = std::mem::take(
        &mut *faults
            .0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner()),
    );
    if faults.is_empty() {
        Ok(types)
    } else {
        Err(faults)
    }
}

fn apply(parsed: &mut Parsed, how: &Transform<'_>, map: &Lrc<SourceMap>) -> BTreeMap<String, Kind> {
    let Transform {
        language,
        settings,
        known,
        marks,
        ..
    } = *how;
    let Marks {
        unresolved,
        top_level,
    } = marks;
    let Parsed {
        program, comments, ..
    } = parsed;
    let jsx = react::Options {
        next: Some(true),
        runtime: Some(if settings.jsx_classic {
            Runtime::Classic
        } else {
            Runtime::Automatic
        }),
        import_source: settings.jsx_source.as_deref().map(Into::into),
        pragma: settings.jsx_factory.clone().map(Into::into),
        pragma_frag: settings.jsx_fragment.clone().map(Into::into),
        development: Some(settings.jsx_development),
        ..react::Options::default()
    };
    let types = match language.typescript {
        true => typescript::resolve(program, how),
        false => BTreeMap::new(),
    };
    if settings.legacy_decorators {
        let metadata = settings.decorator_metadata;
        typescript::decorate(program, known, metadata, settings.strict_nulls, unresolved);
    } else {
        run(program, decorator_2023_11());
        typescript::name_parents(program, unresolved);
    }
    typescript::lower_accessors(program);
    if language.typescript {
        if settings.assign_fields {
            typescript::assign_fields(program);
        }
        let config = Config {
            verbatim_module_syntax: settings.verbatim_imports,
            native_class_properties: true,
            no_empty_export: true,
            ..Config::default()
        };
        if language.jsx {
            let config_jsx = swc_ecma_transforms_typescript::TsxConfig {
                pragma: settings.jsx_factory.clone().map(Into::into),
                pragma_frag: settings.jsx_fragment.clone().map(Into::into),
            };
            run(
                program,
                swc_ecma_transforms_typescript::tsx(
                    Lrc::clone(map),
                    config,
                    config_jsx,
                    comments.clone(),
                    unresolved,
                    top_level,
                ),
            );
        } else {
            run(program, strip(config, unresolved, top_level));
        }
    }
    if language.jsx {
        run(
            program,
            react::jsx(
                Lrc::clone(map),
                Some(comments.clone()),
                jsx,
                top_level,
                unresolved,
            ),
        );
    }
    if language.typescript && how.is_commonjs {
        typescript::require_imports(program, unresolved);
    }
    run(program, inject_helpers(unresolved));
    typescript::mend_helpers(program);
    types
}

fn run(program: &mut Program, mut pass: impl Pass) {
    pass.process(program);
}

/// Collects what a transformation finds wrong.
#[derive(Clone, Default)]
struct Faults(Arc<Mutex<Vec<Fault>>>);

impl Emitter for Faults {
    fn emit(&mut self, diagnostic: &mut DiagnosticBuilder<'_>) {
        let fault = Fault {
            message: diagnostic.message(),
            span: diagnostic
                .span
                .primary_span()
                .map_or(0..0, |span| range(span, usize::MAX)),
        };
        self.0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .push(fault);
    }
}
