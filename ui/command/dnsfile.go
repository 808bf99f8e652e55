package command

import (
	"context"
	"errors"
	"fmt"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// wanted is a table out of a file.
type wanted struct {
	path     string
	imported dnstable.Imported
	rows     []dnstable.Row
	lines    map[dnstable.RowID]int // where each row stands in the file
}

// readWanted reads a table from a file, or from standard input for "-". The format is
// found by the name and the contents unless it is given.
func (c *cli) readWanted(ctx context.Context, path, format string) (wanted, error) {
	if format != "" {
		if _, problem := dnstable.FormatNamed(format); problem != "" {
			return wanted{}, errors.New("--format: " + problem)
		}
	}
	imported, err := work.Await(ctx, "reading a mapping table", func() (dnstable.Imported, error) {
		if path == "-" {
			return mappings.ReadFrom(c.world.In, dnstable.Format(format))
		}
		return mappings.Read(path, dnstable.Format(format))
	})
	if err != nil {
		return wanted{}, withCure(err)
	}
	w := wanted{path: path, imported: imported, lines: map[dnstable.RowID]int{}}
	if w.imported.Problem != "" {
		if w.imported.Format == "" {
			return w, fmt.Errorf("%s cannot be read: %s", w.name(), w.imported.Problem)
		}
		return w, fmt.Errorf("%s cannot be read as %s: %s", w.name(), w.imported.Format.Label(), w.imported.Problem)
	}
	for _, l := range w.imported.Lines {
		if l.Refused() {
			continue
		}
		for _, d := range l.Domains {
			id := dnstable.RowID(len(w.rows) + 1)
			w.rows = append(w.rows, dnstable.Row{ID: id, Key: d, Servers: l.Servers, Extra: l.Extra})
			w.lines[id] = l.Line
		}
	}
	return w, nil
}

func (w wanted) name() string {
	if w.path == "-" {
		return "standard input"
	}
	return w.path
}

// refused lists the lines that could not be read, as findings.
func (w wanted) refused() []string {
	var out []string
	for _, l := range w.imported.Lines {
		if l.Refused() {
			out = append(out, w.name()+", "+l.Place()+": "+l.Reason())
		}
	}
	return out
}

// notes lists what was changed or passed over in reading.
func (w wanted) notes() []string {
	var out []string
	if guess := w.imported.Guess(); guess != "" {
		out = append(out, w.name()+": "+guess+"; --format reads it otherwise")
	}
	for _, n := range w.imported.Notes {
		out = append(out, w.name()+": "+n)
	}
	for _, l := range w.imported.Lines {
		for _, n := range l.Notes {
			out = append(out, fmt.Sprintf("%s, line %d: %s", w.name(), l.Line, n))
		}
	}
	return out
}
