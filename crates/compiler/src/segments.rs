//! Memory as data segments.

/// What an active data segment costs besides its bytes: its flag (1), the `i32.const` with its address (1 + mostly 3),
/// `end` (1) and its length (mostly 1). A gap of zeros up to this long is cheaper as bytes of one segment.
const SEGMENT_OVERHEAD: usize = 7;

/// The most data segments that engines accept (the limit of the JavaScript API is 100,000).
const MAX_SEGMENTS: usize = 50_000;

/// The parts of memory that are not zero, as address and bytes: merged where a gap is cheaper than a segment.
pub(crate) fn segments(memory: &[u8]) -> Vec<(usize, &[u8])> {
    let mut gap = SEGMENT_OVERHEAD;
    loop {
        let segments = segments_with_gap(memory, gap);
        if segments.len() <= MAX_SEGMENTS {
            return segments;
        }
        gap *= 4;
    }
}

fn segments_with_gap(memory: &[u8], gap: usize) -> Vec<(usize, &[u8])> {
    let mut segments: Vec<std::ops::Range<usize>> = Vec::new();
    let mut position = 0;
    while let Some(offset) = memory[position..].iter().position(|byte| *byte != 0) {
        let start = position + offset;
        let end = memory[start..]
            .iter()
            .position(|byte| *byte == 0)
            .map_or(memory.len(), |length| start + length);
        match segments.last_mut() {
            Some(last) if start - last.end <= gap => last.end = end,
            _ => segments.push(start..end),
        }
        position = end;
    }
    segments
        .into_iter()
        .map(|range| (range.start, &memory[range]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::segments_with_gap;

    #[test]
    fn short_gaps_are_merged() {
        let check = |memory: &[u8], expected: &[(usize, &[u8])]| {
            assert_eq!(segments_with_gap(memory, 2), expected);
        };
        check(&[0, 0, 0], &[]);
        check(&[1, 0, 0, 2], &[(0, &[1, 0, 0, 2])]);
        check(&[1, 0, 0, 0, 2, 0], &[(0, &[1]), (4, &[2])]);
    }
}
