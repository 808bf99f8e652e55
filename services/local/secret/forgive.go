package secret

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Clean takes off what stands around a token where people, shells, editors and programs
// put it: blanks, line ends and marks, quotation marks, lines of comment, the name of the
// variable or the header that it is for, and the word Bearer.
func Clean(text string) string {
	text = withoutComments(safe.Decode([]byte(text)))
	for {
		before := text
		text = strings.Trim(text, " \t\n\r\v\f\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb;")
		if strings.Contains(text, "=") { // else there is nothing to take off, and most starts have a plain token
			text = regexp.MustCompile(`^(?i:export\s+|set\s+)?(?i:\$env:)?[A-Z][A-Z0-9_]*_(?:TOKEN|PAT)\s*=\s*`).ReplaceAllString(text, "")
		}
		if strings.ContainsAny(text, ": \t\n\r\f") {
			text = regexp.MustCompile(`^(?i:authorization\s*:\s*|bearer\s+)`).ReplaceAllString(text, "")
		}
		if text == before {
			return text
		}
	}
}

// withoutComments drops lines that begin with #, where something else is left.
func withoutComments(text string) string {
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// Parse takes one token. Anything else would break the request header, and its text is not
// repeated, because it may be a token with a stray line beside it. From says where it was,
// for the error.
func Parse(text, from string) (Secret, error) {
	token := Clean(text)
	if token == "" {
		return Secret{}, fmt.Errorf("%s: %w is in it; put one there", from, ErrNone)
	}
	if !oneWord(token) {
		return Secret{}, fmt.Errorf("%s holds more than a token: it has blanks, line breaks or unusual characters", from)
	}
	return New(token), nil
}

func oneWord(token string) bool {
	return token != "" && !strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' })
}
