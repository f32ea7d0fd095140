//! Whether a module and what the linker says of it fit together, so that passes can follow indices without a look at each.

use crate::{Definition, Error, Facts, Relocation, Sections};

/// Checks that every index and every address of `sections` and `facts` leads somewhere, and that relocations are sorted.
///
/// # Errors
/// [`Error::Contradiction`] with the first that does not.
pub fn check(sections: &Sections<'_>, facts: &Facts<'_>) -> Result<(), Error> {
    let functions = u32::try_from(sections.function_count()).unwrap_or(0);
    let types = u32::try_from(sections.types.len()).unwrap_or(0);
    let hold = |holds: bool, what: &'static str| match holds {
        true => Ok(()),
        false => Err(Error::Contradiction(what)),
    };
    hold(
        sections.bodies.len() == sections.functions.len(),
        "functions and bodies differ in number",
    )?;
    let mut of_types = sections.functions.iter().copied();
    hold(of_types.all(|ty| ty < types), "a function has no type")?;
    hold(
        sections.imports.iter().all(|import| import.ty < types),
        "an import has no type",
    )?;
    hold(
        sections.slots.iter().all(|function| *function < functions),
        "the table names a function that does not exist",
    )?;
    let slots = u32::try_from(sections.slots.len()).ok();
    hold(
        slots.is_some_and(|slots| sections.first_slot.checked_add(slots).is_some()),
        "the table is larger than any",
    )?;
    hold(
        sections.exports.iter().all(|(_, index)| *index < functions),
        "an export names a function that does not exist",
    )?;
    let ends_in_memory = |(address, bytes): &(u32, &[u8])| {
        u32::try_from(bytes.len())
            .ok()
            .and_then(|length| address.checked_add(length))
            .is_some()
    };
    hold(
        sections.data.iter().all(ends_in_memory),
        "data lies beyond the memory",
    )?;
    let exists = |definition: &Definition| match definition {
        Definition::Function(index) => *index < functions,
        Definition::Data(range) => range.start <= range.end,
        Definition::Global(_) | Definition::Other => true,
    };
    hold(
        facts
            .symbols
            .iter()
            .all(|symbol| exists(&symbol.definition)),
        "a symbol names what does not exist",
    )?;
    let is_sorted =
        |relocations: &[Relocation]| relocations.is_sorted_by_key(|relocation| relocation.place);
    hold(
        is_sorted(&facts.code) && is_sorted(&facts.data),
        "relocations are in disorder",
    )
}
