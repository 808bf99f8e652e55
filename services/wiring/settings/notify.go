package settings

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

// notifyFile is the part of the configuration file that says what a person is told who
// looks elsewhere. Without it nothing is.
type notifyFile struct {
	Bell     *bool    `yaml:"bell"`
	Title    *bool    `yaml:"title"`
	Terminal *string  `yaml:"terminal"`
	Command  []string `yaml:"command"`
	// CommandTimeout is the most that the command may take.
	CommandTimeout *string `yaml:"command_timeout"`
	QuietHours     *string `yaml:"quiet_hours"`
	// Every is the least time between two of the same subject.
	Every *string `yaml:"every"`
}

// notify reads what a person is told: PEERDECK_NOTIFY lists ways (bell, title, auto, osc9,
// osc777, osc99, off) and goes before the file.
func notify(s *Settings, _ Flags, env Environment, file File) error {
	n := file.Notify
	r := telling.Rules{Terminal: telling.Off, Every: telling.UsualEvery, Limit: telling.UsualLimit, Command: slices.Clone(n.Command)}
	r.Bell, r.Title = n.Bell != nil && *n.Bell, n.Title != nil && *n.Title
	if n.Terminal != nil {
		r.Terminal = telling.Terminal(strings.ToLower(strings.TrimSpace(*n.Terminal)))
		if !slices.Contains(telling.Terminals(), r.Terminal) {
			return fmt.Errorf("notify.terminal: there is no way %q; there are %s", *n.Terminal, phrase.List(telling.Terminals()))
		}
	}
	if err := notifyTimes(&r, n); err != nil {
		return err
	}
	if len(r.Command) > 0 {
		if strings.TrimSpace(r.Command[0]) == "" {
			return errors.New("notify.command: the first of the list is the program, and it is empty")
		}
		if strings.ContainsAny(r.Command[0], "/\\~") {
			r.Command[0] = typed.PathIn(r.Command[0], env)
		}
	}
	if value := strings.TrimSpace(env("PEERDECK_NOTIFY")); value != "" {
		if err := notifyVariable(&r, value); err != nil {
			return err
		}
	}
	s.Notify = r
	return nil
}

func notifyTimes(r *telling.Rules, n notifyFile) error {
	var err error
	if n.QuietHours != nil {
		if r.Quiet, err = telling.ParseHours(*n.QuietHours); err != nil {
			return fmt.Errorf("notify.quiet_hours: %w", err)
		}
	}
	for _, d := range []struct {
		name  string
		text  *string
		to    *time.Duration
		least time.Duration
	}{{"notify.every", n.Every, &r.Every, 0}, {"notify.command_timeout", n.CommandTimeout, &r.Limit, time.Second}} {
		if d.text == nil {
			continue
		}
		if *d.to, err = time.ParseDuration(strings.ReplaceAll(*d.text, " ", "")); err != nil || *d.to < d.least || *d.to > 24*time.Hour {
			return fmt.Errorf("%s: %q is no time from %s to 24 h; write it as 10s or 15m", d.name, *d.text, phrase.Exact(d.least))
		}
	}
	return nil
}

// notifyVariable reads the list of PEERDECK_NOTIFY.
func notifyVariable(r *telling.Rules, value string) error {
	r.Bell, r.Title, r.Terminal = false, false, telling.Off
	for word := range strings.FieldsFuncSeq(strings.ToLower(value), func(c rune) bool { return c == ',' || c == ' ' }) {
		switch {
		case word == "bell":
			r.Bell = true
		case word == "title":
			r.Title = true
		case word == string(telling.Off):
			r.Command = nil
		case slices.Contains(telling.Terminals(), telling.Terminal(word)):
			r.Terminal = telling.Terminal(word)
		default:
			return fmt.Errorf("PEERDECK_NOTIFY: there is no way %q; there are bell, title, %s", word, phrase.List(telling.Terminals()))
		}
	}
	return nil
}
