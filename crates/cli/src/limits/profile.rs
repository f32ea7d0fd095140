//! Profiles of limits: what a platform allows, and how that grows with the input.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use runner::{Excess, Limits, LogLimit, World};
use serde::Deserialize;

use crate::exit::Usage;
use crate::quantity;

/// The largest factor: a time of years grows to one that can still be told.
const MOST_SCALED: f64 = 1e6;

const SHOPIFY: &str = include_str!("shopify.toml");

/// What a call is run under.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    pub(crate) limits: Limits,
    pub(crate) is_deterministic: bool,
    pub(crate) scale: Option<Scale>,
}

/// How limits grow with the number of items at a place of the input.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scale {
    /// Names of properties, joined by dots, that lead to an array.
    path: String,
    /// What an item adds to the factor, which is never below 1.
    rate: f64,
    /// The most that the factor can be.
    maximum: f64,
    /// What is multiplied.
    limits: Vec<Scaled>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Scaled {
    Fuel,
    Time,
    Memory,
    Input,
    Output,
    Log,
}

/// A profile as it is written.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ProfileText {
    module: Option<Amount>,
    fuel: Option<Amount>,
    time: Option<Amount>,
    memory: Option<Amount>,
    stack: Option<Amount>,
    input: Option<Amount>,
    output: Option<Amount>,
    log: Option<Amount>,
    log_excess: Option<LogExcess>,
    #[serde(default)]
    deterministic: bool,
    scale: Option<Scale>,
}

#[derive(Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a whole number, or a text such as \"10 MB\" or \"5 s\""
)]
enum Amount {
    Number(u64),
    Text(String),
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LogExcess {
    Stop,
    Truncate,
}

impl Profile {
    /// The limits of Shopify Functions.
    pub(crate) fn shopify() -> Profile {
        parse(SHOPIFY).expect("the profile of this program is right")
    }

    /// The profile in a file.
    pub(crate) fn read(path: &Path) -> Result<Profile> {
        let shown = path.display();
        let text = inputs::read_named_text(path, inputs::SETTINGS).map_err(|error| {
            let what = match error.kind() {
                std::io::ErrorKind::NotFound => format!(
                    "there is no profile `{shown}`: neither `shopify` nor a file of that name"
                ),
                std::io::ErrorKind::InvalidData => {
                    format!("the profile {shown} is no TOML file: it is not text in UTF-8")
                }
                std::io::ErrorKind::IsADirectory => {
                    format!("the profile {shown} is a directory; name a TOML file")
                }
                _ => format!("cannot read the profile {shown}: {error}"),
            };
            anyhow!(Usage(what))
        })?;
        parse(&text)
            .map_err(|error| anyhow!(Usage(format!("the profile {shown} is wrong: {error:#}"))))
    }

    /// What is read in a file of limits beside a function.
    pub(crate) fn of(text: ProfileText) -> Result<Profile> {
        let limits = Limits {
            module: amount("module", text.module, quantity::bytes)?,
            fuel: amount("fuel", text.fuel, quantity::number)?,
            time: text
                .time
                .map(|time| time.parse("time", quantity::duration))
                .transpose()?,
            memory: amount("memory", text.memory, quantity::bytes)?,
            stack: amount("stack", text.stack, quantity::stack)?,
            input: amount("input", text.input, quantity::bytes)?,
            output: amount("output", text.output, quantity::bytes)?,
            log: amount("log", text.log, quantity::bytes)?.map(|bytes| LogLimit {
                bytes,
                excess: match text.log_excess {
                    Some(LogExcess::Stop) => Excess::Stop,
                    Some(LogExcess::Truncate) | None => Excess::Truncate,
                },
            }),
        };
        Ok(Profile {
            limits,
            is_deterministic: text.deterministic,
            scale: text.scale.map(Scale::checked).transpose()?,
        })
    }

    /// The limits for a call with this input, as far as it is known.
    pub(crate) fn limits_for(&self, input: Option<&[u8]>) -> Limits {
        let mut limits = self.limits.clone();
        let (Some(scale), Some(input)) = (&self.scale, input) else {
            return limits;
        };
        let factor = scale.factor(count_items(input, &scale.path));
        let grow = |limit: &mut Option<u64>| {
            *limit = limit.map(|amount| (amount as f64 * factor) as u64);
        };
        for scaled in &scale.limits {
            match scaled {
                Scaled::Fuel => grow(&mut limits.fuel),
                Scaled::Time => {
                    limits.time = limits.time.map(|time| {
                        Duration::try_from_secs_f64(time.as_secs_f64() * factor)
                            .unwrap_or(Duration::MAX)
                    });
                }
                Scaled::Memory => grow(&mut limits.memory),
                Scaled::Input => grow(&mut limits.input),
                Scaled::Output => grow(&mut limits.output),
                Scaled::Log => {
                    if let Some(log) = &mut limits.log {
                        log.bytes = (log.bytes as f64 * factor) as u64;
                    }
                }
            }
        }
        limits
    }

