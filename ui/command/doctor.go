package command

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model"
	modeldoctor "github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/services/doctor"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/report"
)

func (c *cli) doctor() *cobra.Command {
	output := "text"
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check every way in: settings, keyring, proxy, certificates, tokens, sign-ins, rights",
		Long: "doctor looks at every way in, side by side, and changes nothing. Each line is a finding of the catalogue: peerdeck explain\n" +
			"CODE says more of one.\n\n" +
			"Exit codes: 0 every way in is open; 2 something needs somebody, or did not answer in time; 1 it could not look.",
		Example: "peerdeck doctor\npeerdeck doctor -o json",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runDoctor(ctx, output) }),
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "form: text, json, yaml")
	return cmd
}

func (c *cli) runDoctor(ctx context.Context, output string) (int, error) {
	if err := outputs(output, "text", "json", "yaml"); err != nil {
		return ExitFailed, err
	}
	within, cancel, err := c.inTime(ctx)
	if err != nil {
		return ExitFailed, err
	}
	defer cancel()
	s, err := c.open(within, false)
	if err != nil && c.replay != "" {
		return ExitFailed, err
	}
	seen := c.seen(s, err)
	if none, is := errors.AsType[secret.NoToken](err); is {
		s, err = c.openWithout(within)
		seen = c.seen(s, err)
		seen.NoToken = &modeldoctor.NoTokenFacts{NotAsked: none.NotAsked, Leave: none.Leave, Help: none.Help}
		for _, a := range none.Asked {
			seen.RingAsked = seen.RingAsked || a.Kind == model.FromKeyring
			seen.NoToken.Asked = append(seen.NoToken.Asked, modeldoctor.Source{From: cmp.Or(a.By, a.From), Why: a.Err.Error()})
		}
	}
	if err != nil {
		// Without settings nobody can be asked; what needs no asking is said all the same.
		r := modeldoctor.Report{At: time.Now(), Version: c.world.Build.Version, Checks: seen.Checks(settings.StateDir(c.world.Getenv)), Over: true}
		return ExitFailed, c.printDoctor(r, output)
	}
	defer s.end()
	r := c.doctors(s)(seen).Look(within, func(r modeldoctor.Report) {
		if len(r.Open) > 0 {
			c.progress("Not answered yet: " + strings.Join(r.Open, ", "))
		}
	})
	c.progress("")
	if ctx.Err() != nil {
		return ExitFailed, ctx.Err()
	}
	s.examined = &r
	if err := c.printDoctor(r, output); err != nil {
		return ExitFailed, err
	}
	if r.NeedsPerson() {
		return ExitAttention, nil
	}
	return ExitOK, nil
}

// doctors returns what makes a doctor for each look. That of a recording gives the report
// that was recorded: the ways in of this machine are no matter of it.
func (c *cli) doctors(s *session) func(wiring.Seen) *doctor.Doctor {
	if s.settings.Replay == nil {
		return s.Doctor(c.world.Panicked)
	}
	b := s.settings.Replay.Bundle()
	r := modeldoctor.Report{At: b.Manifest.Clock, Version: b.Manifest.Program, Checks: []modeldoctor.Check{modeldoctor.NotRecorded()}, Over: true}
	var kept report.Doctor
	if json.Unmarshal(b.Doctor, &kept) == nil {
		r = kept.Report()
	}
	return func(wiring.Seen) *doctor.Doctor { return doctor.Of(r) }
}

func (c *cli) printDoctor(r modeldoctor.Report, output string) error {
	if output != "text" {
		return report.WriteDocument(c.world.Out, report.Format(output), report.NewDoctor(r))
	}
	return c.print(report.DoctorText(r, c.world.Width, c.flags.ASCII))
}

// openWithout puts the services together without a token of Konnect: the rest can be asked
// all the same.
func (c *cli) openWithout(ctx context.Context) (*session, error) {
	s := &session{close: func() {}, finish: func() {}}
	var err error
	s.settings, err = settings.Load(ctx, c.flags, c.world.Getenv)
	if _, is := errors.AsType[secret.NoToken](err); err != nil && !is {
		return nil, err
	}
	if err := c.toRecord(s, c.goesOn); err != nil {
		return nil, err
	}
	if err := s.settings.OpenLog(c.world.Logging); err != nil {
		return nil, err
	}
	s.Bundle = wiring.Open(s.settings, c.world.Build.Version, false, c.world.Panicked)
	return s, nil
}
