//go:build unix

package journey_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/services/run/longtest"
)

// evil is text that a terminal would obey, in each form in which it can be sent, with what
// markup and shells would obey. The letter ÿ stands for a byte that is no UTF-8.
const evil = "-\x1b]52;c;ZXZpbA==\a\x1b]0;evil\a\x1b]8;;http://evil.example\x1b\\x\x1b[31337m\x1bPtmux;\x1b\x1b]52;c;ZXZpbA==\a\x1b\\\u009b31337m\u009d52;c;ZXZpbA==\u009c" +
	"\x1b]9;evil\a\x1b]777;notify;evil;evil\x1b\\\x1b_evil\x1b\\\u202e\u200b\u2028\r\x00\x7f\x08ÿ\ty\n${evil}|`evil`$(evil)'\"<b>&[x](http://evil.example)*/"

// poisoner stands before a service and puts hostile text into its answers.
type poisoner struct {
	all bool // into each text; else into those that people write
}

// byPeople are members that people, or services for people, fill with words.
var byPeople = regexp.MustCompile(`(?i)^(name|display_?name|title|detail|message|reason|description|state_metadata|code|error_description|source|rule|field|label|tags?|value|email|full_name|organization_name|.*name)$`)

// needed are members without which nothing goes on: what is asked for next, and tokens.
var needed = regexp.MustCompile(`(?i)^(id|.*_id|.*[a-z]Ids?|@?.*next.*|.*token.*|kind|type|provider|geo|region|.*_url|.*Uri|issuer|expires.*|interval|.*At|.*_at)$`)

// spoil returns a document with hostile text in it.
func (p poisoner) spoil(member string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = p.spoil(k, x)
		}
		return out
	case []any:
		for i := range v {
			v[i] = p.spoil(member, v[i])
		}
		return v
	case string:
		if p.all && !needed.MatchString(member) || !p.all && byPeople.MatchString(member) {
			return v + evil
		}
	}
	return v
}

func (p poisoner) before(t *testing.T, to string) string {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: func(r *http.Response) error {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			var document any
			if json.Unmarshal(body, &document) == nil {
				if body, err = json.Marshal(p.spoil("", document)); err != nil {
					return err
				}
				body = bytes.ReplaceAll(body, []byte("ÿ"), []byte{0xff, 0x9b})
			}
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
			r.Header.Set("Content-Length", strconv.Itoa(len(body)))
			r.Header.Set("X-Request-ID", "evil\u009b31337m\u202e")
			return nil
		},
	}
	s := httptest.NewServer(proxy)
	t.Cleanup(s.Close)
	return s.URL
}

