package command_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/command"
)

// completed asks the program as a shell does, and returns the words and the notes on them.
// Nothing of a cloud is there to be asked.
func completed(t *testing.T, env map[string]string, args ...string) (words, notes []string) {
	t.Helper()
	var out bytes.Buffer
	w := command.World{
		In: strings.NewReader(""), Out: &out, Err: io.Discard, Getenv: func(name string) string { return env[name] },
		Logging: func(string) error { return nil },
	}
	if code := command.Execute(t.Context(), w, append([]string{"__complete"}, args...)); code != command.ExitOK {
		t.Fatalf("exit %d: %s", code, out.String())
	}
	lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	for _, line := range lines[:len(lines)-1] { // the last one says how to go on
		word, note, _ := strings.Cut(line, "\t")
		words, notes = append(words, word), append(notes, note)
	}
	return words, notes
}

// history writes what an earlier session has kept, and returns the environment of it.
func history(t *testing.T, organization string, lines ...string) map[string]string {
	t.Helper()
	home := t.TempDir()
	if err := os.MkdirAll(filepath.Join(home, "peerdeck"), 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, "peerdeck", "history-"+organization+".jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return map[string]string{"XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home}
}

// odd are names that people give, and that a shell would take apart.
func odd(t *testing.T) map[string]string {
	t.Helper()
	return history(t, "one",
		`{"at":"2026-11-29T02:00:00Z","network":"n-1","network_name":"eu-prod","aspect":"network","to":"ready"}`,
		`{"at":"2026-11-29T02:00:00Z","network":"n-1","network_name":"eu-prod","object":"p-1","object_name":"hub vnet","aspect":"konnect","to":"ready"}`,
		`{"at":"2026-11-29T02:00:00Z","network":"n-1","network_name":"eu-prod","object":"d-1","object_name":"corp-dns","aspect":"private-dns","to":"ready"}`,
		`{"at":"2026-11-29T02:00:00Z","network":"n-1","network_name":"eu-prod","object":"d-1","object_name":"corp-dns","aspect":"table","to":"{\"orders.example.org\":\"10.0.0.4\"}"}`,
		`{"at":"2026-11-29T02:00:00Z","network":"n-2","network_name":"eu it's a \"test\" $HOME:1","aspect":"network","to":"ready"}`,
		`{"at":"2026-11-29T02:00:00Z","network":"n-3","network_name":"twin","aspect":"network","to":"ready"}`,
		`{"at":"2026-11-29T02:00:00Z","network":"n-4","network_name":"twin","aspect":"network","to":"ready"}`,
		`{"at":"2026-11-29T02:00:00Z","network":"n-5","network_name":"gone","aspect":"network","to":"ready"}`,
		`{"at":"2026-11-29T02:10:00Z","network":"n-5","network_name":"gone","aspect":"network","from":"ready","to":""}`,
		`{"at":"2026-11-29T02:00:00Z","network":"n-6","network_name":"us-lab","object":"p-6","object_name":"lab-vnet","aspect":"konnect","to":"ready"}`,
		`what a machine without power has left`,
	)
}

func TestWhatIsThereIsCompleted(t *testing.T) {
	t.Parallel()
	env := odd(t)
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"status", "--network", "e"}, []string{"eu it's a \"test\" $HOME:1", "eu-prod"}},
		{[]string{"status", "--network=eu-"}, []string{"eu-prod"}},
		{[]string{"dns", "trace", "x", "--network", "t"}, nil},
		{[]string{"dns", "list", "--network", "n-3"}, []string{"n-3"}},
		{[]string{"mend", "--network", "eu-prod", "--peering", ""}, []string{"hub vnet", "p-1"}},
		{[]string{"mend", "--network", "n-6", "--peering", "l"}, []string{"lab-vnet"}},
		{[]string{"mend", "--peering", "hub"}, []string{"hub vnet"}},
		{[]string{"dns", "list", "--network", "eu-prod", "--resolver", "c"}, []string{"corp-dns"}},
		{[]string{"known", "add", "azure-disconnected", "--network", "eu-prod", "--subject", ""}, []string{"corp-dns", "hub vnet", "d-1", "p-1"}},
		{[]string{"dns", "trace", "ord"}, []string{"orders.example.org"}},
		{[]string{"dns", "trace", "orders.example.org", "ord"}, nil},
		{[]string{"dns", "trace", "--network", "us-lab", ""}, nil},
		{[]string{"paths", "--network", "eu-prod", "--to", "o"}, []string{"orders.example.org"}},
		{[]string{"explain", "azure-disc"}, []string{"azure-disconnected", "azure-disconnected-deleting"}},
		{[]string{"explain", "azure-disconnected", "a"}, nil},
		{[]string{"status", "-o", "j"}, []string{"json"}},
		{[]string{"setup", "-o", ""}, []string{"text", "json"}},
		{[]string{"dns", "export", "-o", "ter"}, []string{"terraform"}},
		{[]string{"--azure-cloud", "gov"}, []string{"government"}},
		{[]string{"--azure-sign-in", "man"}, []string{"managed-identity"}},
	} {
		if got, _ := completed(t, env, c.args...); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.args, got, c.want)
		}
	}
}

// An id says what it is of.
func TestAnIdHasItsName(t *testing.T) {
	t.Parallel()
	words, notes := completed(t, odd(t), "status", "--network", "n-")
	if !slices.Equal(words, []string{"n-1", "n-2", "n-3", "n-4", "n-6"}) || notes[2] != "twin" {
		t.Errorf("%q, %q", words, notes)
	}
}

func TestTheDemoAndContextsAreCompleted(t *testing.T) {
	t.Parallel()
	env := odd(t)
	if words, _ := completed(t, env, "--demo", "status", "--network", "us-p"); !slices.Equal(words, []string{"us-prod"}) {
		t.Errorf("%q", words)
	}
	if words, _ := completed(t, env, "--replay", "no-such-file", "status", "--network", ""); len(words) > 0 {
		t.Errorf("%q", words)
	}
	config := filepath.Join(env["XDG_CONFIG_HOME"], "peerdeck", "config.yaml")
	if err := os.WriteFile(config, []byte("contexts:\n  production: {}\n  \"my prod\": {}\n  staging: {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--context", "p"}, {"context", "use", "p"}} {
		if words, _ := completed(t, env, args...); !slices.Equal(words, []string{"production"}) {
			t.Errorf("%q: %q", args, words)
		}
	}
}

// Where nothing is kept, or nothing of it can be read, there is nothing to offer, and no word.
func TestNothingIsOfferedOfNothing(t *testing.T) {
	t.Parallel()
	for _, env := range []map[string]string{
		{"XDG_STATE_HOME": t.TempDir()},
		history(t, "newer", `{"v":99,"network":"n-1","network_name":"eu-prod","aspect":"network","to":"ready"}`),
	} {
		if words, _ := completed(t, env, "status", "--network", ""); len(words) > 0 {
			t.Errorf("%q", words)
		}
	}
}
