//! Constants that replace expressions before anything else reads the program.
//!
//! ```text
//! if (process.env.NODE_ENV !== "production") check();   →   (nothing)
//! ```

use std::collections::BTreeMap;

use serde_json::Value;
use swc_common::{DUMMY_SP, Mark, SyntaxContext};
use swc_ecma_ast::{
    ArrayLit, Bool, Expr, ExprOrSpread, Ident, IdentName, KeyValueProp, Lit, MemberExpr,
    MemberProp, MetaPropExpr, MetaPropKind, Null, Number, ObjectLit, Prop, PropName, PropOrSpread,
    SpreadElement, Str, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::VisitMutWith;

use crate::fold::Fold;

/// What stands for what: dotted names and the constants that replace them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Defines(BTreeMap<String, Constant>);

#[derive(Clone, Debug, PartialEq)]
enum Constant {
    Json(Value),
    /// A name of the program, dotted or not.
    Name(String),
}

impl Defines {
    /// From names and texts: JSON or a name. `process.env.NODE_ENV` is `"production"` unless they say something else.
    pub(crate) fn new(pairs: &[(String, String)]) -> Result<Defines, String> {
        let production = Constant::Json(Value::String("production".to_string()));
        let mut defines = BTreeMap::from([("process.env.NODE_ENV".to_string(), production)]);
        for (name, text) in pairs {
            if !is_dotted_name(name) {
                return Err(format!(
                    "`{name}` is no name that can be defined: it is not a dotted name like `a.b`"
                ));
            }
            let constant = match serde_json::from_str(text) {
                Ok(value) => Constant::Json(value),
                Err(_) if is_dotted_name(text) => Constant::Name(text.clone()),
                Err(_) => {
                    return Err(format!(
                        "`{text}`, the value of `{name}`, is neither JSON nor a name; strings need quotes: '{name}=\"{text}\"'"
                    ));
                }
            };
            defines.insert(name.clone(), constant);
        }
        Ok(Defines(defines))
    }

    /// Whether `text` may have any of them: cheaper than to look through the syntax tree.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        self.0
            .keys()
            .any(|name| text.contains(name.split('.').next().unwrap_or(name)))
    }

    /// Replaces them in `program`; true if there were any. Names that the program declares are its own.
    pub(crate) fn fold<N>(&self, program: &mut N, unresolved: Mark) -> bool
    where
        N: for<'a> VisitMutWith<Fold<'a>>,
    {
        // A variable of the environment has three parts.
        let parts = self.0.keys().map(|name| name.split('.').count()).max();
        let mut fold = Fold::new(self, unresolved, parts.unwrap_or(0).max(3));
        program.visit_mut_with(&mut fold);
        fold.has_replaced()
    }

    /// The constant for a dotted name. Of the environment there is only what is defined.
    pub(crate) fn get(&self, name: &str) -> Option<Expr> {
        if let Some(constant) = self.0.get(name) {
            return Some(constant.expression());
        }
        if name == ENVIRONMENT {
            return Some(self.under(name));
        }
        let variable = name.strip_prefix(ENVIRONMENT)?.strip_prefix('.')?;
        let is_variable = !variable.contains('.') && !OF_ALL_OBJECTS.contains(&variable);
        is_variable.then(undefined)
    }

    /// An object in place of the one with this name from which properties are taken, if some of them are constants.
    pub(crate) fn object(&self, name: &str) -> Option<Expr> {
        let prefix = format!("{name}.");
        let has_constants = self.0.keys().any(|key| key.starts_with(&prefix));
        has_constants.then(|| self.under(name))
    }

    /// The object of all constants whose names begin with this one.
    fn under(&self, name: &str) -> Expr {
        let prefix = format!("{name}.");
        let keys = self.0.keys().filter_map(|key| key.strip_prefix(&prefix));
        let mut keys: Vec<&str> = keys.filter_map(|rest| rest.split('.').next()).collect();
        keys.dedup();
        let mut properties: Vec<PropOrSpread> = keys
            .into_iter()
            .map(|key| {
                let name = format!("{prefix}{key}");
                let value = self.0.get(&name).map(Constant::expression);
                property(key, value.unwrap_or_else(|| self.under(&name)))
            })
            .collect();
        // Of `process` there is nothing else.
        if name.split('.').next() != Some("process") {
            let rest = PropOrSpread::Spread(SpreadElement {
                dot3_token: DUMMY_SP,
                expr: Box::new(dotted(name)),
            });
            properties.insert(0, rest);
        }
        object(properties)
    }

    /// The environment as the text of an object.
    pub(crate) fn environment(&self) -> String {
        let variables = self.0.iter().filter_map(|(name, constant)| {
            let name = name.strip_prefix(ENVIRONMENT)?.strip_prefix('.')?;
            let value = match constant {
                Constant::Json(value) => value.to_string(),
                Constant::Name(name) => name.clone(),
            };
            Some(format!("{}: {value}", Value::from(name)))
        });
        format!("{{ {} }}", variables.collect::<Vec<_>>().join(", "))
    }
}

