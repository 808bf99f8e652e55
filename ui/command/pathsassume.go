package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/safe"
	pathsfile "github.com/peerdeck/peerdeck/services/paths/file"
	"github.com/peerdeck/peerdeck/ui/report"
)

// proposal reads the changes of --assume; nil without that flag.
func (c *cli) proposal(f pathsFlags) (*assume.Proposal, error) {
	switch {
	case f.assume == "":
		return nil, nil //nolint:nilnil // nothing is assumed, which is no error
	case len(f.to) > 0 || f.past:
		return nil, errors.New("--assume: it tells what would change everywhere; leave out --to and --past")
	case f.assume == "-":
		p, err := pathsfile.ReadFrom(c.world.In, "the what-if file from standard input")
		return &p, err
	default:
		p, err := pathsfile.Read(f.assume)
		return &p, err
	}
}

// mismatch refuses a file that is for another network than the one that is asked about.
func mismatch(p *assume.Proposal, f pathsFlags) (string, error) {
	if p == nil || p.Network.IsEmpty() {
		return f.network, nil
	}
	if asked := safe.New(f.network); !asked.IsEmpty() && !asked.EqualFold(p.Network) {
		return "", fmt.Errorf("--assume: the file is for the network %s, and --network names %s", p.Network.Quoted(), asked.Quoted())
	}
	return p.Network.String(), nil
}

// whatIf judges the changes and prints what they come to. Changes that cannot be assumed
// fail the command, and nothing is judged: half a proposal is another one.
func (c *cli) whatIf(v paths.View, p assume.Proposal, f pathsFlags) (int, error) {
	r := assume.Judge(v.Facts, p)
	if len(r.Refused) > 0 {
		texts := make([]string, len(r.Refused))
		for i, one := range r.Refused {
			texts[i] = "--assume: " + one.Error()
		}
		return ExitFailed, errors.New(strings.Join(texts, "\n"))
	}
	var err error
	if f.output == "text" {
		err = c.print(report.WhatIfText(r, c.flags.ASCII))
	} else {
		err = report.WriteDocument(c.world.Out, report.Format(f.output), report.NewWhatIf(r, string(v.State)))
	}
	if err != nil {
		return ExitFailed, err
	}
	code, err := c.pathsCode(v, false)
	if err != nil || v.State == paths.Cut || v.Failure != nil {
		return code, err
	}
	if r.NeedsPerson() {
		return ExitAttention, nil
	}
	return ExitOK, nil
}
