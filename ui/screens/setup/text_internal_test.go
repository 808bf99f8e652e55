package setup

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"hub-vnet": "handoff-hub-vnet", "a/b\\c d": "handoff-a-b-c-d", "../../etc/passwd": "handoff-etc-passwd", "": "handoff-peering", "...": "handoff-peering",
		"ü": "handoff-peering", strings.Repeat("x", 60): "handoff-" + strings.Repeat("x", 40),
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// As many names as fit, and the number of the others.
func TestFitting(t *testing.T) {
	names := []string{"alpha", "beta", "gamma", "delta"}
	for width, want := range map[int]string{
		40: "alpha, beta, gamma, delta", 24: "alpha, beta and 2 more", 18: "alpha and 3 more",
	} {
		got := fitting(names, width)
		if got != want || cell.Width(got) > width {
			t.Errorf("%d cells: %q, want %q", width, got, want)
		}
	}
}
