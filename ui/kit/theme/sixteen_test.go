package theme_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// shown is how a terminal of 16 colours shows a tone: what the renderer sends it.
func shown(t *testing.T, th *theme.Theme, tone theme.Tone) string {
	t.Helper()
	var b strings.Builder
	w := colorprofile.Writer{Forward: &b, Profile: colorprofile.ANSI}
	if _, err := w.WriteString(th.Paint(tone, "x")); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// On a terminal of 16 colours each meaning has a look of its own, and what is quiet can be
// read.
func TestSixteenColours(t *testing.T) {
	for _, c := range []struct {
		kind       theme.Kind
		dark       bool
		unreadable []string // for text, on the background
	}{
		{theme.Dark, true, []string{"30", "90"}},
		{theme.Auto, true, []string{"30", "90"}},
		{theme.Light, false, []string{"37", "97"}},
		{theme.Auto, false, []string{"37", "97"}},
	} {
		th := theme.Sixteen(c.kind, c.dark)
		seen := map[string]theme.Tone{}
		for _, tone := range []theme.Tone{theme.Plain, theme.Muted, theme.Faint, theme.Accent, theme.Fine, theme.Busy, theme.Unsure, theme.Warn, theme.Bad} {
			look := shown(t, th, tone)
			if other, twice := seen[look]; twice {
				t.Errorf("%s: the tones %d and %d look the same: %q", c.kind, other, tone, look)
			}
			seen[look] = tone
			if want := th.Paint(tone, "x"); look != want {
				t.Errorf("%s: the tone %d is changed on its way to the terminal: %q, %q", c.kind, tone, want, look)
			}
		}
		for _, no := range c.unreadable {
			if look := shown(t, th, theme.Muted); strings.Contains(look, "["+no+"m") {
				t.Errorf("%s: quiet text cannot be read: %q", c.kind, look)
			}
		}
	}
}

// With 256 colours and more the mixed ones of a theme stay apart.
func TestWarningsAndFaultsDiffer(t *testing.T) {
	for _, kind := range []theme.Kind{theme.Dark, theme.Light} {
		th := theme.New(kind, true)
		var looks [2]strings.Builder
		for i, tone := range []theme.Tone{theme.Warn, theme.Bad} {
			w := colorprofile.Writer{Forward: &looks[i], Profile: colorprofile.ANSI256}
			if _, err := w.WriteString(th.Paint(tone, "x")); err != nil {
				t.Fatal(err)
			}
		}
		if looks[0].String() == looks[1].String() {
			t.Errorf("%s: %q", kind, looks[0].String())
		}
	}
}
