//! Refuses texts that are nested too deep, before anybody walks them by recursion: parsers do, transformations do, and so
//! does the freeing of a syntax tree.
//!
//! ```text
//! f([a ? b : !c])   →   5: two brackets, a condition, a negation, a call
//! ```
//!
//! The depth is that of the brackets that are open, and within each of them of what a parser may nest without brackets:
//! operators, calls, members, `else if`, `class extends class`, types. It may be counted too high, up to twice, but not
//! too low, for which it need not be known what a text means. What begins anew at a comma or a statement starts at zero.

use crate::nesting::Nesting;
use crate::parse::{Fault, Language};

/// The deepest nesting. Transformations take the square of it in time, some in memory. The engine's own parser, which
/// gets the text later, nests some hundred levels.
const MOST_LEVELS: usize = 5_000;

/// The deepest nesting of operators, calls and members on their left sides, which parsers do in a loop: of a sum of so
/// many terms. What walks the tree has frames of up to 20 kB in a build without optimisation, and 1 GiB of stack
/// (`budget::STACK`).
const MOST_OPERATORS: usize = 20_000;

/// The deepest nesting of types in front of expressions: `<T>(<T>(…))`. Each is parsed twice, as an arrow function's, and
/// then as a cast.
const MOST_CASTS: usize = 12;

/// The deepest nesting of the arguments of types. Where each may also be a comparison, parsers try both.
const MOST_ANGLES: usize = 500;

/// Says where `text` becomes too deep.
pub(crate) fn check(text: &str, language: Language) -> Result<(), Fault> {
    // Nothing nests without a byte; casts take four.
    let enough = match language.typescript && text.contains('<') {
        true => MOST_CASTS * 4,
        false => MOST_LEVELS,
    };
    if text.len() <= enough {
        return Ok(());
    }
    let Some((at, what)) = Nesting::of(text, language).too_deep() else {
        return Ok(());
    };
    let end = text[at..]
        .chars()
        .next()
        .map_or(at, |first| at + first.len_utf8());
    Err(Fault {
        message: format!("this is nested too deep: {what}"),
        span: at..end,
    })
}

/// How deep something may be nested.
#[derive(Clone, Copy, Default)]
pub(crate) struct Depth {
    /// Within brackets.
    pub(crate) brackets: usize,
    /// By statements that have a statement at their end.
    pub(crate) statements: usize,
    /// By expressions that have one at their end, and by types.
    pub(crate) expressions: usize,
    /// By expressions that have one at their beginning.
    pub(crate) operators: usize,
    /// By `<` that may open the arguments of a type.
    pub(crate) angles: usize,
    /// By `<` in front of what it belongs to.
    pub(crate) casts: usize,
}

impl Depth {
    pub(crate) fn plus(self, other: Depth) -> Depth {
        Depth {
            brackets: self.brackets + other.brackets,
            statements: self.statements + other.statements,
            expressions: self.expressions + other.expressions,
            operators: self.operators + other.operators,
            angles: self.angles + other.angles,
            casts: self.casts + other.casts,
        }
    }

    pub(crate) fn minus(self, other: Depth) -> Depth {
        Depth {
            brackets: self.brackets.saturating_sub(other.brackets),
            statements: self.statements.saturating_sub(other.statements),
            expressions: self.expressions.saturating_sub(other.expressions),
            operators: self.operators.saturating_sub(other.operators),
            angles: self.angles.saturating_sub(other.angles),
            casts: self.casts.saturating_sub(other.casts),
        }
    }

