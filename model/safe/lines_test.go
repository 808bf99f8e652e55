package safe_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
)

func TestLineEnds(t *testing.T) {
	const want = "a\nb\n\nc"
	for name, in := range map[string]string{
		"Unix": want, "Windows": "a\r\nb\r\n\r\nc", "tmux": "a\rb\r\rc", "mixed": "a\r\nb\r\n\rc",
		"next line": "a\u0085b\u0085\u0085c", "separators": "a\u2028b\u2029\u2028c",
	} {
		if got := safe.LineEnds(in); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, same := range []string{"", "one line", "tab\t, \v, \f stay", "\xff\x85 is no line end, but bytes"} {
		if got := safe.LineEnds(same); got != same {
			t.Errorf("%q became %q", same, got)
		}
	}
}

func FuzzLineEnds(f *testing.F) {
	for _, seed := range []string{"", "a\r\nb", "\r\r\n\n", "\u2028\r", "\xe2\x80", "\r\xe2\x80\xa8"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := safe.LineEnds(in)
		if strings.ContainsAny(got, "\r\u0085\u2028\u2029") {
			t.Fatalf("%q left a line end in %q", in, got)
		}
		if again := safe.LineEnds(got); again != got {
			t.Fatalf("%q became %q, and that %q", in, got, again)
		}
		if ends := strings.NewReplacer("\r", "", "\n", "", "\u0085", "", "\u2028", "", "\u2029", ""); ends.Replace(in) != ends.Replace(got) {
			t.Fatalf("%q lost more than line ends: %q", in, got)
		}
	})
}
