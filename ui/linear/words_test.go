package linear_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/ui/linear"
)

// The signs of the screens become words, and those that only draw go.
func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"us-prod › billing":                 "us-prod, billing",
		"Connected → Disconnected":          "Connected to Disconnected",
		"a→b":                               "a to b",
		"1 ready · 1 broken":                "1 ready, 1 broken",
		"✖ us-prod":                         "us-prod",
		"○":                                 "not known",
		"being read…":                       "being read...",
		"──── ╌╌ ▌ ⣾ ⇒ x":                   "     x",
		"münchen.example 東京 -> 10.1.0.4":    "münchen.example 東京 -> 10.1.0.4",
		"no mapping of *.example.org (D21)": "no mapping of *.example.org (D21)",
	} {
		if got := linear.Words(text); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// Whatever comes in, nothing that only draws comes out, and saying it twice changes nothing.
func TestWordsOfAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		got := linear.Words(rapid.String().Draw(t, "text"))
		if strings.ContainsAny(got, "→›·…●◐▲✖○│─⣾\t") {
			t.Errorf("it is read as %q", got)
		}
		if again := linear.Words(got); again != got {
			t.Errorf("%q is read again as %q", got, again)
		}
	})
}
