//! The middle of several measurements. It does not know of what.

/// The middle one; of an even number, between the two in the middle. Nothing has the middle 0.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let (upper, lower) = (values.len() / 2, values.len().saturating_sub(1) / 2);
    let at = |index| values.get(index).copied().unwrap_or_default();
    f64::midpoint(at(lower), at(upper))
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    #[expect(clippy::float_cmp, reason = "these are exact")]
    fn the_median_is_in_the_middle() {
        assert_eq!(median([]), 0.0);
        assert_eq!(median([3.0, 1.0, 9.0]), 3.0);
        assert_eq!(median([4.0, 1.0, 9.0, 3.0]), 3.5);
    }
}
