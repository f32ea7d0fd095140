//! What the examples print.

use crate::{check_commands, jsc};

#[test]
fn every_example_prints_what_is_expected() {
    check_commands(|module, export| {
        let mut command = jsc();
        command.arg("run").arg(module);
        if let Some(export) = export {
            command.args(["--invoke", export]);
        }
        command
    });
}
