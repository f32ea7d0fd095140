//! What could go, and how many bytes with it.

use std::collections::{BTreeMap, BTreeSet};

use optimize::{Item, ItemId};

use crate::reasons::{Reasons, first, last};
use crate::{Builtin, ModuleSize, Reason, Saving, syntax};

/// Less is no help.
const MIN_BYTES: usize = 100;

/// What would go with some items.
struct Candidate {
    what: String,
    gone: BTreeSet<ItemId>,
    why: Option<Reason>,
}

/// The builtins that are kept because of their names, each with what would go with it.
pub(crate) fn builtins(reasons: &Reasons<'_, '_>, size: &impl Fn(ItemId) -> usize) -> Vec<Builtin> {
    let mut builtins: Vec<Builtin> = by_builtin(reasons)
        .into_iter()
        .map(|(name, items)| Builtin {
            bytes: bytes(&reasons.explanation.without(&items), size),
            why: reasons.of(items[0]),
            name,
        })
        .collect();
    builtins.sort_by(|a, b| (b.bytes, &a.name).cmp(&(a.bytes, &b.name)));
    builtins
}

fn bytes<'i>(
    items: impl IntoIterator<Item = &'i ItemId>,
    size: &impl Fn(ItemId) -> usize,
) -> usize {
    items.into_iter().map(|id| size(*id)).sum()
}

/// The items of each builtin that is not there whatever the program does.
fn by_builtin(reasons: &Reasons<'_, '_>) -> BTreeMap<String, Vec<ItemId>> {
    let mut builtins: BTreeMap<String, Vec<ItemId>> = BTreeMap::new();
    for (id, _) in reasons.explanation.kept() {
        if let Some(builtin) = reasons.builtin(id)
            && !reasons.is_always(id)
        {
            builtins.entry(builtin).or_default().push(id);
        }
    }
    builtins
}

/// What could go: builtins, all of an object together, opcodes, and the program's own files. The largest first, without
/// what goes with a larger one.
pub(crate) fn savings(
    reasons: &Reasons<'_, '_>,
    modules: &[ModuleSize],
    size: &impl Fn(ItemId) -> usize,
) -> Vec<Saving> {
    let mut candidates = Vec::new();
    // A name keeps every builtin that is called so.
    let mut names: BTreeMap<String, (Vec<String>, Vec<ItemId>)> = BTreeMap::new();
    let mut objects: BTreeMap<String, Vec<ItemId>> = BTreeMap::new();
    for (builtin, items) in by_builtin(reasons) {
        let is_named = reasons.is_named(&builtin);
        if is_named || reasons.maker(first(&builtin)).is_some() {
            let object = objects.entry(first(&builtin).to_string());
            object.or_default().extend(&items);
        }
        if is_named {
            let (builtins, of_name) = names.entry(last(&builtin).to_string()).or_default();
            builtins.push(builtin);
            of_name.extend(items);
        }
    }
    for (builtins, items) in names.into_values() {
        candidates.push(candidate(reasons, builtins.join(", "), &items));
    }
    for (object, items) in objects {
        candidates.push(candidate(reasons, format!("all of {object}"), &items));
    }
    let mut opcodes: BTreeMap<&str, Vec<ItemId>> = BTreeMap::new();
    for (id, item) in reasons.explanation.kept() {
        if let Item::Opcode(opcode) = item
            && reasons.mentions.program_has(*opcode)
            && let Some(syntax) = syntax::of_opcode(reasons.opcode_name(*opcode))
        {
            opcodes.entry(syntax).or_default().push(id);
        }
    }
    for (syntax, items) in opcodes {
        candidates.push(candidate(reasons, syntax.to_string(), &items));
    }

    let mut savings: Vec<Saving> = modules
        .iter()
        .map(|module| Saving {
            what: module.name.clone(),
            bytes: module.bytecode + module.heap,
            why: None,
        })
        .collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(bytes(&candidate.gone, size)));
    savings.retain(|saving| saving.bytes >= MIN_BYTES);
    let mut counted = BTreeSet::new();
    for mut candidate in candidates {
        candidate.gone.retain(|id| !counted.contains(id));
        let bytes = bytes(&candidate.gone, size);
        if bytes >= MIN_BYTES {
            counted.extend(candidate.gone);
            savings.push(Saving {
                what: candidate.what,
                bytes,
                why: candidate.why,
            });
        }
    }
    savings.sort_by(|a, b| (b.bytes, &a.what).cmp(&(a.bytes, &b.what)));
    savings
}

fn candidate(reasons: &Reasons<'_, '_>, what: String, items: &[ItemId]) -> Candidate {
    Candidate {
        what,
        gone: reasons.explanation.without(items).into_iter().collect(),
        why: items.first().map(|item| reasons.of(*item)),
    }
}
