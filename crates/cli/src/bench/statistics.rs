//! Samples, and what is told of them.

use serde::Serialize;

/// What is told of samples: half, 90 % and 99 % of them are not above these.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Percentiles {
    pub(crate) p50: f64,
    pub(crate) p90: f64,
    pub(crate) p99: f64,
    pub(crate) samples: usize,
}

impl Percentiles {
    /// `None` of nothing.
    pub(crate) fn of(mut samples: Vec<f64>) -> Option<Percentiles> {
        samples.sort_by(f64::total_cmp);
        let last = samples.len().checked_sub(1)?;
        let at = |percent: usize| {
            samples[(samples.len() * percent)
                .div_ceil(100)
                .saturating_sub(1)
                .min(last)]
        };
        Some(Percentiles {
            p50: at(50),
            p90: at(90),
            p99: at(99),
            samples: samples.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Percentiles;

    #[test]
    fn percentiles_are_samples() {
        let of = |samples: &[f64]| Percentiles::of(samples.to_vec());
        assert_eq!(of(&[]), None);
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(
            of(&hundred),
            Some(Percentiles {
                p50: 50.0,
                p90: 90.0,
                p99: 99.0,
                samples: 100
            })
        );
        let one = of(&[7.0]).map(|it| (it.p50, it.p99));
        assert_eq!(one, Some((7.0, 7.0)));
    }
}
