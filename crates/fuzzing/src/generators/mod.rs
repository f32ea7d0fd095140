//! Makes things from [`Choices`](crate::Choices).

pub mod effects;
pub mod expressions;
pub mod graphs;
pub mod libraries;
pub mod lives;
pub mod text;

/// The files of a program: names and texts. It starts in `index.mjs`.
pub type Files = Vec<(String, String)>;
