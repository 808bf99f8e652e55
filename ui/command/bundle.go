package command

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model"
	modeldoctor "github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
	"github.com/peerdeck/peerdeck/services/bundle/standins"
	"github.com/peerdeck/peerdeck/services/local/saved"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/report"
)

type bundleFlags struct {
	output    string
	from      string
	keepNames bool
	yes       bool
}

func (c *cli) bundle() *cobra.Command {
	var f bundleFlags
	cmd := &cobra.Command{
		Use:   "bundle",
		Short: "Put what peerdeck sees into one file, without secrets, for a ticket or a colleague",
		Long: "bundle reads both clouds once and writes one file: the networks and peerings with what was found, the history, the set-ups'\n" +
			"journals, the activity, and the exchanges with the clouds. Somebody else opens it with peerdeck --replay FILE.\n\n" +
			"Tokens never get in. Names, ids, domains and addresses are replaced by stand-ins, unless --keep-names says otherwise: the\n" +
			"same thing has the same stand-in everywhere, ranges still overlap and the same mapping still wins. What the stand-ins stand\n" +
			"for stays on this machine: peerdeck bundle names translates back. What is inside is shown before anything is written.\n\n" +
			"Exit codes: 0 it is written; 2 you said no; 1 it failed.",
		Example: "peerdeck bundle\npeerdeck bundle -o ticket-4711.zip --yes\npeerdeck bundle --from recording.zip -o ticket-4711.zip",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runBundle(ctx, f) }),
	}
	p := cmd.Flags()
	p.StringVarP(&f.output, "output", "o", "", "the file to write (default peerdeck-TIME.zip here)")
	p.StringVar(&f.from, "from", "", "make it of this file that --record has written, and ask nobody")
	p.BoolVar(&f.keepNames, "keep-names", false, "leave names, ids and addresses as they are; tokens go all the same")
	p.BoolVar(&f.yes, "yes", false, "write without asking; needed when standard input is not a terminal")
	cmd.AddCommand(c.bundleShow(), c.bundleNames())
	return cmd
}

func (c *cli) runBundle(ctx context.Context, f bundleFlags) (int, error) {
	switch {
	case c.replay != "":
		return ExitFailed, errors.New("--replay: this looks at a bundle already; to make another one of it, say: peerdeck bundle --from " + model.ShellQuote(c.replay))
	case !f.yes && !c.world.InTTY:
		return ExitFailed, errors.New("standard input is no terminal, so nobody can be asked whether what is inside may leave: give --yes to write it")
	}
	now := time.Now()
	if f.output == "" {
		f.output = "peerdeck-" + now.UTC().Format("20060102-150405") + ".zip"
	}
	if err := saved.Vacant(f.output); err != nil {
		return ExitFailed, fmt.Errorf("-o: %w", withCure(err))
	}
	b, secrets, err := c.gather(ctx, f.from)
	if err != nil {
		return ExitFailed, err
	}
	b.Manifest.MadeAt = now.UTC().Truncate(time.Second)
	out, err := c.redacted(ctx, b, redact.Options{KeepNames: f.keepNames, Secrets: secrets}, now)
	if err != nil {
		return ExitFailed, withCure(err)
	}
	data, manifest, err := bundle.Encode(out.Bundle)
	if err != nil {
		return ExitFailed, withCure(err)
	}
	c.warn(contents(manifest, len(data), out))
	if !f.yes {
		answer, err := c.ask(ctx, bufio.NewReader(c.world.In), fmt.Sprintf("Write it to %s? [y/N] ", f.output))
		if err != nil || !agreed(answer) {
			return ExitAttention, errors.Join(err, errors.New("nothing was written"))
		}
	}
	if err := saved.Private(f.output, string(data)); err != nil {
		return ExitFailed, withCure(err)
	}
	return ExitOK, c.print(f.output + "\n")
}

// gather returns what is to be bundled, and the secrets that this program has met: what a
// fresh look finds, or what a recording holds.
func (c *cli) gather(ctx context.Context, from string) (bundle.Bundle, []string, error) {
	secrets := redact.SecretsOf(c.world.Environment)
	if from != "" {
		b, err := bundle.Open(from)
		if err != nil {
			return bundle.Bundle{}, nil, withCure(err)
		}
		return b, secrets, nil
	}
	c.bundling = true
	s, err := c.open(ctx, false)
	if err != nil {
		return bundle.Bundle{}, nil, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	snapshot, err := c.look(ctx, s, "")
	if err != nil {
		return bundle.Bundle{}, nil, err
	}
	if failure, failed := unread(snapshot); failed {
		c.warn([]string{"this is in the bundle too: " + failure.Error()})
	}
	b := s.Recorded(typed(c.args))
	if b.Doctor, err = c.examined(ctx, s); err != nil {
		return bundle.Bundle{}, nil, err
	}
	document := report.New(snapshot, snapshot.Networks)
	if b.Status, err = json.Marshal(document); err == nil {
		b.Findings, err = json.Marshal(document.Found())
	}
	return b, append(secrets, s.Secrets()...), err
}

// examined is the doctor's report, as far as it comes in the time of --timeout.
func (c *cli) examined(ctx context.Context, s *session) (json.RawMessage, error) {
	within, cancel, err := c.inTime(ctx)
	if err != nil {
		return nil, err
	}
	defer cancel()
	r := s.Doctor(c.world.Panicked)(c.seen(s, nil)).Look(within, func(modeldoctor.Report) {})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return json.Marshal(report.NewDoctor(r))
}

// standIns is where this user keeps what stand-ins stand for. The demo keeps nothing.
func (c *cli) standIns() *standins.Store {
	if c.demo {
		return standins.NewStore("")
	}
	return standins.NewStore(filepath.Join(settings.StateDir(c.world.Getenv), "bundle"))
}

// redacted takes out of a bundle what must not leave the machine.
func (c *cli) redacted(ctx context.Context, b bundle.Bundle, o redact.Options, now time.Time) (redact.Result, error) {
	if o.KeepNames {
		return redact.Bundle(b, o), nil
	}
	var out redact.Result
	note, err := c.standIns().Use(ctx, now, func(key redact.Key, names redact.Names) redact.Names {
		o.Key, o.Names = key, names
		out = redact.Bundle(b, o)
		return out.Names
	})
	if note != "" {
		c.warn([]string{note})
	}
	return out, err
}