impl Constant {
    fn expression(&self) -> Expr {
        match self {
            Constant::Json(value) => literal(value),
            Constant::Name(name) => dotted(name),
        }
    }
}

/// The name of the environment.
const ENVIRONMENT: &str = "process.env";

/// What every object has, the environment too.
const OF_ALL_OBJECTS: [&str; 8] = [
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

fn undefined() -> Expr {
    Expr::Unary(UnaryExpr {
        span: DUMMY_SP,
        op: UnaryOp::Void,
        arg: Box::new(number(0.0)),
    })
}

fn is_dotted_name(text: &str) -> bool {
    text.split('.').all(|part| {
        let mut characters = part.chars();
        let is_start = |c: char| c.is_alphabetic() || c == '_' || c == '$';
        characters.next().is_some_and(is_start) && characters.all(|c| is_start(c) || c.is_numeric())
    })
}

fn number(value: f64) -> Expr {
    Expr::Lit(Lit::Num(Number {
        span: DUMMY_SP,
        value,
        raw: None,
    }))
}

pub(crate) fn boolean(value: bool) -> Expr {
    Expr::Lit(Lit::Bool(Bool {
        span: DUMMY_SP,
        value,
    }))
}

fn object(props: Vec<PropOrSpread>) -> Expr {
    Expr::Object(ObjectLit {
        span: DUMMY_SP,
        props,
    })
}

fn property(key: &str, value: Expr) -> PropOrSpread {
    PropOrSpread::Prop(Box::new(Prop::KeyValue(KeyValueProp {
        key: PropName::Str(Str::from(key)),
        value: Box::new(value),
    })))
}

fn literal(value: &Value) -> Expr {
    match value {
        Value::Null => Expr::Lit(Lit::Null(Null { span: DUMMY_SP })),
        Value::Bool(value) => boolean(*value),
        Value::Number(value) => number(value.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Expr::Lit(Lit::Str(Str::from(text.as_str()))),
        Value::Array(values) => Expr::Array(ArrayLit {
            span: DUMMY_SP,
            elems: values
                .iter()
                .map(|value| Some(ExprOrSpread::from(Box::new(literal(value)))))
                .collect(),
        }),
        Value::Object(entries) => object(
            entries
                .iter()
                .map(|(key, value)| property(key, literal(value)))
                .collect(),
        ),
    }
}

fn dotted(name: &str) -> Expr {
    let meta = name.strip_prefix("import.meta");
    let (start, rest) = match meta.filter(|rest| rest.is_empty() || rest.starts_with('.')) {
        Some(rest) => (
            Expr::MetaProp(MetaPropExpr {
                span: DUMMY_SP,
                kind: MetaPropKind::ImportMeta,
            }),
            rest,
        ),
        None => {
            let first = name.split('.').next().unwrap_or(name);
            let identifier = Ident::new(first.into(), DUMMY_SP, SyntaxContext::empty());
            (Expr::Ident(identifier), &name[first.len()..])
        }
    };
    rest.split('.').skip(1).fold(start, |object, part| {
        Expr::Member(MemberExpr {
            span: DUMMY_SP,
            obj: Box::new(object),
            prop: MemberProp::Ident(IdentName::new(part.into(), DUMMY_SP)),
        })
    })
}
