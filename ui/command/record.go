package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/record"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
	"github.com/peerdeck/peerdeck/services/local/saved"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/report"
)

// toRecord lets a session be recorded, where that is wished. A file that is there is seen
// before anything is recorded that could not be kept.
func (c *cli) toRecord(s *session, goesOn bool) error {
	switch {
	case c.record == "" && !c.bundling:
		return nil
	case c.replay != "":
		return errors.New("--record and --replay: a recording that is looked at cannot be recorded; the file is what there is")
	}
	s.settings.Record = recorder(s, goesOn)
	if c.record == "" {
		return nil // for a bundle of this look
	}
	file := c.record
	if c.recorded++; c.recorded > 1 { // another context has a recording of its own
		end := filepath.Ext(file)
		file = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(file, end), c.recorded, end)
	}
	if err := saved.Vacant(file); err != nil {
		return fmt.Errorf("--record: %w", withCure(err))
	}
	s.finish = func() { c.keepRecording(s, file) }
	return nil
}

// recorder keeps what passes in a session.
func recorder(s *session, goesOn bool) *record.Recorder {
	now := s.settings.Time.Clock().Now
	if says := s.settings.Time.Says; says != nil {
		now = says
	}
	r := record.New(record.Options{Now: now})
	login := ""
	if !s.settings.Login.IsZero() {
		login = s.settings.Login.String()
	}
	r.In(s.settings.Cloud.Name(), login)
	if !goesOn {
		s.settings.Time.Says = r.Look
	}
	return r
}

// keepRecording writes what was recorded, without secrets, and says where it is.
func (c *cli) keepRecording(s *session, file string) {
	b := s.Recorded(typed(c.args))
	snapshot := s.Watcher.Latest()
	if status, err := json.Marshal(report.New(snapshot, snapshot.Networks)); err == nil {
		b.Status = status
	}
	if s.examined != nil {
		if found, err := json.Marshal(report.NewDoctor(*s.examined)); err == nil {
			b.Doctor = found
		}
	}
	if err := c.writeBundle(file, b, s.Secrets()); err != nil {
		c.unwritten = true
		c.complain(withCure(err))
		return
	}
	line := fmt.Sprintf("recorded %s and %s in %s", phrase.Count(len(b.Exchanges), "exchange"), phrase.Count(len(b.DNS), "DNS question"), file)
	if n := b.Session.LeftOut; n > 0 {
		line += fmt.Sprintf("; %s had no room, and newer ones to the same questions are there", phrase.Count(n, "answer"))
	}
	c.warn([]string{
		line, "look at it with: peerdeck --replay " + model.ShellQuote(file),
		"it holds your names and addresses, and no token; to send it, replace them with: peerdeck bundle --from " + model.ShellQuote(file),
	})
}

// typed is the command line without what only says where to record.
func typed(args []string) []string {
	out := []string{}
	for i := 0; i < len(args); i++ {
		if args[i] == "--record" {
			i++
			continue
		}
		if !strings.HasPrefix(args[i], "--record=") {
			out = append(out, args[i])
		}
	}
	return out
}

// recordedAt is the time of a recording that is looked at, zero for none.
func recordedAt(s settings.Settings) time.Time {
	if s.Replay == nil {
		return time.Time{}
	}
	return s.Replay.At()
}

// writeBundle writes the file of a bundle for its owner alone. What looks like a secret is
// taken out all the same: a cloud may have sent one back.
func (c *cli) writeBundle(path string, b bundle.Bundle, secrets []string) error {
	o := redact.Options{KeepNames: true, Secrets: append(redact.SecretsOf(c.world.Environment), secrets...)}
	data, _, err := bundle.Encode(redact.Bundle(b, o).Bundle)
	if err != nil {
		return err
	}
	return saved.Private(path, string(data))
}
