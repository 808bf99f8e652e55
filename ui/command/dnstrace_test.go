package command_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/command"
)

// run carries out a command on the demo, and returns what it wrote.
func run(t *testing.T, out *bytes.Buffer, args ...string) (code int, errs string) {
	t.Helper()
	var e bytes.Buffer
	w := command.World{In: strings.NewReader(""), Out: out, Err: &e, Getenv: func(string) string { return "" }, Logging: func(string) error { return nil }}
	code = command.Execute(t.Context(), w, append([]string{"--demo"}, args...))
	return code, e.String()
}

// A trace begins with the conclusion: cause, place, next step, command; then comes the
// evidence; and what is not known is counted, unless it is asked for.
func TestATraceBeginsWithItsConclusion(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args  []string
		code  int
		lines []string // that it begins with
		has   []string
	}{
		"refused": {
			[]string{"hr.example.org", "--network", "eu-prod"},
			2,
			[]string{"Trace of hr.example.org on the network eu-prod", "", "10.20.0.5 refuses: ", "  where: 10.20.0.5 in the subnet snet-dns of vnet-hub; the row hr.example.org of the resolver corp-dns", "  next: ", "  $ dig @10.20.0.5 "},
			[]string{"\nEvidence\n", "facts are not known; --all lists them\n"},
		},
		"all of it": {
			[]string{"hr.example.org", "--network", "eu-prod", "--all"}, 2, []string{"Trace of"}, []string{"\nNot known\n  a name that cannot exist: 10.20.0.5: says REFUSED\n"},
		},
		"well":   {[]string{"www.corp.example.org", "--network", "eu-prod"}, 0, []string{"Trace of", "", "Both servers answer 10.20.0.52. Nothing is wrong with the name, as far as this place can tell (ok)"}, nil},
		"a slip": {[]string{"www.crop.example.org", "--network", "eu-prod"}, 2, []string{"Trace of", "", "No row", "  where: the mapping table of eu-prod", "  next: If www.corp.example.org is meant", "  $ peerdeck dns trace www.corp.example.org --network eu-prod"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			code, errs := run(t, &out, append([]string{"dns", "trace"}, c.args...)...)
			if code != c.code || errs != "" {
				t.Errorf("exit %d, %s", code, errs)
			}
			lines := strings.Split(out.String(), "\n")
			for i, want := range c.lines {
				if !strings.HasPrefix(lines[i], want) {
					t.Errorf("line %d is %q, not %q", i+1, lines[i], want)
				}
			}
			for _, want := range c.has {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is missing in\n%s", want, out.String())
				}
			}
		})
	}
}

// Programs get the conclusion under a key of its own.
func TestTheDocumentOfATraceHasAConclusion(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if code, errs := run(t, &out, "dns", "trace", "hr.example.org", "--network", "eu-prod", "-o", "json"); code != command.ExitAttention || errs != "" {
		t.Errorf("exit %d, %s", code, errs)
	}
	var doc struct {
		Conclusion map[string]string `json:"conclusion"`
		Findings   []struct {
			Code  string `json:"code"`
			Cause string `json:"cause"`
		} `json:"findings"`
		Checks []struct {
			State string `json:"state"`
			Code  string `json:"code"`
		} `json:"checks"`
		NotKnown []string `json:"not_known"`
	}
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"code", "severity", "confidence", "cause", "where", "next", "command"} {
		if doc.Conclusion[key] == "" {
			t.Errorf("%s is empty: %+v", key, doc.Conclusion)
		}
	}
	if len(doc.Findings) == 0 || doc.Findings[0].Code != doc.Conclusion["code"] || doc.Findings[0].Cause != doc.Conclusion["cause"] || len(doc.NotKnown) == 0 {
		t.Errorf("%+v", doc)
	}
	for _, c := range doc.Checks {
		if c.State != "done" && c.Code == "" {
			t.Errorf("%+v leads to nothing", c)
		}
	}
}

// A command whose time is over prints what is known by then, says that it was cut, and
// promises nothing.
func TestATraceEndsWithItsTime(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	code, errs := run(t, &out, "dns", "trace", "old.example.org", "--network", "eu-prod", "--timeout", "2s")
	text := out.String()
	if code != command.ExitAttention || !strings.Contains(errs, "the time of --timeout (2s) was over") || !strings.Contains(text, "state     cut short") || !strings.Contains(text, "rule      old.example.org") {
		t.Errorf("exit %d, %s\n%s", code, errs, text)
	}
	if strings.Contains(text+errs, "again by itself") || strings.Contains(text+errs, "keeps trying") {
		t.Errorf("it promises what it does not do:\n%s%s", text, errs)
	}
	out.Reset()
	if code, errs = run(t, &out, "dns", "probe", "--network", "eu-prod", "--timeout", "2s"); code != command.ExitAttention || !strings.Contains(errs, "the others were not asked") || !strings.Contains(out.String(), "old.example.org") {
		t.Errorf("exit %d, %s\n%s", code, errs, out.String())
	}
}

// chunks keeps what is written apart, by the write.
type chunks struct{ list []string }

func (c *chunks) Write(p []byte) (int, error) {
	c.list = append(c.list, string(p))
	return len(p), nil
}

// What is known without asking is printed before the servers are waited for, and not
// again at the end.
func TestWhatIsKnownBeforehandIsPrintedFirst(t *testing.T) {
	t.Parallel()
	var out chunks
	w := command.World{In: strings.NewReader(""), Out: &out, Err: new(bytes.Buffer), Getenv: func(string) string { return "" }, Logging: func(string) error { return nil }}
	code := command.Execute(t.Context(), w, []string{"--demo", "dns", "trace", "x.core.example.org", "--network", "de-core", "--timeout", "2s"})
	if code != command.ExitAttention || len(out.list) != 2 {
		t.Fatalf("exit %d, %q", code, out.list)
	}
	if head := out.list[0]; !strings.Contains(head, "168.63.129.16") || !strings.Contains(head, "[dns-error-target]") || strings.Contains(head, "Evidence") || strings.Contains(out.list[1], "[dns-error-target]\n  where") {
		t.Errorf("it begins with\n%s\nand goes on with\n%s", head, out.list[1])
	}
}
