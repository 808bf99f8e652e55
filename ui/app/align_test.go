package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

// grid is a frame by its cells. The second cell of a wide character is 0.
type grid [][]rune

func gridOf(frame string) grid {
	var g grid
	for line := range strings.SplitSeq(strings.TrimRight(frame, "\n"), "\n") {
		var row []rune
		for line != "" {
			cluster, width := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
			for i := range width {
				r := rune(0)
				if i == 0 {
					r = []rune(cluster)[0]
				}
				row = append(row, r)
			}
			line = line[len(cluster):]
		}
		g = append(g, row)
	}
	return g
}

func (g grid) at(row, column int) rune {
	if row < 0 || row >= len(g) || column < 0 || column >= len(g[row]) {
		return ' '
	}
	return g[row][column]
}

// upright reports whether a line that goes up or down passes a cell.
func (g grid) upright(row, column int) bool {
	return strings.ContainsRune("│├┤┬┴┼╭╮╰╯", g.at(row, column))
}

// off says what stands one cell beside where it belongs: a line that goes on in the next
// row, one cell to the side, where nothing else begins or ends it; a rule that ends before
// the window does, or behind it.
func (g grid) off(width int) []string {
	var found []string
	for row := range g {
		text := strings.TrimRight(string(g[row]), " ")
		if strings.HasPrefix(text, "──") && !strings.ContainsAny(text, "│┤┼┬┴╭╮╰╯") && len(g[row]) != width {
			found = append(found, fmt.Sprintf("the rule in line %d has %d of %d cells", row, len(g[row]), width))
		}
		for column := range g[row] {
			if !strings.ContainsRune("│├┤┬┼╭╮", g.at(row, column)) || g.upright(row+1, column) {
				continue
			}
			for _, side := range []int{-1, 1} {
				beside := g.at(row+1, column+side)
				if strings.ContainsRune("│├┤┴┼╰╯", beside) && !g.upright(row, column+side) {
					found = append(found, fmt.Sprintf("the line at line %d, column %d goes on at column %d", row, column, column+side))
				}
			}
		}
	}
	for row := range g {
		// Screen readers spell braille patterns out, dot by dot.
		if i := slices.IndexFunc(g[row], func(r rune) bool { return r >= '\u2800' && r <= '\u28ff' }); i >= 0 {
			found = append(found, fmt.Sprintf("line %d has a braille pattern", row))
		}
	}
	if last := strings.TrimRight(string(g[len(g)-1]), " "); strings.HasSuffix(last, " help") && cell.Width(last) != width-1 {
		found = append(found, fmt.Sprintf("the keys end at column %d of %d", cell.Width(last), width))
	}
	return found
}

func TestTheLawOfAlignmentSeesWhatIsOff(t *testing.T) {
	for name, c := range map[string]struct {
		frame string
		off   bool
	}{
		"a box":                {"╭──╮\n│  │\n╰──╯", false},
		"a bar and a rule":     {"a │ b\n──┤ b\na │ b", false},
		"an edge":              {"╭──╮\n│   │\n╰──╯", true},
		"a bar":                {"a  │ b\na │ b\na │ b", true},
		"behind a wide sign":   {"東 │ b\nab │ b", false},
		"a wide sign as one":   {"東 │ b\na │ b", true},
		"a rule that is short": {"──────\n────", true},
		"a spinner of braille": {"a ⠋ b", true},
		"a rule of the width":  {"──────\n──────", false},
	} {
		width := 0
		for line := range strings.SplitSeq(c.frame, "\n") {
			width = max(width, cell.Width(line))
		}
		if got := gridOf(c.frame).off(width); (len(got) > 0) != c.off {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Nothing is one cell off at any width from 60 to 240: the scenes that show most at each
// seventh width, each from another one on, so that every width has several of them; the
// other scenes at some widths.
func TestNothingIsOneCellOff(t *testing.T) {
	t.Parallel()
	const narrow, wide, often, some = 60, 240, 7, 61
	heights := []int{24, 15, 48, 40, 60}
	for i, sc := range scenes() {
		if sc.ansi || strings.Contains(sc.name, "ascii") || strings.HasPrefix(sc.name, "small/") {
			continue
		}
		step := some
		if slices.Contains(everySize(), sc.name) {
			step = often
		}
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			if step != often {
				longtest.OneIn(t, 12)
			}
			edits := []func(*setting){}
			if sc.edit != nil {
				edits = append(edits, sc.edit)
			}
			play(t, 160, 48, func(s *stage) {
				if sc.know != nil {
					s.know(sc.know())
				}
				if sc.act != nil {
					sc.act(s)
				}
				for w := narrow + i%step; w <= wide; w += step {
					s.resize(w, heights[w%len(heights)])
					if off := gridOf(s.frame()).off(w); len(off) > 0 {
						t.Fatalf("%dx%d: %s\n%s", w, s.height, strings.Join(off, "; "), s.frame())
					}
				}
			}, edits...)
		})
	}
}