// poisonedPlace is an environment in which everything from outside is hostile: answers, the
// configuration, what is known, and variables.
func poisonedPlace(t *testing.T, all bool) (dir string, env []string) {
	t.Helper()
	w := serve(t, "--networks", "9")
	dir = t.TempDir()
	p := poisoner{all}
	state := filepath.Join(dir, "state", "peerdeck")
	if err := os.MkdirAll(state, 0o700); err != nil {
		t.Fatal(err)
	}
	dirty := func(s string) string { return strings.ReplaceAll(s, "ÿ", "\xff\x9b") }
	for name, text := range map[string]string{
		"config.yaml":                           "theme: " + strconv.QuoteToASCII("dark") + "\ncontexts:\n  - name: " + strconv.Quote("acme"+strings.ReplaceAll(evil, "ÿ", "")) + "\n    konnect_url: " + w.Konnect + "\n",
		"known.yaml":                            "- network: eu-prod\n  code: half-disconnected\n  reason: " + strconv.Quote("it is "+strings.ReplaceAll(evil, "ÿ", "")) + "\n  until: 2030-01-01\n",
		"rows.txt":                              "corp.example.org -> 10.20.0.4\nbad" + dirty(evil) + " -> 10.20.0.5" + dirty(evil) + "\n",
		"state/peerdeck/looks.json":             dirty(evil),
		"state/peerdeck/history-x.jsonl":        dirty(evil) + "\n",
		"state/peerdeck/setup/20261128-x.jsonl": `{"at":"2026-11-28T09:00:00Z","kind":"intent","step":"role","number":1,"text":` + strconv.Quote(evil) + "}\n" + dirty(evil),
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	clean := strings.ReplaceAll(evil, "\x00", "")
	return dir, []string{
		"KONNECT_TOKEN=" + w.Token, "PEERDECK_AZURE_TOKEN=" + w.Token,
		"PEERDECK_KONNECT_URL=" + p.before(t, w.Konnect), "PEERDECK_ARM_URL=" + p.before(t, w.ARM), "PEERDECK_GRAPH_URL=" + p.before(t, w.Graph), "PEERDECK_LOGIN_URL=" + p.before(t, w.Login),
		"XDG_STATE_HOME=" + filepath.Join(dir, "state"), "PEERDECK_DNS_VIA=socks5://127.0.0.1:9", "AZURE_TENANT_ID=" + dirty(clean), "USER=" + dirty(clean), "SSH_TTY=" + dirty(clean), "TERM_PROGRAM=" + dirty(clean),
	}
}

// plainly fails where a text holds something that a terminal would obey, or would not show.
func plainly(t *testing.T, what, text string) {
	t.Helper()
	for i, r := range text {
		raw := r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd")
		if raw || r != '\n' && r != '\t' && r != '\ufffd' && (!unicode.IsPrint(r) || unicode.Is(unicode.Cf, r)) {
			t.Errorf("%s holds %U: %q", what, r, text[max(0, i-60):min(len(text), i+30)])
			return
		}
	}
}

// Whatever servers, files and variables say, what the commands print is text that is shown as
// it stands: no sequence, no control character, nothing that cannot be seen.
func TestHostileTextInEveryCommand(t *testing.T) {
	t.Parallel()
	for _, all := range []bool{false, true} {
		t.Run(spoiled(all), func(t *testing.T) {
			t.Parallel()
			hostileCommands(t, all)
		})
	}
}

// spoiled names what a poisoner spoils.
func spoiled(all bool) string {
	if all {
		return "each text"
	}
	return "what people write"
}

// commandsOf are those whose output people read.
func commandsOf(all bool) [][]string {
	commands := [][]string{
		{"status"},
		{"status", "-o", "json"},
		{"status", "-o", "yaml"},
		{"doctor"},
		{"doctor", "-o", "json"},
		{"dns", "list", "--network", "eu-prod"},
		{"dns", "lint", "rows.txt"},
		{"dns", "diff", "rows.txt", "--network", "eu-prod"},
		{"dns", "trace", "orders.internal.example.com", "--network", "eu-prod"},
		{"paths", "--network", "eu-prod"},
		{"paths", "addresses"},
		{"ranges"},
		{"export", "terraform", "--network", "eu-prod"},
		{"known"},
		{"context", "list", "--config", "config.yaml"},
		{"status", "--config", "config.yaml", "--context", "acme"},
		{"status", "--known-file", "known.yaml"},
		{"handoff", "-f", "rows.txt"},
		{"mend", "--network", "us-west", "--dry-run"},
		{"status", "--network", evil[:40]},
		{"explain", "a\x1b[31337m\u202e"},
		{"status", "--theme", "a\x1b[31337m\u202e"},
		{"--a\x1b[31337mb"},
		{"a\x1b]0;x\ab"},
	}
	for _, f := range []string{"csv", "terraform", "konnect-map", "yaml", "bind", "kubernetes"} {
		commands = append(commands, []string{"dns", "export", "--network", "eu-prod", "-o", f})
	}
	if !all {
		commands = append(commands, []string{"--linear"})
	}
	return commands
}

func hostileCommands(t *testing.T, all bool) {
	t.Helper()
	dir, env := poisonedPlace(t, all)
	for _, args := range commandsOf(all) {
		if !longtest.Chosen(fmt.Sprint(all, args), 2) {
			continue
		}
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "\x00", "")
		}
		out, errs, _ := commandIn(t, dir, env, args...)
		what := strings.Join(args, " ")
		if out+errs == "" || strings.Contains(errs, "unknown") && !strings.Contains(what, "\x1b") {
			t.Errorf("%q says nothing of what it was asked: %s", what, errs)
		}
		plainly(t, strconv.Quote(what)+", its output", out)
		plainly(t, strconv.Quote(what)+", its errors", errs)
	}
}

