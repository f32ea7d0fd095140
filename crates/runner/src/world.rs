//! The clocks and the randomness that a call sees.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Which clocks and randomness a call gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum World {
    /// This machine's.
    #[default]
    Real,
    /// The same for every call: clocks stand still, sleeping takes no time, and random numbers follow from a seed.
    Frozen {
        /// What the clock of the day shows: the time since the beginning of 1970. The monotonic clock shows 0.
        time: Duration,
        /// What the random numbers follow from.
        seed: u64,
    },
}

impl World {
    /// The frozen world of `--deterministic`: the first moment of the year 2000, and seed 0.
    pub const FROZEN: World = World::Frozen {
        time: Duration::from_secs(946_684_800),
        seed: 0,
    };
}

/// The clocks and randomness of one call.
#[derive(Debug)]
pub(crate) enum Surroundings {
    Real { begun: Instant },
    Frozen { time: Duration, state: u64 },
}

impl Surroundings {
    pub(crate) fn new(world: World, begun: Instant) -> Surroundings {
        match world {
            World::Real => Surroundings::Real { begun },
            World::Frozen { time, seed } => Surroundings::Frozen { time, state: seed },
        }
    }

    pub(crate) fn is_frozen(&self) -> bool {
        matches!(self, Surroundings::Frozen { .. })
    }

    /// The clock of the day.
    pub(crate) fn time_of_day(&self) -> Duration {
        match self {
            Surroundings::Real { .. } => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default(),
            Surroundings::Frozen { time, .. } => *time,
        }
    }

    /// The clock that never goes back.
    pub(crate) fn monotonic(&self) -> Duration {
        match self {
            Surroundings::Real { begun } => begun.elapsed(),
            Surroundings::Frozen { .. } => Duration::ZERO,
        }
    }

    /// Fills a buffer with random bytes; false if the machine has none.
    pub(crate) fn fill_random(&mut self, buffer: &mut [u8]) -> bool {
        match self {
            Surroundings::Real { .. } => getrandom::fill(buffer).is_ok(),
            Surroundings::Frozen { state, .. } => {
                for chunk in buffer.chunks_mut(8) {
                    chunk.copy_from_slice(&split_mix(state).to_le_bytes()[..chunk.len()]);
                }
                true
            }
        }
    }
}

/// The generator SplitMix64: every seed gives another sequence, and each passes the usual tests of randomness.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{Surroundings, World, split_mix};

    #[test]
    fn known_sequence() {
        // The first value that the generator's authors publish for seed 0.
        assert_eq!(split_mix(&mut 0), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn seeds_differ_and_repeat() {
        let random = |seed| {
            let World::Frozen { time, .. } = World::FROZEN else {
                unreachable!("it is frozen");
            };
            let world = World::Frozen { time, seed };
            let mut bytes = [0; 13];
            Surroundings::new(world, Instant::now()).fill_random(&mut bytes);
            bytes
        };
        assert_eq!(random(1), random(1));
        assert_ne!(random(1), random(2));
    }
}
