//! Numbers without a pattern, the same for the same beginning: what chance decides in the engine
//! comes from a seed. Not for secrets.

/// A step of a linear congruential generator modulo 2⁶⁴ (Knuth's MMIX constants); its high bits are
/// good enough to spread things.
pub(super) const fn mixed(state: u64) -> u64 {
    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
}
