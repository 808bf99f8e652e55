package paths

import "github.com/peerdeck/peerdeck/model/finding"

// Severity is how a hop stands: that of its finding, or what its outcome comes to.
func (h Hop) Severity() finding.Severity {
	if h.Finding.Code != "" {
		return h.Finding.Severity
	}
	switch h.Outcome {
	case Open:
		return finding.OK
	case Closed:
		return finding.Broken
	case Partly:
		return finding.Attention
	case NotKnown:
		return finding.Unknown
	default:
		return finding.Unknown
	}
}
