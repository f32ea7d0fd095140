//! What the engine tells of its heap: where it refers to the engine's functions and data, and when these references count.

/// A word of the heap that names a function, by table slot, or the engine's data, by address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The word's address.
    pub address: u32,
    /// The number of the gate that it is behind. Behind gate 0, which is always open, it always counts.
    pub gate: usize,
    /// What this word and the one behind it become, as far as given, where nothing can use the reference any more.
    pub instead: Vec<u32>,
}

/// A condition for references to count: that one of some functions can run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// Names of the functions that open it; `*` at the end of a name stands for any end.
    pub openers: Vec<String>,
    /// Names of the functions that only what is behind the gate brings to run.
    pub guarded: Vec<String>,
    /// Whether it is open from the start.
    pub is_open: bool,
}