    /// Which limit it is beyond.
    pub(crate) fn excess(self, language: Language) -> Option<String> {
        let levels = self.brackets + self.statements + self.expressions;
        let angles = if language.typescript { self.angles } else { 0 };
        if levels > MOST_LEVELS {
            Some(format!("more than {MOST_LEVELS} levels"))
        } else if levels + self.operators > MOST_OPERATORS {
            Some(format!(
                "more than {MOST_OPERATORS} operators of one expression"
            ))
        } else if angles > MOST_ANGLES {
            Some(format!("more than {MOST_ANGLES} levels of `<`"))
        } else if language.typescript && !language.jsx && self.casts > MOST_CASTS {
            Some(format!(
                "more than {MOST_CASTS} levels of `<T>` in front of expressions; write `as T`"
            ))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_ANGLES, MOST_CASTS, MOST_LEVELS, MOST_OPERATORS, check};
    use crate::parse::Language;

    const ALL: Language = Language {
        typescript: true,
        jsx: true,
    };

    const TYPESCRIPT: Language = Language {
        typescript: true,
        jsx: false,
    };

    /// The parts in a list, one a line; `⏎` is a line break.
    fn parts(list: &str) -> impl Iterator<Item = String> {
        let lines = list
            .lines()
            .map(|line| line.trim_start().replace('⏎', "\n"));
        lines.filter(|line| !line.is_empty())
    }

    fn is_too_deep(part: &str, count: usize, language: Language) -> bool {
        check(&format!("x = {}\n", part.repeat(count)), language).is_err()
    }

    /// Parts of which something nests more than `most` times are refused, others are not.
    fn check_limit(list: &str, most: usize, language: Language) {
        for part in parts(list) {
            assert!(is_too_deep(&part, most + 10, language), "{part}");
            assert!(!is_too_deep(&part, most / 5, language), "{part}");
        }
    }

    #[test]
    fn whatever_nests_is_counted() {
        const LEVELS: &str = r"
            (
            [
            {
            `${
            <a>
            <a>x; y⏎z⏎
            !
            +-
            ~ ~
            typeof⏎
            await await⏎
            a=>
            a=
            a?b:
            a**
            if(a)⏎
            if(a){} else if(b)
            if (a) b, c; else⏎
            for(;;)⏎
            for await(a of b)⏎
            while(a)
            do a:
            class extends⏎
            keyof keyof
            new new
            a extends b ? c :
            () =>
            async x =>
            function(){ return
            yield yield
        ";
        check_limit(LEVELS, MOST_LEVELS, ALL);
    }

    #[test]
    fn operators_are_counted() {
        const OPERATORS: &str = r"
            a+
            a⏎.b
            ()
            [0]
            ``
            as T⏎
            a.b.
            |a
            a == b ||
            a ||
            a!
            a⏎&& b
        ";
        check_limit(OPERATORS, MOST_OPERATORS, ALL);
    }

    #[test]
    fn what_may_be_types_is_counted() {
        check_limit("a<\na<b,\na<b,⏎", MOST_ANGLES, TYPESCRIPT);
        assert!(!is_too_deep("a<", MOST_ANGLES * 2, Language::default()));
        check_limit("<T>(\n<T>\n<T>[\n<T>f(\n<T>{ a:\n", MOST_CASTS, TYPESCRIPT);
    }

    #[test]
    fn what_stands_side_by_side_is_not_nested() {
        const BESIDE: &str = r#"
            f(a + b, c);
            f(a + b)⏎
            a = b ? c : d⏎
            if (a) { b } else { c }⏎
            if (a) b⏎
            { a: b },
            case 1:⏎
            case 1: case 2:
            const a = b < c⏎
            // ((((⏎
            /* [[ */
            /[(]/.test(a);
            '((';
            `((${a}`;
            a / b;
            <a><b/>text<c></c></a>;
            function f() {}⏎
            function f() {} ;
            class A extends B {}⏎
            a⏎.b()⏎.c()⏎;
            export const a = <T>(b: T): b is c => d;⏎
            export const a = <T>(b: T): b is c => { d }⏎
            label: for (;;) {}⏎
            "\"((";
            a => b,
            import a from 'b'⏎
            do { a } while (b)⏎c⏎
            type A<B> = C<D<B>>⏎
            x = {} ;
        "#;
        for part in parts(BESIDE) {
            let language = Language {
                typescript: true,
                jsx: part.contains("</"),
            };
            assert!(!is_too_deep(&part, MOST_OPERATORS + 10, language), "{part}");
        }
    }
}
