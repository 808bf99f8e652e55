package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/services/run/work"
	setupfile "github.com/peerdeck/peerdeck/services/setup/file"
)

// readSetup reads the set-up file that -f names, or standard input for "-". What
// forbids a run is an error that lists it all; warnings are printed.
func (c *cli) readSetup(ctx context.Context, path string) (setup.Request, error) {
	if path == "" {
		return setup.Request{}, errors.New("-f: name a set-up file, or - for standard input")
	}
	name := "the set-up file " + path
	request, err := work.Await(ctx, "reading the set-up file", func() (setup.Request, error) {
		if path == "-" {
			return setupfile.ReadFrom(c.world.In, "the set-up file on standard input")
		}
		return setupfile.Read(path)
	})
	if err != nil {
		return setup.Request{}, err
	}
	problems := request.Problems(dnstable.Surroundings{})
	var lines []string
	for _, p := range problems {
		lines = append(lines, problemLine(p))
	}
	if !setup.Runnable(problems) {
		return setup.Request{}, fmt.Errorf("%s cannot be run:\n%s", name, strings.Join(lines, "\n"))
	}
	c.warn(lines)
	return request, nil
}

// problemLine is a problem behind the key that it is about.
func problemLine(p setup.Problem) string {
	where := string(p.Field)
	if p.Index >= 0 {
		where += fmt.Sprintf(", mapping %d", p.Index+1)
	}
	if !p.Fatal() {
		where = p.Severity.String() + ": " + where
	}
	return where + ": " + p.Sentence()
}
