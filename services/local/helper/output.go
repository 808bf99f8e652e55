package helper

import (
	"regexp"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Output is what a program printed.
type Output struct {
	Program string // its name
	Path    string
	Out     []byte // on standard output
	Err     []byte // on standard error
}

// Text is what it printed on standard output, as a text: UTF-8, without colours.
func (o Output) Text() string { return plain(o.Out) }

// Complaint is what it printed on standard error, as a text. Words that it printed on
// standard output too are taken out: they may be the secret.
func (o Output) Complaint() string { return o.without(plain(o.Err)) }

// Said is the first line that tells something, cleaned, bounded and without secrets: of
// standard error, or, where that is empty, of standard output.
func (o Output) Said() safe.Text {
	line := telling(o.Complaint())
	if line == "" {
		line = telling(o.Text())
		if !strings.ContainsAny(line, " \t") && len(line) > maxWord {
			return safe.New("one long word, which may be a secret")
		}
	}
	return safe.New(bounded(masked(line)))
}

// maxWord is the length in bytes from which a single word is taken for a secret.
const maxWord = 12

// without takes the long words of standard output out of a text.
func (o Output) without(text string) string {
	for _, word := range strings.FieldsFunc(o.Text(), func(r rune) bool { return strings.ContainsRune(" \t\n\"',:{}[]", r) }) {
		if len(word) > maxWord && strings.Contains(text, word) {
			text = strings.ReplaceAll(text, word, "***")
		}
	}
	return text
}

// colours are what a terminal obeys: colours, links, titles. Source: ECMA-48.
const colours = `\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-Z\\-_])`

func plain(data []byte) string {
	return regexp.MustCompile(colours).ReplaceAllString(safe.Decode(data), "")
}

// telling returns the line of a text that tells most: what a program in Python fell over,
// else the first that is said to be an error, else the first that is neither empty nor a
// warning, else the first.
func telling(text string) string {
	var first, better string
	fell := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " \t")
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || strings.Trim(trimmed, "{}[](),;-=*^~") == "":
		case strings.HasPrefix(trimmed, "Traceback (most recent call last)"):
			fell = true
		case fell && line == trimmed:
			return trimmed
		case fell:
		default:
			if said, is := cutError(trimmed); is {
				return said
			}
			if first == "" {
				first = trimmed
			}
			if better == "" && line == trimmed && !warning(trimmed) {
				better = trimmed
			}
		}
	}
	if better != "" {
		return better
	}
	return first
}

func cutError(line string) (string, bool) {
	for _, mark := range []string{"ERROR:", "Error:", "error:", "fatal:"} {
		if rest, is := strings.CutPrefix(line, mark); is && strings.TrimSpace(rest) != "" {
			return strings.TrimSpace(rest), true
		}
	}
	return line, false
}

// warning reports whether a line is beside the point.
func warning(line string) bool {
	low := strings.ToLower(line)
	for _, mark := range []string{"warn", "[warn", "notice", "[notice", "info:", "debug:"} {
		if strings.HasPrefix(low, mark) {
			return true
		}
	}
	return strings.Contains(line, "Warning: ") // of Python, behind the place
}

// secrets are what must not be repeated: what stands behind a member, a variable or an
// option whose name says so; tokens of Konnect and of Entra; other long words of letters
// and digits.
func secrets() []string {
	return []string{
		`(?i)([\w-]*(?:token|secret|password|passwd|authorization|api-?key)[\w-]*["']?\s*[:=]\s*["']?(?:bearer\s+)?)[^\s"',;}]+`,
		`(?i)(--?[\w-]*(?:token|secret|password|api-?key)[\w-]*\s+|\bbearer\s+)[^\s"',;}]+`,
		`()(?:[ks]pat|kkat|eyJ)[A-Za-z0-9_.~+/=-]*`, // also one that is cut off
		`()\b[A-Za-z0-9_~+=-]{40,}`,
	}
}

// masked hides what may be a secret. It goes further than [safe.Secretless]: these programs
// are run for a secret, and print it where they fail.
func masked(line string) string {
	for _, s := range secrets() {
		line = regexp.MustCompile(s).ReplaceAllString(line, "${1}***")
	}
	return safe.Secretless(line)
}

// maxSaid bounds what is repeated of a program's words, in characters.
const maxSaid = 240

func bounded(line string) string {
	if r := []rune(line); len(r) > maxSaid {
		return string(r[:maxSaid]) + "…"
	}
	return line
}
