package command_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/build"
	"github.com/peerdeck/peerdeck/ui/command"
)

// A command line that cannot be carried out ends with one line that says what is wrong,
// on the standard error and nowhere else.
func TestWhatCannotBeCarriedOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no terminal":         {[]string{"--demo", "--linear=false"}, "the dashboard needs a terminal; for scripts and pipes there is: peerdeck status"},
		"no such flag":        {[]string{"status", "--colour"}, "unknown flag: --colour"},
		"a word for a number": {[]string{"sandbox", "--networks", "many"}, "it must be a number"},
		"no network named":    {[]string{"--demo", "dns", "list"}, "--network: name a network"},
		"a slip in a network": {[]string{"--demo", "status", "--network=eu-prdo"}, "there is no network \"eu-prdo\"; is eu-prod meant?\npeerdeck: Try: peerdeck --demo status --network=eu-prod\n"},
		"a slip in a network of a trace": {
			[]string{"--demo", "dns", "trace", "hr.example.org", "--network", "eu-prd", "--via", "socks5://bob:geheim@127.0.0.1:9"},
			"Try: peerdeck --demo dns trace hr.example.org --network eu-prod --via 'socks5://bob:***@127.0.0.1:9'\n",
		},
		"a slip in a resolver": {[]string{"--demo", "dns", "list", "--network", "eu-prod", "--resolver", "crop-dns"}, "Try: peerdeck --demo dns list --network eu-prod --resolver corp-dns\n"},
		"no such network":      {[]string{"--demo", "dns", "list", "--network", "zzz"}, "there is no network \"zzz\"; there are: au-edge, "},
		"no set-up file":       {[]string{"--demo", "setup"}, "-f: name a set-up file, or - for standard input"},
		"an unfinished file":   {[]string{"--demo", "setup", "-f", "-"}, "peering: the peering is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			w := command.World{
				In: strings.NewReader("network: eu-prod\n"), Out: &out, Err: &errs,
				Getenv: func(string) string { return "" }, Logging: func(string) error { return nil },
			}
			code := command.Execute(t.Context(), w, c.args)
			if code != command.ExitFailed || out.Len() > 0 || !strings.Contains(errs.String(), "peerdeck: ") || !strings.Contains(errs.String(), c.says) {
				t.Errorf("exit %d, out %q, errors %q", code, out.String(), errs.String())
			}
		})
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := command.World{Out: &out, Err: &out, Build: build.Info{Version: "9.8.7", Commit: "abc"}}
	if code := command.Execute(t.Context(), w, []string{"version"}); code != command.ExitOK || !strings.Contains(out.String(), "9.8.7") || !strings.Contains(out.String(), "abc") {
		t.Errorf("exit %d, %s", code, out.String())
	}
}
