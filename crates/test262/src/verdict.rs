//! What became of a test, and whether that is what it wants.

use crate::frontmatter::{Frontmatter, Phase};
use crate::program::{COMPLETE, END, FAILURE};

/// What became of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was refused before any of it had run.
    Refused(Thrown),
    /// It threw, and nothing caught that.
    Threw {
        /// What it threw.
        thrown: Thrown,
        /// What it had printed.
        printed: String,
    },
    /// It ended.
    Ended {
        /// What it printed.
        printed: String,
    },
    /// What no test may do: a trap, a panic, no end.
    Broken(String),
}

/// An error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thrown {
    /// The name of its constructor.
    pub name: String,
    /// What it says.
    pub message: String,
}

impl Thrown {
    fn show(&self) -> String {
        match (self.name.as_str(), self.message.as_str()) {
            ("", message) => message.to_string(),
            (name, "") => name.to_string(),
            (name, message) => format!("{name}: {message}"),
        }
    }
}

/// Whether a test has passed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It did what it wants.
    Pass,
    /// It did not, for this reason: one line.
    Fail(String),
}

/// The longest reason, in characters.
const LONGEST: usize = 160;

impl Verdict {
    /// Judges what became of a test.
    #[must_use]
    pub fn of(outcome: &Outcome, frontmatter: &Frontmatter, is_raw: bool) -> Verdict {
        match Verdict::fault(outcome, frontmatter, is_raw) {
            None => Verdict::Pass,
            Some(reason) => {
                let words = reason.split_whitespace().collect::<Vec<_>>().join(" ");
                Verdict::Fail(words.chars().take(LONGEST).collect())
            }
        }
    }

    fn fault(outcome: &Outcome, frontmatter: &Frontmatter, is_raw: bool) -> Option<String> {
        if let Outcome::Broken(reason) = outcome {
            return Some(reason.clone());
        }
        if let Some(negative) = &frontmatter.negative {
            let is_early = negative.phase != Phase::Runtime;
            let thrown = match outcome {
                Outcome::Refused(thrown) => thrown,
                Outcome::Threw { thrown, .. } if !is_early => thrown,
                Outcome::Threw { thrown, .. } => {
                    return Some(format!("it ran, and threw {}", thrown.show()));
                }
                _ => return Some(format!("it ended without the {}", negative.error)),
            };
            let is_wanted = thrown.name == negative.error;
            return (!is_wanted)
                .then(|| format!("{} instead of the {}", thrown.show(), negative.error));
        }
        match outcome {
            Outcome::Refused(thrown) => Some(format!("refused: {}", thrown.show())),
            Outcome::Threw { thrown, printed } => {
                // A rejection that nobody handles ends a module with an error when all is done; the suite does not mind.
                (!has_passed(printed, frontmatter)).then(|| thrown.show())
            }
            Outcome::Ended { .. } if is_raw && !frontmatter.has_flag("async") => None,
            Outcome::Ended { printed } if has_passed(printed, frontmatter) => None,
            Outcome::Ended { printed } => Some(failure(printed)),
            Outcome::Broken(_) => None,
        }
    }
}

/// Whether a test printed what it prints when it passes.
fn has_passed(printed: &str, frontmatter: &Frontmatter) -> bool {
    let has = |line: &str| printed.lines().any(|printed| printed == line);
    let has_failed = printed.lines().any(|line| line.starts_with(FAILURE));
    has(END) && !has_failed && (!frontmatter.has_flag("async") || has(COMPLETE))
}

/// Why a test has failed that did not throw.
fn failure(printed: &str) -> String {
    let failure = printed.lines().find_map(|line| line.strip_prefix(FAILURE));
    match failure {
        Some(failure) => failure.trim_start_matches(':').to_string(),
        None if printed.lines().any(|line| line == END) => "it never calls $DONE".to_string(),
        None => "it ended before its end".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Thrown, Verdict};
    use crate::frontmatter::Frontmatter;

    fn judge(front: &str, outcome: &Outcome) -> Verdict {
        let front = Frontmatter::read(&format!("/*---\n{front}\n---*/")).expect("front matter");
        Verdict::of(outcome, &front, false)
    }

    fn thrown(name: &str) -> Thrown {
        Thrown {
            name: name.to_string(),
            message: "m".to_string(),
        }
    }

    fn ended(printed: &str) -> Outcome {
        Outcome::Ended {
            printed: printed.to_string(),
        }
    }

    fn threw(name: &str, printed: &str) -> Outcome {
        Outcome::Threw {
            thrown: thrown(name),
            printed: printed.to_string(),
        }
    }

    fn fails(reason: &str) -> Verdict {
        Verdict::Fail(reason.to_string())
    }

    #[test]
    fn a_test_passes_when_its_end_is_reached() {
        let plain = "description: a";
        assert_eq!(judge(plain, &ended("Test262:End\n")), Verdict::Pass);
        assert_eq!(judge(plain, &ended("")), fails("it ended before its end"));
        assert_eq!(judge(plain, &threw("TypeError", "")), fails("TypeError: m"));
        let rejection = threw("TypeError", "Test262:End\n");
        assert_eq!(judge(plain, &rejection), Verdict::Pass);
    }

    #[test]
    fn an_asynchronous_test_passes_when_it_says_so() {
        let front = "flags: [async]";
        assert_eq!(
            judge(front, &ended("Test262:End\nTest262:AsyncTestComplete\n")),
            Verdict::Pass
        );
        assert_eq!(
            judge(front, &ended("Test262:End\n")),
            fails("it never calls $DONE")
        );
        assert_eq!(
            judge(
                front,
                &ended("Test262:End\nTest262:AsyncTestFailure:E: m\n")
            ),
            fails("E: m")
        );
    }

    #[test]
    fn a_negative_test_passes_when_it_fails_as_it_says() {
        let early = "negative:\n  phase: parse\n  type: SyntaxError";
        let late = "negative:\n  phase: runtime\n  type: SyntaxError";
        let refused = Outcome::Refused(thrown("SyntaxError"));
        assert_eq!(judge(early, &refused), Verdict::Pass);
        assert_eq!(judge(late, &threw("SyntaxError", "")), Verdict::Pass);
        assert_eq!(
            judge(early, &threw("SyntaxError", "")),
            fails("it ran, and threw SyntaxError: m")
        );
        assert_eq!(
            judge(late, &threw("TypeError", "")),
            fails("TypeError: m instead of the SyntaxError")
        );
        assert_eq!(
            judge(late, &ended("Test262:End\n")),
            fails("it ended without the SyntaxError")
        );
        let trap = Outcome::Broken("a trap".to_string());
        assert_eq!(judge(late, &trap), fails("a trap"));
    }
}