// sequences fails where a program has sent to its terminal what none of its own sequences is.
func sequences(t *testing.T, text string) (seen int) {
	t.Helper()
	parser := ansi.NewParser()
	var state byte
	for rest := text; rest != ""; {
		seq, width, n, next := ansi.DecodeSequence(rest, state, parser)
		state, rest = next, rest[n:]
		if len(seq) > 1 && seq[0] == 0x1b {
			seen++
		}
		if why := obeyed(seq, width); why != "" {
			at := len(text) - len(rest)
			t.Errorf("%s: %q in %q", why, seq, text[max(0, at-80-n):min(len(text), at+40)])
			return seen
		}
	}
	return seen
}

// ours are the sequences that peerdeck and its renderer make.
var ours = regexp.MustCompile(`^\x1b(\[([0-9;:]*[ABCDEFGHJKLMPSTXZdfmnbr@]|[?>=<][0-9;]*[hlcqnumpu$]+|[0-9;]*[$ ]?[pqtcn]|[0-9;]*n|!p|\?5W)|[78=>MHc]|\(B|P\+q[0-9A-Fa-f;]*\x1b\\)$`)

// obeyed says what is wrong with a piece of what is sent; empty for nothing.
func obeyed(seq string, width int) string {
	if osc, is := strings.CutPrefix(seq, "\x1b]"); is {
		return osced(strings.TrimSuffix(strings.TrimSuffix(osc, "\a"), "\x1b\\"))
	}
	switch {
	case seq == "\r" || seq == "\n" || seq == "\b" || seq == "\t" || seq == "\a" || seq == string(rune(enquiry)):
		return ""
	case strings.HasPrefix(seq, "\x1b"):
		if !ours.MatchString(seq) || strings.Contains(seq, "31337") || seq == "\x1b[8m" {
			return "no sequence of the program"
		}
		return ""
	}
	for _, r := range seq {
		if r != '\ufffd' && (!unicode.IsPrint(r) || unicode.Is(unicode.Cf, r)) || width < 0 {
			return "what cannot be seen"
		}
	}
	return ""
}

// osced says what is wrong with what goes to the title, to the clipboard, or to notifications.
func osced(osc string) string {
	number, text, _ := strings.Cut(osc, ";")
	switch number {
	case "10", "11", "12", "4", "110", "111", "112":
		if strings.Trim(text, "?0123456789;#rgb:/acdefABCDEF") != "" {
			return "no question for a colour"
		}
		return ""
	case "0", "1", "2", "9", "777", "99":
	case "52":
		data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text, "c;"))
		if err != nil || string(data) == "evil" {
			return "no copy of the program"
		}
		text = strings.NewReplacer("\n", "", "\t", "").Replace(string(data))
	default:
		return "no sequence of the program"
	}
	if slices.ContainsFunc([]rune(text), func(r rune) bool { return !unicode.IsPrint(r) || unicode.Is(unicode.Cf, r) }) {
		return "text that is obeyed within a sequence"
	}
	return ""
}

// Whatever servers and files say, only sequences that the program itself makes reach the
// terminal, its title, the clipboard and notifications.
func TestHostileTextOnTheScreen(t *testing.T) {
	t.Parallel()
	for _, all := range []bool{false, true} {
		t.Run(spoiled(all), func(t *testing.T) {
			t.Parallel()
			hostileScreens(t, all)
		})
	}
}

func hostileScreens(t *testing.T, all bool) {
	t.Helper()
	_, env := poisonedPlace(t, all)
	s := start(t, 120, 40, env)
	s.until("evil")
	for _, key := range []string{"j", "j", "y", "Y", "c", "enter", "y", "Y", "v", loneEscape, loneEscape, "?", loneEscape, "2", "j", "y", "e", loneEscape, loneEscape, "3", loneEscape, "4", "j", "y", loneEscape, "5", "j", "v", "y", "Y", "/", "a", "enter", loneEscape, "f2", "1"} {
		s.keys(key)
		s.settle()
	}
	// A paste is text from outside too.
	s.keys("/", "\x1b[200~evil\x1b]52;c;ZXZpbA==\a\x1b[31337m\x1b[201~", "enter")
	s.settle()
	s.keys(loneEscape)
	s.settle()
	s.keys(loneEscape)
	s.settle()
	s.keys("?")
	s.until("Help: Networks") // all keys have come as far as the screen
	s.signal(syscall.SIGTERM)
	s.end(143)
	sent := s.vt.all()
	if len(sent) == mostSent {
		t.Error("it has sent more than is kept")
	}
	if seen := sequences(t, sent); seen < 100 && !t.Failed() {
		t.Errorf("only %d sequences were sent: the journey saw nothing", seen)
	}
}