    /// The most input that any call may have.
    pub(crate) fn most_input(&self) -> Option<u64> {
        let maximum = self.scale.as_ref().map_or(1.0, |scale| scale.maximum);
        let input = self.limits.input?;
        Some((input as f64 * maximum.max(1.0)) as u64)
    }

    /// The clocks and randomness of a call.
    pub(crate) fn world(&self) -> World {
        if self.is_deterministic {
            World::FROZEN
        } else {
            World::Real
        }
    }
}

impl Scale {
    fn checked(self) -> Result<Scale> {
        // Also false for what is no number.
        if !(self.rate >= 0.0 && self.rate.is_finite()) {
            bail!("scale.rate = {} is not a number from 0", self.rate);
        }
        if !(1.0..=MOST_SCALED).contains(&self.maximum) {
            let maximum = self.maximum;
            bail!("scale.maximum = {maximum} is not a number from 1 to {MOST_SCALED}");
        }
        Ok(self)
    }

    fn factor(&self, items: usize) -> f64 {
        (items as f64 * self.rate).min(self.maximum).max(1.0)
    }
}

impl Amount {
    fn parse<T>(self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<T> {
        let text = match self {
            Amount::Number(number) => number.to_string(),
            Amount::Text(text) => text,
        };
        parse(&text).map_err(|why| anyhow!("{name} = {text:?} is {why}"))
    }
}

fn amount(
    name: &str,
    amount: Option<Amount>,
    parse: impl Fn(&str) -> Result<u64, String>,
) -> Result<Option<u64>> {
    amount.map(|amount| amount.parse(name, parse)).transpose()
}

fn parse(text: &str) -> Result<Profile> {
    let text: ProfileText =
        toml::from_str(text).map_err(|error| anyhow!("{}", error.to_string().trim_end()))?;
    Profile::of(text)
}

/// How many items the array at `path` of a JSON text has; 0 if there is no such array.
pub(crate) fn count_items(input: &[u8], path: &str) -> usize {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(input) else {
        return 0;
    };
    let pointer: String = path.split('.').map(|name| format!("/{name}")).collect();
    value
        .pointer(&pointer)
        .and_then(serde_json::Value::as_array)
        .map_or(0, Vec::len)
}

/// How long to wait for input that has to be read before the call.
pub(crate) fn patience(limits: &Limits) -> Duration {
    limits.time.unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Profile, parse};

    fn cart(lines: usize) -> Vec<u8> {
        let lines = vec!["{}"; lines].join(",");
        format!(r#"{{"cart":{{"lines":[{lines}]}}}}"#).into_bytes()
    }

    #[test]
    fn shopify_scales_from_two_hundred_lines() {
        let profile = Profile::shopify();
        let check = |input: &[u8], fuel, output| {
            let limits = profile.limits_for(Some(input));
            assert_eq!((limits.fuel, limits.output), (Some(fuel), Some(output)));
            assert_eq!(limits.memory, Some(10_000_000), "memory does not grow");
        };
        check(&cart(0), 11_000_000, 20_000);
        check(&cart(200), 11_000_000, 20_000);
        check(&cart(300), 16_500_000, 30_000);
        check(&cart(5000), 110_000_000, 200_000);
        check(b"no JSON", 11_000_000, 20_000);
        check(b"{}", 11_000_000, 20_000);
        assert_eq!(profile.most_input(), Some(1_280_000));
    }

    #[test]
    fn mistakes_are_named() {
        let check = |text: &str, expected: &str| {
            let error = format!("{:#}", parse(text).expect_err(text));
            assert!(error.contains(expected), "{error}");
        };
        check("fule = 1", "unknown field `fule`");
        check("memory = \"ten\"", "memory = \"ten\" is not a size");
        check("stack = 0", "nothing runs without a stack");
        check("time = -1", "a whole number, or a text");
        check("fuel = 0.5", "a whole number, or a text");
        check("log-excess = \"drop\"", "unknown variant `drop`");
        check("memory =", "memory =");
    }

    #[test]
    fn limits_that_cannot_grow_are_named() {
        let scale = |rate: &str, maximum: &str| {
            parse(&format!(
                "time = \"2 min\"\n[scale]\npath = \"cart.lines\"\nrate = {rate}\nmaximum = {maximum}\nlimits = [\"time\"]\n"
            ))
        };
        for (rate, maximum, expected) in [
            ("nan", "10", "scale.rate = NaN is not a number from 0"),
            ("-0.1", "10", "scale.rate = -0.1 is not a number from 0"),
            ("inf", "10", "scale.rate = inf is not a number from 0"),
            (
                "1",
                "0.5",
                "scale.maximum = 0.5 is not a number from 1 to 1000000",
            ),
            (
                "1",
                "inf",
                "scale.maximum = inf is not a number from 1 to 1000000",
            ),
            (
                "1",
                "nan",
                "scale.maximum = NaN is not a number from 1 to 1000000",
            ),
        ] {
            let error = scale(rate, maximum).expect_err(rate);
            assert_eq!(error.to_string(), expected);
        }
        let profile = scale("1e300", "1e6").expect("a profile");
        let time = profile.limits_for(Some(&cart(3))).time;
        assert_eq!(time.map(|time| time.as_secs()), Some(120_000_000));
    }
}
