//! Gates (`engine::Gate`) by function: which open when a function can run, and which guard it.

use engine::{Definition, Error, Facts, Gate};

use crate::graph::Node;

/// The state of every gate while edges are followed.
#[derive(Debug)]
pub(crate) struct Gates {
    pub(crate) is_open: Vec<bool>,
    /// What was found behind a gate while it was closed.
    waiting: Vec<Vec<Node>>,
    /// By function: the gates that it opens.
    pub(crate) opened_by: Vec<Vec<usize>>,
    /// By function: the gate that guards it.
    guard: Vec<Option<usize>>,
}

impl Gates {
    /// # Errors
    /// Where a gate names a function that the engine does not have.
    pub(crate) fn new(gates: &[Gate], facts: &Facts<'_>, functions: usize) -> Result<Gates, Error> {
        let mut opened_by = vec![Vec::new(); functions];
        let mut guard = vec![None; functions];
        for (
            gate,
            Gate {
                openers, guarded, ..
            },
        ) in gates.iter().enumerate()
        {
            for function in functions_named(openers, facts)? {
                opened_by[function].push(gate);
            }
            for function in functions_named(guarded, facts)? {
                guard[function] = Some(gate);
            }
        }
        // What opens a gate is not behind it.
        for (function, opened) in opened_by.iter().enumerate() {
            if guard[function].is_some_and(|gate| opened.contains(&gate)) {
                guard[function] = None;
            }
        }
        Ok(Gates {
            is_open: gates.iter().map(|gate| gate.is_open).collect(),
            waiting: vec![Vec::new(); gates.len()],
            opened_by,
            guard,
        })
    }

    /// Passes `node` on to `waiting`, now or when `gate` opens.
    pub(crate) fn pass(&mut self, node: Node, gate: usize, waiting: &mut Vec<Node>) {
        match self.is_open.get(gate) {
            Some(false) => self.waiting[gate].push(node),
            _ => waiting.push(node),
        }
    }

    /// Whether `function` is guarded by a closed gate, and by which.
    pub(crate) fn guard(&self, function: u32) -> Option<usize> {
        self.guard_of(function as usize)
            .filter(|gate| !self.is_open[*gate])
    }

    /// The gate that guards `function`, open or not.
    pub(crate) fn guard_of(&self, function: usize) -> Option<usize> {
        self.guard[function]
    }

    /// Lets `function` run whatever its gate: a program that has a builtin function can call it with any values.
    pub(crate) fn lift_guard(&mut self, function: u32) {
        self.guard[function as usize] = None;
    }

    /// Opens what `function` opens, now that it can run.
    pub(crate) fn open(&mut self, function: u32, waiting: &mut Vec<Node>) {
        for gate in std::mem::take(&mut self.opened_by[function as usize]) {
            self.is_open[gate] = true;
            waiting.append(&mut self.waiting[gate]);
        }
    }

    /// The functions that code which can run names, and whose gates have stayed closed.
    pub(crate) fn guarded(&self) -> impl Iterator<Item = u32> + '_ {
        self.waiting.iter().flatten().filter_map(|node| match node {
            Node::Function(index) if self.guard(*index).is_some() => Some(*index),
            _ => None,
        })
    }
}

/// The indices of the functions that `names` name.
fn functions_named(names: &[String], facts: &Facts<'_>) -> Result<Vec<usize>, Error> {
    let mut found = Vec::new();
    for name in names {
        let start = name.strip_suffix('*');
        let before = found.len();
        found.extend(
            facts
                .symbols
                .iter()
                .filter_map(|symbol| match symbol.definition {
                    Definition::Function(index)
                        if start.map_or(symbol.name == name, |start| {
                            symbol.name.starts_with(start)
                        }) =>
                    {
                        Some(index as usize)
                    }
                    _ => None,
                }),
        );
        if found.len() == before {
            return Err(Error::NoFunction(name.clone()));
        }
    }
    Ok(found)
}
