package settings_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// What cannot be meant is refused with the thing, the value and the way out; what stands in
// no setting is named with its line.
func TestWhatCannotBeTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, env string
		says      []string
	}{
		"a key with a slip":    {"notify:\n  bel: true\n", "", []string{"line 2, column 3", `"bel"`, `nearest is "bell"`}},
		"a group with a slip":  {"notfy:\n  bell: true\n", "", []string{"line 1, column 1", `"notfy"`, `nearest is "notify"`}},
		"hours with a slip":    {"notify:\n  quiet_hour: 22:00-07:00\n", "", []string{"line 2, column 3", `nearest is "quiet_hours"`}},
		"a bell that is none":  {"notify:\n  bell: loud\n", "", []string{"line 2, column 9", `"loud"`, "true or false"}},
		"a line for a shell":   {"notify:\n  command: notify-send hello\n", "", []string{"line 2, column 12", `"notify-send hello"`, "list"}},
		"no program":           {"notify:\n  command: [\"\", x]\n", "", []string{"notify.command", "the first of the list is the program"}},
		"a way that is none":   {"notify:\n  terminal: growl\n", "", []string{"notify.terminal", `"growl"`, "off, auto, osc9, osc777, osc99"}},
		"hours that are none":  {"notify:\n  quiet_hours: at night\n", "", []string{"notify.quiet_hours", `"at night"`, "22:00-07:00"}},
		"hours of 25":          {"notify:\n  quiet_hours: 22:00-25:00\n", "", []string{"notify.quiet_hours", `"25:00"`, "22:00-07:00"}},
		"no hours at all":      {"notify:\n  quiet_hours: 07:00-07:00\n", "", []string{"notify.quiet_hours", "leave them out"}},
		"no unit":              {"notify:\n  every: 15\n", "", []string{"notify.every", `"15"`, "15m"}},
		"less than nothing":    {"notify:\n  every: -1m\n", "", []string{"notify.every", `"-1m"`, "to 24 h"}},
		"too long":             {"notify:\n  every: 25h\n", "", []string{"notify.every", `"25h"`, "to 24 h"}},
		"no time to run":       {"notify:\n  command_timeout: 0s\n", "", []string{"notify.command_timeout", `"0s"`, "from 1 s to 24 h"}},
		"a variable that errs": {"", "PEERDECK_NOTIFY=bell,flash", []string{"PEERDECK_NOTIFY", `"flash"`, "bell, title, off, auto"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := settings.Load(t.Context(), settings.Flags{Config: config(t, c.file)}, environment("KONNECT_TOKEN=x", c.env))
			if err == nil {
				t.Fatal("it is let through")
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
		})
	}
}

func TestWhatIsToldIsChosen(t *testing.T) {
	t.Parallel()
	load := func(file, env string) telling.Rules {
		s, err := settings.Load(t.Context(), settings.Flags{Config: config(t, file)}, environment("KONNECT_TOKEN=x", "HOME=/home/maria", env))
		if err != nil {
			t.Fatal(err)
		}
		return s.Notify
	}
	if r := load("", ""); r.On() || r.Title || r.Every != telling.UsualEvery || r.Limit != telling.UsualLimit {
		t.Errorf("nobody chose anything: %+v", r)
	}
	file := "notify:\n  bell: true\n  title: true\n  terminal: OSC99\n  command: [~/bin/tell, $HOME]\n  command_timeout: 3s\n  quiet_hours: 22:00-07:00\n  every: 1 h\n"
	r := load(file, "")
	if !r.Bell || !r.Title || r.Terminal != telling.OSC99 || r.Limit != 3*time.Second || r.Every != time.Hour || r.Quiet.String() != "22:00-07:00" ||
		!slices.Equal(r.Command, []string{"/home/maria/bin/tell", "$HOME"}) {
		t.Errorf("%+v", r)
	}
	if r = load(file, "PEERDECK_NOTIFY=auto"); r.Bell || r.Title || r.Terminal != telling.Auto || len(r.Command) != 2 || r.Every != time.Hour {
		t.Errorf("the variable goes before the file: %+v", r)
	}
	if r = load(file, "PEERDECK_NOTIFY=off"); r.On() || r.Title {
		t.Errorf("off is off: %+v", r)
	}
}
