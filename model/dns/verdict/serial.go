package verdict

// SerialDiff returns by how much serial a is newer than b, negative when it is older,
// in the arithmetic of RFC 1982: serials wrap. Two serials that are half the circle
// apart have no order; then ok is false.
func SerialDiff(a, b uint32) (diff int64, ok bool) {
	const half = uint32(1) << 31
	d := a - b // wraps, as it should
	if d == half {
		return 0, false
	}
	return int64(int32(d)), true //nolint:gosec // the wrap is the arithmetic
}
