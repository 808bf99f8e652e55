//go:build unix

package journey_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// inPowerShell is what somebody types there before the tab, what the script asks the program
// for then, and what the program gets when the line is run.
type inPowerShell struct {
	line  string
	asked []string // what goes behind __complete
	want  []string
}

func powerShellLines() []inPowerShell {
	network := func(asked string) []string { return []string{"status", "--network", asked} }
	return []inPowerShell{
		{"peerdeck status --network eu-p", network(""), network("eu-prod")},
		{"peerdeck status --network=eu-p", []string{"status", "--network="}, []string{"status", "--network=eu-prod"}},
		{"peerdeck stat", []string{""}, []string{"status"}},
		{"peerdeck explain azure-disconnected-", []string{"explain", ""}, []string{"explain", "azure-disconnected-deleting"}},
		{"peerdeck status --network it", network(""), network(evilQuotes)},
		{"peerdeck status --network=it", []string{"status", "--network="}, []string{"status", "--network=" + evilQuotes}},
		{`peerdeck status --network 'eu $(touch made-1)'`, network(""), network(evilCommand)},
		{"peerdeck status --network 'eu `t'", network(""), network(evilTicks)},
		{`peerdeck status --network us`, network(""), network(evilColons)},
		{`peerdeck status --network "us:pr"`, network(""), network(evilColons)},
		{"peerdeck --demo status --network us-p", []string{"--demo", "status", "--network", ""}, []string{"--demo", "status", "--network", "us-prod"}},
	}
}

// In PowerShell itself, where there is one: the line is completed as its editor does it, and
// run, with a function in the program's place.
func TestPowerShellCompletes(t *testing.T) {
	t.Parallel()
	pwsh := shell(t, "pwsh")
	home, env := shellHome(t, "eu-prod", evilCommand, evilTicks, evilQuotes, evilColons)
	script, _, _ := command(t, nil, "completion", "powershell")
	const run = `Set-Location $HOME
. ./peerdeck.ps1
function peerdeck { [IO.File]::AppendAllText("$HOME/given", (($args | ForEach-Object { "$_" }) -join [char]0) + [char]0 + [char]1) }
foreach ($line in Get-Content ./lines) {
	$c = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
	$first = $c.CompletionMatches | Select-Object -First 1
	if ($first) { $line = $line.Substring(0, $c.ReplacementIndex) + $first.CompletionText + $line.Substring($c.ReplacementIndex + $c.ReplacementLength) }
	Invoke-Expression $line
}`
	var lines strings.Builder
	for _, l := range powerShellLines() {
		lines.WriteString(l.line + "\n")
	}
	for name, text := range map[string]string{"peerdeck.ps1": script, "lines": lines.String(), "run.ps1": run} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, pwsh, "-NoProfile", "-NonInteractive", "-File", filepath.Join(home, "run.ps1"))
	cmd.Env = append(slices.Clone(env), "POWERSHELL_TELEMETRY_OPTOUT=1", "POWERSHELL_UPDATECHECK=Off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	given, err := os.ReadFile(filepath.Join(home, "given"))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(string(given), "\x01")
	for i, l := range powerShellLines() {
		if want := strings.Join(l.want, "\x00") + "\x00"; i >= len(got) || got[i] != want {
			t.Errorf("%s<tab> gives %q, want %q", l.line, got[min(i, len(got)-1)], want)
		}
	}
	untouched(t, home)
}

// Beside it, where there is no PowerShell: what the script asks the program for is answered
// with the name, and the name is one word of a line again when it is quoted as there.
func TestPowerShellIsAnsweredWithWords(t *testing.T) {
	t.Parallel()
	home, env := shellHome(t, "eu-prod", evilCommand, evilTicks, evilQuotes, evilColons)
	for _, l := range powerShellLines() {
		env := slices.Clone(env)
		out, _, code := command(t, env, append([]string{"__complete"}, l.asked...)...)
		lines := strings.Split(strings.TrimRight(out, "\n"), "\n")
		if code != 0 || !regexp.MustCompile(`^:\d+$`).MatchString(lines[len(lines)-1]) {
			t.Errorf("%s: exit %d, and the last line is %q", l.line, code, lines[len(lines)-1])
			continue
		}
		want := l.want[len(l.want)-1]
		want = strings.TrimPrefix(want, "--network=")
		found := false
		for _, line := range lines[:len(lines)-1] {
			name, _, _ := strings.Cut(line, "\t")
			found = found || name == want
			if word, rest := powerShellWord(quotedThere(name)); word != name || rest != "" {
				t.Errorf("%s: %q is on the line %s, which is %q and %q", l.line, name, quotedThere(name), word, rest)
			}
		}
		if !found {
			t.Errorf("%s: %q is not among %q", l.line, want, lines)
		}
	}
	untouched(t, home)
}

// quotedThere is what Get-Quoted of the script makes of a name. Source: the script, and
// CodeGeneration.EscapeSingleQuotedStringContent of PowerShell, which doubles every sign that
// ends such a string.
func quotedThere(name string) string {
	if regexp.MustCompile(`^[\p{L}\p{Nd}_./:=+-]+$`).MatchString(name) {
		return name
	}
	return "'" + regexp.MustCompile("['\u2018\u2019\u201a\u201b]").ReplaceAllString(name, "$0$0") + "'"
}

// powerShellWord reads the first word of a line by the rules of PowerShell: in single quotes
// everything is as it stands but a doubled quote; without them signs have a meaning. Source:
// about_Quoting_Rules and about_Special_Characters.
func powerShellWord(line string) (word, rest string) {
	quotes := "'\u2018\u2019\u201a\u201b"
	text := []rune(line)
	if len(text) == 0 || !strings.ContainsRune(quotes, text[0]) {
		end := strings.IndexAny(line, " \t\n'\"`$(){};,|&<>@#\u2018\u2019\u201a\u201b\u201c\u201d\u201e")
		if end < 0 {
			return line, ""
		}
		return line[:end], line[end:]
	}
	var out []rune
	for i := 1; i < len(text); i++ {
		if !strings.ContainsRune(quotes, text[i]) {
			out = append(out, text[i])
			continue
		}
		if i+1 < len(text) && strings.ContainsRune(quotes, text[i+1]) {
			i++
			out = append(out, text[i])
			continue
		}
		return string(out), string(text[i+1:])
	}
	return string(out), " is not ended"
}
