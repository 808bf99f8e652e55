package completion_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/command/completion"
)

const breaks = " \t\n\"'><=;|&(:"

func TestALineIsReadAndNotEvaluated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line  string
		words []string
		typed string
	}{
		{"peerdeck ", []string{"peerdeck"}, ""},
		{"peerdeck st", []string{"peerdeck"}, "st"},
		{`peerdeck a\ b "c d" 'e\f' '' g`, []string{"peerdeck", "a b", "c d", `e\f`, ""}, "g"},
		{`peerdeck "a\$\"\x" $(touch x`, []string{"peerdeck", `a$"\x`, "$(touch"}, "x"},
		{`peerdeck --network="it's `, []string{"peerdeck"}, "--network=it's "},
		{`peerdeck x\`, []string{"peerdeck"}, `x\`},
		{"", nil, ""},
	} {
		if l := completion.ReadLine(c.line, breaks); !slices.Equal(l.Words, c.words) || l.Typed != c.typed {
			t.Errorf("%s: %q, %q", c.line, l.Words, l.Typed)
		}
	}
}

// Whatever the name and however it was begun, bash reads the name from what is put on the
// line, and nothing of it is run.
func TestBashReadsWhatIsPut(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash here")
	}
	names := []string{"eu-prod", "eu prod's", `eu "$(exit 9)" $HOME`, "eu`exit 9`", `eu\ \\ \"`, "eu:a=b;c&d|e>f<g(h)", "eu {a,b} * ? [x] ~ # %", "eu münchen-東京", "eu'", `eu"`}
	var script strings.Builder
	var want []string
	for _, name := range names {
		for _, begun := range []string{"", "eu", `"eu`, `'eu`, `"`, `'`, `e"u`, `"eu"`, `e'u'`, "-n=", `--n="eu`, `--n=eu`} {
			l := completion.ReadLine("peerdeck "+begun, breaks)
			flag := ""
			if before, _, has := strings.Cut(begun, "="); has {
				flag = before + "="
			}
			put, can := l.Put(flag + name)
			if !can {
				t.Fatalf("%s: %q cannot be put", begun, name)
			}
			open := ""
			if n := len(l.Words); n == 1 { // what bash's editor leaves before the part, and the quotes that it closes
				cut := strings.LastIndexAny(begun, `"'=`)
				if cut > 0 && cut == len(begun)-1 && begun[cut] != '=' {
					cut = strings.LastIndexAny(begun[:cut], `"'=`) // these are closed
				} else if cut >= 0 && begun[cut] != '=' {
					open = begun[cut : cut+1]
				}
				begun = begun[:cut+1]
			}
			script.WriteString("printf '%s\\0' " + begun + put + open + "\n")
			want = append(want, flag+name)
		}
	}
	cmd := exec.Command(bash, "--norc", "--noprofile")
	cmd.Stdin = strings.NewReader(script.String())
	out, err := cmd.CombinedOutput()
	if got := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"); err != nil || !slices.Equal(got, want) {
		t.Errorf("%v: %q, want %q\n%s", err, got, want, script.String())
	}
}

func TestWhatIsCommonEndsNowhereWithin(t *testing.T) {
	t.Parallel()
	l := completion.ReadLine("peerdeck eu", breaks)
	words := []string{`eu\ \$x`, "eu\\ \\`y", `eu\ \'z`}
	l.Apart(words)
	if want := []string{`eu\ \$x`, "eu\\ '`'y", `eu\ "'"z`}; !slices.Equal(words, want) {
		t.Errorf("%q", words)
	}
	same := []string{`eu\ a`, `eu\ b`}
	if l.Apart(same); !slices.Equal(same, []string{`eu\ a`, `eu\ b`}) {
		t.Errorf("%q", same)
	}
	quoted := completion.ReadLine(`peerdeck "eu`, breaks)
	words = []string{`eu\$x`, "eu\\`y"}
	if quoted.Apart(words); !slices.Equal(words, []string{`eu\$x`, "eu\"'`'\"y"}) {
		t.Errorf("%q", words)
	}
}

// No script evaluates what is typed or listed.
func TestNoScriptEvaluates(t *testing.T) {
	t.Parallel()
	for _, s := range completion.Scripts() {
		for line := range strings.Lines(s.Text) {
			if code := strings.TrimSpace(line); !strings.HasPrefix(code, "#") && (strings.Contains(code, "eval") || strings.Contains(code, "Invoke-Expression")) {
				t.Errorf("%s: %s", s.Shell, code)
			}
		}
	}
	if len(completion.Scripts()) != 4 {
		t.Error(len(completion.Scripts()))
	}
}
