package cell_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

func TestFit(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"abc", 5, "abc  "},
		{"abcdef", 5, "abcd…"},
		{"", 3, "   "},
		{"abc", 0, ""},
		{"abc", -1, ""},
		{"abc", 1, "…"},
		{"東京", 5, "東京 "},
		{"東京都", 5, "東京…"},
		{"東京", 3, "東…"},
		{"é", 2, "é "},
		{"\x1b[31mab\x1b[m", 3, "\x1b[31mab\x1b[m "},
	} {
		if got := cell.Fit(c.in, c.w); got != c.want || (c.w > 0 && cell.Width(got) != c.w) {
			t.Errorf("Fit(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
	if got := cell.FitRight("7", 3); got != "  7" {
		t.Errorf("got %q", got)
	}
	if len(cell.Blank(500)) != 500 || cell.Blank(-2) != "" {
		t.Error("blanks are miscounted")
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in    string
		w     int
		limit int
		want  string
	}{
		{"one two three", 8, 0, "one two|three"},
		{"one two three", 8, 1, "one two…"},
		{"vnet-hub-one is here", 14, 0, "vnet-hub-one|is here"},
		{"/subscriptions/abc/def", 15, 0, "/subscriptions/|abc/def"},
		{"aaaaaaaaaaaaaaaa", 5, 2, "aaaaa|aaaa…"},
		{"", 5, 0, ""},
	} {
		if got := strings.Join(cell.Wrap(c.in, c.w, c.limit), "|"); got != c.want {
			t.Errorf("Wrap(%q, %d, %d) = %q, want %q", c.in, c.w, c.limit, got, c.want)
		}
	}
	if cell.Wrap("x", 0, 0) != nil {
		t.Error("there is no room for anything")
	}
}

func TestLineNeverOverflows(t *testing.T) {
	th := theme.New(theme.Dark, true)
	for limit := range 12 {
		l := cell.NewLine(th, limit)
		l.Space(1).Put(theme.Bad, "abc東").To(6).Put(theme.Plain, "xyz").To(2).Put(theme.Warn, "w")
		if w := cell.Width(l.String()); w > limit || w != l.Used() {
			t.Errorf("limit %d: %d cells, says %d", limit, w, l.Used())
		}
	}
	if got := cell.NewLine(th, 5).Put(theme.Plain, "ab").Filled(); got != "ab   " {
		t.Errorf("got %q", got)
	}
}

func FuzzFit(f *testing.F) {
	f.Add("abc", 2)
	f.Add("東京\u0301", 3)
	f.Fuzz(func(t *testing.T, s string, w int) {
		if w < 0 || w > 200 {
			t.Skip()
		}
		s = safe.Clean(s) // as everything from outside is
		if cell.Width(cell.Cut(s, w)) > w {
			t.Fatalf("Cut(%q, %d) takes %d cells", s, w, cell.Width(cell.Cut(s, w)))
		}
		for _, l := range cell.Wrap(s, max(1, w), 3) {
			if cell.Width(l) > max(2, w) {
				t.Fatalf("Wrap(%q, %d) has a line of %d", s, w, cell.Width(l))
			}
		}
	})
}
