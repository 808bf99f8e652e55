package command_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/local/build"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/ui/command"
)

// ran is what a command printed, and its exit code.
type ran struct {
	out, errs string
	code      int
}

// against runs a command on a simulated world.
func against(t *testing.T, s *sandbox.Server, args ...string) ran {
	t.Helper()
	env := map[string]string{
		"PEERDECK_KONNECT_URL": s.Konnect, "PEERDECK_ARM_URL": s.ARM, "PEERDECK_GRAPH_URL": s.Graph, "PEERDECK_LOGIN_URL": s.Login,
		"KONNECT_TOKEN": sandbox.Token, "PEERDECK_AZURE_TOKEN": sandbox.Token, "LANG": "C.UTF-8",
	}
	var out, errs bytes.Buffer
	code := command.Execute(t.Context(), command.World{
		In: strings.NewReader(""), Out: &out, Err: &errs, Build: build.Info{Version: "1.2.3"},
		Getenv: func(name string) string { return env[name] }, Logging: func(string) error { return nil },
	}, args)
	return ran{out.String(), errs.String(), code}
}

// patient runs a command with a time-out that doubles until it says what is wanted: how long
// a busy machine takes for what is not slowed down is not the matter of a test.
func patient(t *testing.T, s *sandbox.Server, says func(ran) bool, args ...string) ran {
	t.Helper()
	for limit := 400 * time.Millisecond; ; limit *= 2 {
		got := against(t, s, append(args, "--timeout", limit.String())...)
		if says(got) || limit > 10*time.Second {
			return got
		}
	}
}

// A server that slows peerdeck down costs the time of --timeout at most. What was read is
// printed, what was not says so, and nothing promises another try.
func TestSlowServersCostNoMoreThanTheTimeout(t *testing.T) {
	t.Parallel()
	const tooLong = "120"
	for name, c := range map[string]struct {
		fault sandbox.Fault
		out   []string // parts of what is printed
		errs  string   // a part of what is told on standard error
	}{
		"Azure hangs":                 {sandbox.Fault{Service: "arm", Kind: "hang"}, []string{"eu-prod", "cannot tell", "no answer"}, ""},
		"Azure asks for patience":     {sandbox.Fault{Service: "arm", Status: 429, RetryAfter: tooLong}, []string{"eu-prod", "fewer requests"}, ""},
		"private DNS hangs":           {sandbox.Fault{Service: "konnect", Path: "private-dns", Kind: "hang"}, []string{"eu-prod", "list private DNS"}, ""},
		"peerings: 429":               {sandbox.Fault{Service: "konnect", Path: "transit-gateways", Status: 429, RetryAfter: tooLong}, []string{"eu-prod", "(429)"}, ""},
		"peerings: 429, for no time":  {sandbox.Fault{Service: "konnect", Path: "transit-gateways", Status: 429, RetryAfter: "none"}, []string{"eu-prod", "(429)"}, ""},
		"Konnect hangs":               {sandbox.Fault{Service: "konnect", Kind: "hang"}, nil, "list networks: no answer"},
		"Konnect asks for patience":   {sandbox.Fault{Service: "konnect", Status: 429, RetryAfter: tooLong}, nil, "(429)"},
		"Konnect sends a byte a time": {sandbox.Fault{Service: "konnect", Path: "/networks", Delay: time.Hour}, nil, "list networks: no answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := sandboxtest.Start(t, sandbox.Options{Seed: 1})
			world.World.AddFault(c.fault)
			for _, form := range []string{"table", "json"} {
				got := patient(t, world, func(r ran) bool {
					silent := func(part string) bool { return form == "table" && !strings.Contains(r.out, part) }
					unsaid := form == "json" && c.fault.Service != "arm" && !tellsFailures(r.out)
					return strings.Contains(r.errs, c.errs) && !slices.ContainsFunc(c.out, silent) && !unsaid
				}, "status", "-o", form)
				if got.code != command.ExitAttention || !strings.Contains(got.errs, c.errs) {
					t.Errorf("%s: exit %d, errors %q", form, got.code, got.errs)
				}
				for _, part := range c.out {
					if form == "table" && !strings.Contains(got.out, part) {
						t.Errorf("%s does not say %q:\n%s", form, part, got.out)
					}
				}
				if strings.Contains(got.out+got.errs, "by itself") || strings.Contains(got.out+got.errs, "being read") || strings.Contains(got.out+got.errs, "keeps trying") {
					t.Errorf("%s promises what does not come:\n%s%s", form, got.out, got.errs)
				}
				if form == "json" && !json.Valid([]byte(got.out)) {
					t.Errorf("it is no JSON: %s", got.out)
				}
				if form == "json" && c.fault.Service != "arm" && !tellsFailures(got.out) {
					t.Errorf("no failure with its cure in %s", got.out)
				}
			}
		})
	}
}

// tellsFailures reports whether a document of status has failures, with their cures.
func tellsFailures(out string) bool {
	var document struct {
		Failures []struct {
			Cure string `json:"cure"`
		} `json:"failures"`
	}
	err := json.Unmarshal([]byte(out), &document)
	return err == nil && len(document.Failures) > 0 && document.Failures[0].Cure != ""
}

func TestATimeoutThatIsNone(t *testing.T) {
	t.Parallel()
	world := sandboxtest.Start(t, sandbox.Options{Seed: 1})
	for _, given := range []string{"0s", "-3s"} {
		if got := against(t, world, "status", "--timeout", given); got.code != command.ExitFailed || !strings.Contains(got.errs, "--timeout: "+given) {
			t.Errorf("exit %d, %q", got.code, got.errs)
		}
	}
}
