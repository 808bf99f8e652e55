package command_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/command"
)

// What passes a filter is what passes it on Networks, names are what --network takes, and the
// exit code is of what passed.
func TestStatusChooses(t *testing.T) {
	t.Parallel()
	all := strings.Fields(outputOf(t, "--demo", "status", "-o", "name"))
	broken := strings.Fields(outputOf(t, "--demo", "status", "-o", "name", "--filter", "severity:broken"))
	well := strings.Fields(outputOf(t, "--demo", "status", "-o", "name", "--filter", "!severity:broken"))
	if len(broken) == 0 || len(well) == 0 || len(broken)+len(well) != len(all) {
		t.Errorf("%v and %v of %v", broken, well, all)
	}
	if got := outputOf(t, "--demo", "status", "-o", "name", "--network", broken[0]); got != broken[0]+"\n" {
		t.Errorf("%s is %q", broken[0], got)
	}
	if text := outputOf(t, "--demo", "status", "--filter", "name:"+broken[0]); !strings.Contains(text, broken[0]) || strings.Contains(text, " "+well[0]+" ") {
		t.Errorf("more or less than %s passes:\n%s", broken[0], text)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"none passes":      {[]string{"--filter", "no-such-thing"}, command.ExitOK, `no network passes the filter "no-such-thing"; 15 networks are there`},
		"no key":           {[]string{"--filter", "regoin:x"}, command.ExitFailed, `--filter: "regoin" is no key; keys are name, region`},
		"a key alone":      {[]string{"--filter", "regoin:"}, command.ExitFailed, "--filter: "},
		"names for ever":   {[]string{"-o", "name", "--watch"}, command.ExitFailed, "names are listed once"},
		"no form":          {[]string{"-o", "csv"}, command.ExitFailed, "there are table, json, yaml, name"},
		"broken is broken": {[]string{"-o", "name", "--filter", "severity:broken"}, command.ExitAttention, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			w := command.World{In: strings.NewReader(""), Out: &out, Err: &errs, Logging: func(string) error { return nil }, Getenv: func(string) string { return "" }}
			if code := command.Execute(t.Context(), w, append([]string{"--demo", "status"}, c.args...)); code != c.code || !strings.Contains(errs.String(), c.says) {
				t.Errorf("ends with %d: %s", code, errs.String())
			}
		})
	}
}
