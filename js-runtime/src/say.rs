//! Puts messages together. `String::push_str` is small, but comes to be where it is called, a hundred bytes each time.

use alloc::string::String;

/// A message in the making.
pub trait Say {
    /// Appends `part`.
    fn say(&mut self, part: &str);
}

impl Say for String {
    #[inline(never)]
    fn say(&mut self, part: &str) {
        self.push_str(part);
    }
}
