//! Cuts the interpreter down to the opcodes that the program's bytecode has.
//!
//! ```text
//! (br_table $push_i32 $add $yield … (load8_u pc))     (br_table $push_i32 $add $invalid … (load8_u pc))
//! … $add: …                                        →  … $add: …
//! … $yield: … (call $js_generator_resume) …
//! ```
//!
//! The table's entry of an opcode that no bytecode has is sent to where invalid opcodes go; code that nothing branches
//! to any more is deleted.

use std::ops::Range;

use engine::{Definition, Error, Facts, Sections};
use wasm_encoder::Encode as _;
use wasmparser::{BrTable, Operator};

/// The interpreter's loop.
const INTERPRETER: &str = "JS_CallInternal";

/// A table with at least this many entries is the interpreter's dispatch; QuickJS has some 250 opcodes.
const MIN_OPCODES: u32 = 200;

/// `br_table` in the binary format.
const BR_TABLE: u8 = 0x0E;

/// A part of a function body that is written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where it stands, as relocations count places.
    pub places: Range<u32>,
    /// What stands there now.
    pub bytes: Vec<u8>,
}

/// The edits of one function, by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trimmed {
    /// The function's index.
    pub function: u32,
    /// What changes in it.
    pub edits: Vec<Edit>,
}

/// Trims the interpreter to `opcodes`, given by number.
///
/// # Errors
/// [`Error::Unsupported`] where the engine has no interpreter of the form that this pass knows.
pub fn trim(
    sections: &Sections<'_>,
    facts: &Facts<'_>,
    opcodes: &[bool; 256],
) -> Result<Trimmed, Error> {
    let function = facts
        .symbols
        .iter()
        .find_map(|symbol| match symbol.definition {
            Definition::Function(index) if symbol.name == INTERPRETER => Some(index),
            _ => None,
        })
        .ok_or(Error::Unsupported("no interpreter"))?;
    let body = sections
        .body(function)
        .ok_or(Error::Unsupported("no interpreter"))?;
    let operators: Vec<(Operator<'_>, usize)> = body
        .get_operators_reader()?
        .into_iter_with_offsets()
        .collect::<Result<_, _>>()?;
    let end = sections.places(body).end;
    let place = |index: usize| {
        operators
            .get(index)
            .map_or(end, |(_, offset)| (offset - sections.code_start) as u32)
    };

    let mut edits = Vec::new();
    let mut dispatched = false;
    let mut flow = Flow::default();
    for (index, (operator, _)) in operators.iter().enumerate() {
        let places = place(index)..place(index + 1);
        let first = match operator {
            Operator::BrTable { targets } if targets.len() >= MIN_OPCODES => {
                Some(first_opcode(&operators[..index])?)
            }
            _ => None,
        };
        match (operator, first) {
            (Operator::BrTable { targets }, Some(first)) if flow.is_reachable() => {
                dispatched = true;
                let targets = live_targets(targets, first, opcodes)?;
                flow.branch_table(&targets);
                edits.push(Edit {
                    places,
                    bytes: encode_table(&targets),
                });
            }
            _ => {
                if !flow.step(operator)? {
                    remove(&mut edits, places);
                }
            }
        }
    }
    if !dispatched {
        return Err(Error::Unsupported(
            "an interpreter without a dispatch table",
        ));
    }
    Ok(Trimmed { function, edits })
}

/// The opcode of the table's first entry: what is subtracted from the opcode in front of the table.
fn first_opcode(before: &[(Operator<'_>, usize)]) -> Result<i32, Error> {
    match before {
        [
            ..,
            (Operator::I32Load8U { .. } | Operator::LocalTee { .. }, _),
            (Operator::I32Const { value }, _),
            (Operator::I32Add, _),
        ] if value.unsigned_abs() < 256 => Ok(-value),
        [
            ..,
            (Operator::I32Load8U { .. } | Operator::LocalTee { .. } | Operator::LocalGet { .. }, _),
        ] => Ok(0),
        _ => Err(Error::Unsupported("a dispatch of an unknown form")),
    }
}

/// The targets with those of dead opcodes replaced by the default, which is last.
fn live_targets(table: &BrTable<'_>, first: i32, opcodes: &[bool; 256]) -> Result<Vec<u32>, Error> {
    let default = table.default();
    let mut targets = Vec::new();
    for (opcode, target) in (first..).zip(table.targets()) {
        let target = target?;
        let is_live =
            usize::try_from(opcode).is_ok_and(|opcode| opcodes.get(opcode) == Some(&true));
        targets.push(if is_live { target } else { default });
    }
    targets.push(default);
    Ok(targets)
}

fn encode_table(targets: &[u32]) -> Vec<u8> {
    let mut bytes = vec![BR_TABLE];
    ((targets.len() - 1) as u32).encode(&mut bytes);
    for target in targets {
        target.encode(&mut bytes);
    }
    bytes
}

fn remove(edits: &mut Vec<Edit>, places: Range<u32>) {
    match edits.last_mut() {
        Some(last) if last.bytes.is_empty() && last.places.end == places.start => {
            last.places.end = places.end;
        }
        _ => edits.push(Edit {
            places,
            bytes: Vec::new(),
        }),
    }
}

impl Trimmed {
    /// Whether the place lies in code that is written anew.
    #[must_use]
    pub fn covers(&self, place: u32) -> bool {
        let index = self.edits.partition_point(|edit| edit.places.end <= place);
        self.edits
            .get(index)
            .is_some_and(|edit| edit.places.contains(&place))
    }
}

/// Which code can be reached, on the way through a body.
#[derive(Default)]
struct Flow {
    frames: Vec<Frame>,
    /// How many blocks have been entered since code became unreachable; `None` where it is reachable.
    dead_depth: Option<usize>,
}

struct Frame {
    is_loop: bool,
    /// An `if` whose `else` has not come: its end is reached where the condition does not hold.
    skips: bool,
    /// Something branches to its end.
    is_target: bool,
}

impl Flow {
    fn is_reachable(&self) -> bool {
        self.dead_depth.is_none()
    }

    /// Goes over an operator. False if it is to be deleted.
    fn step(&mut self, operator: &Operator<'_>) -> Result<bool, Error> {
        if let Some(depth) = &mut self.dead_depth {
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => *depth += 1,
                Operator::End if *depth > 0 => *depth -= 1,
                Operator::End => return Ok(self.end()),
                // The condition was reached, and so the other branch is.
                Operator::Else if *depth == 0 => {
                    self.otherwise();
                    return Ok(true);
                }
                _ => {}
            }
            return Ok(false);
        }
        match operator {
            Operator::Block { .. } => self.enter(false, false),
            Operator::Loop { .. } => self.enter(true, false),
            Operator::If { .. } => self.enter(false, true),
            Operator::Else => self.otherwise(),
            Operator::End => return Ok(self.end()),
            Operator::Br { relative_depth } => {
                self.mark(*relative_depth);
                self.dead_depth = Some(0);
            }
            Operator::BrIf { relative_depth } => self.mark(*relative_depth),
            Operator::BrTable { targets } => {
                let mut all: Vec<u32> = targets.targets().collect::<Result<_, _>>()?;
                all.push(targets.default());
                self.branch_table(&all);
            }
            Operator::Return | Operator::Unreachable => self.dead_depth = Some(0),
            _ => {}
        }
        Ok(true)
    }

    fn branch_table(&mut self, targets: &[u32]) {
        for target in targets {
            self.mark(*target);
        }
        self.dead_depth = Some(0);
    }

    fn enter(&mut self, is_loop: bool, skips: bool) {
        self.frames.push(Frame {
            is_loop,
            skips,
            is_target: false,
        });
    }

    fn otherwise(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            // Where the first branch falls through, the end is reached from there.
            frame.is_target |= self.dead_depth.is_none();
            frame.skips = false;
        }
        self.dead_depth = None;
    }

    /// A branch to the end of a block; one to a loop goes to its start.
    fn mark(&mut self, depth: u32) {
        let frame = self
            .frames
            .len()
            .checked_sub(1 + depth as usize)
            .and_then(|index| self.frames.get_mut(index));
        if let Some(frame) = frame {
            frame.is_target = true;
        }
    }

    fn end(&mut self) -> bool {
        let falls_through = self.dead_depth.is_none();
        let reached = self
            .frames
            .pop()
            .is_some_and(|frame| frame.skips || (frame.is_target && !frame.is_loop));
        self.dead_depth = if falls_through || reached {
            None
        } else {
            Some(0)
        };
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The operators that stay, by their names in the text format.
    fn kept(text: &str) -> String {
        let wasm = wat::parse_str(format!("(module (func (param i32) {text}))")).expect("a module");
        let mut kept = Vec::new();
        for payload in wasmparser::Parser::new(0).parse_all(&wasm) {
            if let wasmparser::Payload::CodeSectionEntry(body) = payload.expect("a section") {
                let mut flow = Flow::default();
                for operator in body.get_operators_reader().expect("a body") {
                    let operator = operator.expect("an operator");
                    if flow.step(&operator).expect("a known operator") {
                        let name = format!("{operator:?}");
                        kept.push(name.split(' ').next().unwrap_or_default().to_lowercase());
                    }
                }
            }
        }
        kept.join(" ")
    }

    #[test]
    fn code_behind_a_branch_goes() {
        assert_eq!(kept("block br 0 nop end nop"), "block br end nop end");
        assert_eq!(
            kept("block block br 1 nop end nop end"),
            "block block br end end end"
        );
        assert_eq!(kept("return nop block nop end nop"), "return end");
        assert_eq!(
            kept("unreachable loop nop if nop else nop end end"),
            "unreachable end"
        );
    }

    #[test]
    fn code_that_is_branched_to_stays() {
        assert_eq!(
            kept("block local.get 0 br_if 0 return end nop"),
            "block localget brif return end nop end"
        );
        assert_eq!(
            kept("block block block local.get 0 br_table 0 2 end nop end nop end"),
            "block block block localget brtable end nop end nop end end"
        );
    }

    #[test]
    fn both_branches_of_a_condition_are_reached() {
        assert_eq!(
            kept("local.get 0 if return nop else nop end nop"),
            "localget if return else nop end nop end"
        );
        assert_eq!(
            kept("local.get 0 if return else return end nop"),
            "localget if return else return end end"
        );
        assert_eq!(
            kept("local.get 0 if return end nop"),
            "localget if return end nop end"
        );
    }

    #[test]
    fn a_loop_ends_where_it_falls_through() {
        assert_eq!(kept("loop br 0 end nop"), "loop br end end");
        assert_eq!(
            kept("loop local.get 0 br_if 0 end nop"),
            "loop localget brif end nop end"
        );
    }
}
