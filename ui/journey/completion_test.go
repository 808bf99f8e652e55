//go:build unix

package journey_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// evil are names that a cloud may have: each would do harm, or come apart, where a shell
// takes it as it stands.
const (
	evilCommand = `eu $(touch made-1) one`
	evilTicks   = "eu `touch made-2` two"
	evilQuotes  = `it's "quoted" \ and; touch made-3 # a & b | c > made-4`
	evilColons  = `us:prod=1 {a,b} * ? [x] ~ !`
)

// shellHome writes what an earlier session saw of networks, and returns the environment of a
// shell that finds the program by its name.
func shellHome(t *testing.T, networks ...string) (home string, env []string) {
	t.Helper()
	home = t.TempDir()
	state := filepath.Join(home, "state", "peerdeck")
	if err := os.MkdirAll(state, 0o700); err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	for i, name := range networks {
		line, err := json.Marshal(map[string]string{
			"at": "2026-11-29T02:00:00Z", "network": fmt.Sprintf("n-%d", i), "network_name": name, "aspect": "network", "to": "ready",
		})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	if err := os.WriteFile(filepath.Join(state, "history-one.jsonl"), lines.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, shell := range []string{"bash", "zsh", "fish"} {
		script, errs, code := command(t, nil, "completion", shell)
		if code != 0 || errs != "" {
			t.Fatalf("exit %d: %s", code, errs)
		}
		if err := os.WriteFile(filepath.Join(home, "peerdeck."+shell), []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return home, []string{
		"PATH=" + filepath.Dir(binary) + ":/usr/local/bin:/usr/bin:/bin", "HOME=" + home, "LANG=C.UTF-8", "TERM=dumb",
		"XDG_STATE_HOME=" + filepath.Join(home, "state"), "XDG_CONFIG_HOME=" + home, "ZDOTDIR=" + home, "INPUTRC=/dev/null",
	}
}

// shell finds a shell, or skips the test.
func shell(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("there is no %s here, so its completion is not tried", name)
	}
	return path
}

// untouched fails where something was run.
func untouched(t *testing.T, home string) {
	t.Helper()
	made, err := filepath.Glob(filepath.Join(home, "made*"))
	if err != nil || len(made) > 0 {
		t.Errorf("a name was run: %v, %v", made, err)
	}
}

// typed is what somebody types before the tab, and what the program gets then.
type typed struct {
	line string
	want []string
}

func common() []typed {
	return []typed{
		{"peerdeck status --network eu-p", []string{"status", "--network", "eu-prod"}},
		{"peerdeck status --network=eu-p", []string{"status", "--network=eu-prod"}},
		{"peerdeck stat", []string{"status"}},
		{"peerdeck explain azure-disconnected-", []string{"explain", "azure-disconnected-deleting"}},
		{"peerdeck status --network it", []string{"status", "--network", evilQuotes}},
		{"peerdeck status --network=it", []string{"status", "--network=" + evilQuotes}},
		{`peerdeck status --network it\'s\ `, []string{"status", "--network", evilQuotes}},
		{`peerdeck status --network "it's `, []string{"status", "--network", evilQuotes}},
		{`peerdeck status --network 'eu $(touch made-1) o`, []string{"status", "--network", evilCommand}},
		{"peerdeck status --network 'eu `touch made-2` t", []string{"status", "--network", evilTicks}},
		{`peerdeck status --network eu\ \$\(touch`, []string{"status", "--network", evilCommand}},
		{"peerdeck status --network us", []string{"status", "--network", evilColons}},
		{"peerdeck status --network 'us:pr", []string{"status", "--network", evilColons}},
		{`peerdeck status --network us\:prod\=`, []string{"status", "--network", evilColons}},
		{"peerdeck --demo status --network us-p", []string{"--demo", "status", "--network", "us-prod"}},
	}
}

// inShell types lines with a tab at the end into a shell in a terminal, whose function
// peerdeck prints what it is given, and compares that.
func inShell(t *testing.T, program string, env []string, home, prepare string, lines []typed, args ...string) {
	t.Helper()
	s := startProgram(t, 200, 60, env, program, args...)
	s.keys(prepare + "\r")
	s.until("ready>")
	for i, l := range lines {
		s.forget()
		s.keys(l.line, "\t", "\r")
		s.keys(fmt.Sprintf("echo done'-'%d\r", i))
		s.until(fmt.Sprintf("done-%d", i))
		got, err := os.ReadFile(filepath.Join(home, "given"))
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Join(l.want, "\x00") + "\x00"
		if string(got) != want {
			t.Errorf("%s<tab> gives %q, want %q", l.line, got, want)
		}
	}
	untouched(t, home)
	s.keys("exit\r")
}

func TestBashCompletes(t *testing.T) {
	t.Parallel()
	bash := shell(t, "bash")
	home, env := shellHome(t, "eu-prod", evilCommand, evilTicks, evilQuotes, evilColons)
	inShell(t, bash, env, home, `cd; source ./peerdeck.bash; peerdeck() { printf '%s\0' "$@" >~/given; }; PS1='read''y>'`, append(common(),
		// What two names have in common is put on the line, and is as harmless as the whole.
		typed{"peerdeck status --network eu\\ ", []string{"status", "--network", "eu "}},
		typed{`peerdeck status --network="it's`, []string{"status", "--network=" + evilQuotes}},
	), "--norc", "--noprofile", "-i")
}

func TestZshCompletes(t *testing.T) {
	t.Parallel()
	zsh := shell(t, "zsh")
	home, env := shellHome(t, "eu-prod", evilCommand, evilTicks, evilQuotes, evilColons)
	inShell(t, zsh, env, home, `cd; autoload -Uz compinit; compinit -D; source ./peerdeck.zsh; peerdeck() { printf '%s\0' "$@" >~/given; }; setopt nobanghist nolistbeep; PS1='read''y>'`, common(), "-f", "-i")
}

// Fish is asked what it would put on the line, and takes that as a word: its editor wants a
// terminal that answers.
func TestFishCompletes(t *testing.T) {
	t.Parallel()
	fish := shell(t, "fish")
	home, env := shellHome(t, "eu-prod", evilCommand, evilTicks, evilQuotes, evilColons)
	const script = `cd; source ./peerdeck.fish
for line in $argv
	eval printf '%s' (complete --do-complete $line --escape | string split --fields 1 \t)[1]
	printf '\0'
end`
	args := []string{"--no-config", "-c", script}
	for _, l := range common() {
		args = append(args, l.line)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, fish, args...)
	cmd.Env = env
	out, err := cmd.Output()
	words := strings.Split(string(out), "\x00")
	if err != nil || len(words) != len(common())+1 {
		t.Fatalf("%v: %q", err, out)
	}
	for i, l := range common() {
		if want := l.want[len(l.want)-1]; words[i] != want {
			t.Errorf("%s<tab> gives %q, want %q", l.line, words[i], want)
		}
	}
	untouched(t, home)
}
