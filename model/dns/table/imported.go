package table

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Imported is what a text was read as.
type Imported struct {
	Format Format
	// Guessed reports that nothing in the text, and not its name, tells the format for
	// certain; nobody named it either.
	Guessed bool
	Lines   []ImportLine // in the order of the text
	// Problem says why the whole text cannot be used, and the way out. There are no
	// lines then.
	Problem string
	Notes   []string // what was passed over or changed, and belongs to no line
}

// ImportLine is one mapping of a text, or one part of it that was refused. It has
// domains and servers, or a problem.
type ImportLine struct {
	Line    int       // where it begins, from 1; 0 when that is unknown
	Column  int       // of the word that is refused, else where it begins; in characters from 1, 0 when that is unknown
	Source  safe.Text // as it stands, cut when it is long
	Domains []safe.Text
	Servers []safe.Text // as written, the first one is asked first
	// Extra are the members of an entry of a resolver's map that peerdeck does not
	// know; the line has one domain then.
	Extra   []Member
	Problem string   // why it is refused, with the way out; empty: it was read
	Rule    string   // that it breaks, where a rule speaks of it
	Notes   []string // what was left out or changed in reading it
}

// Refused reports whether the line is no mapping.
func (l ImportLine) Refused() bool { return l.Problem != "" }

// Reason is why the line is refused, with the rule that it breaks; empty for others.
func (l ImportLine) Reason() string { return withRule(l.Problem, l.Rule) }

// Count returns how many lines were read as they stand, how many were changed in
// reading, and how many were refused.
func (i Imported) Count() (read, changed, refused int) {
	for _, l := range i.Lines {
		switch {
		case l.Refused():
			refused++
		case len(l.Notes) > 0:
			changed++
		default:
			read++
		}
	}
	return read, changed, refused
}

// Mappings returns the mappings that were read, in the order of the text.
func (i Imported) Mappings() []model.DNSMapping {
	var out []model.DNSMapping
	for _, l := range i.Lines {
		if !l.Refused() {
			out = append(out, model.DNSMapping{Domains: l.Domains, Servers: l.Servers})
		}
	}
	return out
}

// Rows returns the mappings that were read as rows, one for each domain. A domain that
// stands twice stays twice.
func (i Imported) Rows() []Row {
	var out []Row
	for _, l := range i.Lines {
		if l.Refused() {
			continue
		}
		for _, d := range l.Domains {
			out = append(out, Row{Key: d, Servers: slices.Clone(l.Servers), Extra: slices.Clone(l.Extra)})
		}
	}
	return out
}

// Guess says that the format is a guess, and how to say otherwise; empty for one that is
// certain.
func (i Imported) Guess() string {
	if !i.Guessed || i.Problem != "" {
		return ""
	}
	return "it was read as " + i.Format.Label() + ", which is a guess, since nothing in it tells the format"
}

// Place says where a line of a text stands: "line 3, column 5".
func (l ImportLine) Place() string {
	if l.Column > 0 {
		return fmt.Sprintf("line %d, column %d", l.Line, l.Column)
	}
	return fmt.Sprintf("line %d", l.Line)
}
