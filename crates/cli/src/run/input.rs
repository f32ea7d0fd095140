//! The standard input of a call: passed on as it comes, or read before, when the limits depend on it.

use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result};
use runner::{Bound, LimitKind, Stdin};

use crate::limits::{Profile, patience};
use crate::run::load::open;

/// What the call gets.
pub(crate) enum Input {
    Ready(Stdin),
    /// It did not come in time.
    Late(Bound),
}

impl Input {
    /// What is known of it.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Input::Ready(Stdin::Bytes(bytes)) => Some(bytes),
            Input::Ready(_) | Input::Late(_) => None,
        }
    }
}

/// The input from a file, or from standard input; `given` is what that gave, where it was read before.
pub(crate) fn prepare(
    path: Option<&Path>,
    given: Option<&[u8]>,
    profile: &Profile,
) -> Result<Input> {
    let file = path.map(open).transpose()?;
    if let (None, Some(bytes)) = (&file, given) {
        return Ok(Input::Ready(Stdin::Bytes(bytes.to_vec())));
    }
    if profile.scale.is_none() {
        return Ok(Input::Ready(file.map_or(Stdin::Inherit, Stdin::File)));
    }
    let reader: Box<dyn Read + Send> = match file {
        Some(file) => Box::new(file),
        None => Box::new(io::stdin()),
    };
    // One byte more shows that it is too large. Where nothing is, not more is held than a module's memory could.
    let most = profile.most_input().unwrap_or(u64::MAX).min(1 << 32);
    let most = most.saturating_add(1);
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let result = reader.take(most).read_to_end(&mut bytes).map(|_| bytes);
        // Nobody listens any more when the time is over.
        let _ = sender.send(result);
    });
    match receiver.recv_timeout(patience(&profile.limits)) {
        Ok(result) => {
            let bytes = result.context("cannot read the input")?;
            Ok(Input::Ready(Stdin::Bytes(bytes)))
        }
        Err(_) => Ok(Input::Late(Bound {
            kind: LimitKind::Time,
            amount: u64::try_from(patience(&profile.limits).as_nanos()).unwrap_or(u64::MAX),
        })),
    }
}
