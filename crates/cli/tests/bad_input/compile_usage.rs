//! Command lines that mean nothing.

use crate::check;
use crate::support::Project;

fn check_usage(name: &str, arguments: &[&str]) {
    let project = Project::new(&[("index.js", "export default () => 1;\n")]);
    check(name, &project, arguments, "");
}

#[test]
fn no_command() {
    check_usage("no_command", &[]);
    check_usage("unknown_command", &["complie", "index.js"]);
    check_usage("unknown_option", &["compile", "index.js", "--optimise"]);
    check_usage(
        "misspelt_option",
        &["compile", "index.js", "--ouput", "a.wasm"],
    );
}

#[test]
fn no_input() {
    check_usage("no_input", &["compile"]);
    check_usage("two_inputs", &["compile", "index.js", "other.js"]);
    check_usage("no_module", &["run"]);
}

#[test]
fn budgets() {
    check_usage("no_time", &["compile", "index.js", "--build-time", "0"]);
    check_usage("negative_time", &["compile", "index.js", "--build-time=-1"]);
    check_usage("no_memory", &["compile", "index.js", "--build-memory", "0"]);
    check_usage(
        "too_much_memory",
        &["compile", "index.js", "--build-memory", "4097"],
    );
    check_usage(
        "memory_with_unit",
        &["compile", "index.js", "--build-memory", "64MB"],
    );
}

#[test]
fn start() {
    check_usage("unknown_start", &["compile", "index.js", "--start", "now"]);
}

#[test]
fn stdin_without_output() {
    check_usage("stdin_without_output", &["compile", "-"]);
}

#[test]
fn output_is_input() {
    check_usage(
        "output_is_input",
        &["compile", "index.js", "-o", "index.js"],
    );
    check_usage(
        "output_is_input_by_another_name",
        &["compile", "index.js", "-o", "./index.js"],
    );
}

#[test]
fn environment() {
    check_usage(
        "environment_without_value",
        &["run", "a.wasm", "--env", "MODE"],
    );
}

#[test]
fn shells() {
    check_usage("unknown_shell", &["completions", "cmd"]);
}
