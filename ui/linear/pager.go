package linear

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// pager reads a long list in pages. The numbers are those of the whole list, whatever is
// looked for.
type pager struct {
	items []item
	want  string // what is looked for; empty for nothing
	from  int    // the first that was read of the last page
}

// shown are the places of those that hold what is looked for.
func (p *pager) shown() []int {
	var out []int
	for i, x := range p.items {
		if p.want == "" || strings.Contains(strings.ToLower(x.word+" "+x.text), strings.ToLower(p.want)) {
			out = append(out, i)
		}
	}
	return out
}

// end is how many were read by now.
func (p *pager) end() int { return min(len(p.shown()), p.from+page) }

// more reports whether there is more to read.
func (p *pager) more() bool { return p.end() < len(p.shown()) }

// words say what may be answered to a list that is read in pages.
func (p *pager) words(quiet bool) []string {
	var can []string
	if len(p.shown()) > 0 {
		can = append(can, "a number or a name")
	}
	if quiet {
		can = append(can, "l reads the list")
	}
	if p.more() {
		can = append(can, fmt.Sprintf("m for more, %d of %d read", p.end(), len(p.shown())))
	}
	if len(p.items) > page {
		can = append(can, "/ with a text to look for")
	}
	return can
}

// filter looks for a text, and begins anew.
func (p *pager) filter(want string) { p.want, p.from = want, 0 }

// readPage reads the page.
func (s *session) readPage(p *pager) {
	shown := p.shown()
	for _, i := range shown[p.from:p.end()] {
		s.sayf("%s", strconv.Itoa(i+1)+" "+p.items[i].text)
	}
}

func (s *session) more(p *pager) {
	if !p.more() {
		s.sayf("That was all of it.")
		return
	}
	p.from += page
	s.readPage(p)
}

// holding says how many hold what is looked for, and reads them.
func (s *session) holding(p *pager, want string) {
	switch n := len(p.shown()); {
	case p.want == "":
		s.sayf("All are read again.")
	case n == 0:
		s.sayf("None of %s holds %s; all are read again.", phrase.Count(len(p.items), "answer"), strings.TrimSpace(want))
		p.filter("")
	default:
		s.sayf("%s of %d %s %s.", strconv.Itoa(n), len(p.items), phrase.Either(n, "holds", "hold"), p.want)
	}
	s.readPage(p)
}
