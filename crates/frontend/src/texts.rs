//! Which texts an expression can have, as far as constants tell: what `import()` may be given.
//!
//! ```text
//! const name = "a"; import(wide ? `./${name}.js` : "./b.js")   →   ./a.js, ./b.js
//! ```

use std::collections::HashMap;

use swc_ecma_ast::{BinaryOp, Expr, Id, Lit, Pat, Program, VarDecl, VarDeclKind};
use swc_ecma_visit::{Visit, VisitWith};

/// More texts than this are not followed.
const MOST_TEXTS: usize = 64;

/// What an expression can be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) known: Vec<String>,
    /// Whether it can be nothing else.
    pub(crate) is_all: bool,
}

impl Texts {
    fn of(text: impl Into<String>) -> Texts {
        Texts {
            known: vec![text.into()],
            is_all: true,
        }
    }

    /// Either of the two.
    fn or(mut self, other: Texts) -> Texts {
        self.known.extend(other.known);
        self.known.dedup();
        self.is_all &= other.is_all && self.known.len() <= MOST_TEXTS;
        self.known.truncate(MOST_TEXTS);
        self
    }

    /// One after the other: known only where both are.
    fn then(self, other: &Texts) -> Texts {
        if !self.is_all || !other.is_all || self.known.len() * other.known.len() > MOST_TEXTS {
            return Texts::default();
        }
        let joined = |text: &String| {
            let ends = other.known.iter();
            ends.map(|end| format!("{text}{end}")).collect::<Vec<_>>()
        };
        Texts {
            known: self.known.iter().flat_map(joined).collect(),
            is_all: true,
        }
    }
}

/// The constants of a program that are texts.
#[derive(Default)]
pub(crate) struct Constants(HashMap<Id, Texts>);

impl Constants {
    /// Those of `program`, whose names have marks.
    pub(crate) fn of(program: &Program) -> Constants {
        let mut constants = Constants::default();
        program.visit_with(&mut constants);
        constants
    }

    /// What an expression can be.
    pub(crate) fn texts(&self, expression: &Expr) -> Texts {
        match expression {
            Expr::Lit(Lit::Str(text)) => Texts::of(text.value.to_string_lossy()),
            Expr::Lit(Lit::Num(number))
                if number.value.fract() == 0.0 && number.value.abs() < 1e9 =>
            {
                Texts::of(format!("{}", number.value))
            }
            Expr::Paren(inner) => self.texts(&inner.expr),
            Expr::Ident(name) => self.0.get(&name.to_id()).cloned().unwrap_or_default(),
            Expr::Cond(condition) => self.texts(&condition.cons).or(self.texts(&condition.alt)),
            Expr::Bin(binary) => {
                let (left, right) = (self.texts(&binary.left), self.texts(&binary.right));
                match binary.op {
                    BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => left.or(right),
                    BinaryOp::Add if is_text(&binary.left) || is_text(&binary.right) => {
                        left.then(&right)
                    }
                    _ => Texts::default(),
                }
            }
            Expr::Tpl(template) => {
                let mut texts = Texts::of("");
                for (index, part) in template.quasis.iter().enumerate() {
                    let Some(cooked) = &part.cooked else {
                        return Texts::default();
                    };
                    texts = texts.then(&Texts::of(cooked.to_string_lossy()));
                    if let Some(inserted) = template.exprs.get(index) {
                        texts = texts.then(&self.texts(inserted));
                    }
                }
                texts
            }
            _ => Texts::default(),
        }
    }
}

/// Whether an expression is no number, so that `+` joins.
fn is_text(expression: &Expr) -> bool {
    match expression {
        Expr::Lit(Lit::Num(_)) => false,
        Expr::Bin(binary) => is_text(&binary.left) || is_text(&binary.right),
        // Constants that are numbers are none worth to import.
        _ => true,
    }
}

impl Visit for Constants {
    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        declaration.visit_children_with(self);
        if declaration.kind != VarDeclKind::Const {
            return;
        }
        for variable in &declaration.decls {
            if let (Pat::Ident(name), Some(value)) = (&variable.name, &variable.init) {
                let texts = match &**value {
                    Expr::Lit(Lit::Num(_)) => Texts::default(),
                    value => self.texts(value),
                };
                if !texts.known.is_empty() {
                    self.0.insert(name.id.to_id(), texts);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Constants;
    use crate::parse::{Goal, Language, parse};
    use swc_ecma_ast::{ModuleItem, Program, Stmt};

    /// What the last statement of a text can be.
    fn texts(text: &str) -> (Vec<String>, bool) {
        let parsed = parse(text, Language::default(), Goal::Module).expect("it parses");
        let Program::Module(module) = &parsed.program else {
            panic!("no module")
        };
        let Some(ModuleItem::Stmt(Stmt::Expr(last))) = module.body.last() else {
            panic!("no expression")
        };
        let texts = Constants::of(&parsed.program).texts(&last.expr);
        (texts.known, texts.is_all)
    }

    #[test]
    fn constants_are_known() {
        for (text, expected) in [
            ("'./a.js'", "./a.js"),
            ("`./a.js`", "./a.js"),
            ("const n = './a.js'; n", "./a.js"),
            ("const n = 'a', m = `./${n}`; `${m}.js`", "./a.js"),
            ("'./' + 'a' + '.js'", "./a.js"),
            ("const n = `./v${1 + ''}`; (n)", "./v1"),
            ("'./v' + 2 + '.js'", "./v2.js"),
        ] {
            assert_eq!(texts(text), (vec![expected.to_string()], true), "{text}");
        }
    }

    #[test]
    fn alternatives_are_known() {
        let both = vec!["./a.js".to_string(), "./b.js".to_string()];
        for text in [
            "x ? './a.js' : './b.js'",
            "const n = x ? 'a' : 'b'; `./${n}.js`",
            "'./' + (x ? 'a' : 'b') + '.js'",
        ] {
            assert_eq!(texts(text), (both.clone(), true), "{text}");
        }
        assert_eq!(texts("x ? './a.js' : y"), (vec!["./a.js".into()], false));
    }

    #[test]
    fn the_rest_is_not() {
        for text in [
            "x",
            "let n = './a.js'; n",
            "'./' + x",
            "`./${x}.js`",
            "1 + 2",
        ] {
            assert_eq!(texts(text), (Vec::new(), false), "{text}");
        }
    }
}
