//! Decisions of a generator, drawn from the bytes of an input: a fuzzer changes the bytes, a seed gives random ones.

use arbitrary::{Arbitrary, Unstructured};

/// Bytes of an input that a seed stands for: more than the generators draw.
const BYTES_OF_SEED: usize = 16 * 1024;

/// The bytes of a seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
#[must_use]
pub fn bytes_of_seed(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::repeat_with(|| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    });
    words
        .take(BYTES_OF_SEED / 8)
        .flat_map(u64::to_le_bytes)
        .collect()
}

/// What is left of an input. When nothing is, every decision is the first of its possibilities, so that generators end.
pub struct Choices<'a>(Unstructured<'a>);

impl<'a> Choices<'a> {
    /// The decisions that these bytes stand for.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Choices<'a> {
        Choices(Unstructured::new(bytes))
    }

    /// A number below `limit`, which is not zero.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0.choose_index(limit).unwrap_or(0)
    }

    /// Whether something happens that does once in `times`; never when nothing is left.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of the things.
    pub fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    /// A value of any type.
    pub fn any<T: Arbitrary<'a>>(&mut self) -> Option<T> {
        self.0.arbitrary().ok()
    }

    /// All bytes that are left.
    #[must_use]
    pub fn rest(self) -> &'a [u8] {
        self.0.take_rest()
    }

    /// The decisions as `arbitrary` has them, for generators of other crates.
    pub fn unstructured(&mut self) -> &mut Unstructured<'a> {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Choices, bytes_of_seed};

    #[test]
    fn an_empty_input_decides_for_the_first() {
        let mut choices = Choices::new(&[]);
        assert_eq!(choices.pick(&["a", "b"]), "a");
        assert!(!choices.once_in(2));
    }

    #[test]
    fn seeds_differ() {
        assert_ne!(bytes_of_seed(1)[..8], bytes_of_seed(2)[..8]);
    }
}
