//! Limits on the command line: a profile, by name or from a file, and options that take precedence.

mod profile;

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use crate::quantity::{self, bytes, duration, number};
pub(crate) use profile::{Profile, ProfileText, patience};

/// The options of `jsc run` and others that limit a call.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Limits")]
pub(crate) struct LimitArguments {
    /// A profile of limits: `shopify`, or a TOML file
    #[arg(long, value_name = "PROFILE")]
    pub(crate) limits: Option<String>,
    /// The most instructions: exactly so many and none more
    #[arg(long, value_name = "N", value_parser = number)]
    pub(crate) fuel: Option<u64>,
    /// The longest time, as in `500ms` or `5s`
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    /// The most linear memory, as in `10MB` or `64KiB`
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub(crate) max_memory: Option<u64>,
    /// The most WebAssembly stack
    #[arg(long, value_name = "SIZE", value_parser = quantity::stack)]
    pub(crate) max_stack: Option<u64>,
    /// The most standard input
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub(crate) max_input: Option<u64>,
    /// The most standard output
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub(crate) max_output: Option<u64>,
    /// The most standard error; what is more is cut off
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub(crate) max_log: Option<u64>,
    /// Stop the clocks and seed the random numbers
    #[arg(long)]
    pub(crate) deterministic: bool,
}

impl LimitArguments {
    /// The profile with the options in it.
    pub(crate) fn profile(&self) -> Result<Profile> {
        self.over(match self.limits.as_deref() {
            None => Profile::default(),
            Some("shopify") => Profile::shopify(),
            Some(path) => Profile::read(Path::new(path))?,
        })
    }

    /// `profile` with the options in it.
    pub(crate) fn over(&self, mut profile: Profile) -> Result<Profile> {
        let limits = &mut profile.limits;
        limits.fuel = self.fuel.or(limits.fuel);
        limits.time = self.timeout.or(limits.time);
        limits.memory = self.max_memory.or(limits.memory);
        limits.stack = self.max_stack.or(limits.stack);
        limits.input = self.max_input.or(limits.input);
        limits.output = self.max_output.or(limits.output);
        if let Some(bytes) = self.max_log {
            limits.log = Some(runner::LogLimit {
                bytes,
                excess: runner::Excess::Truncate,
            });
        }
        profile.is_deterministic |= self.deterministic;
        Ok(profile)
    }
}
