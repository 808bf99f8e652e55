package file

import "strings"

// word is a word of a configuration file.
type word struct {
	text     string
	from, to int
	line     int
	quoted   bool
	open     bool // a quotation mark that was not closed
}

// is reports whether the word is a mark or a keyword, and no text between quotes.
func (w word) is(text string) bool { return !w.quoted && strings.EqualFold(w.text, text) }

// syntax says how a configuration file is split into words.
type syntax struct {
	marks   string // characters that are a word of their own wherever they stand
	slashes bool   // // and /* */ are remarks, too
}

// words splits the text. A remark begins with # at the beginning of a word.
func (r *reader) words(s syntax) []word {
	var out []word
	line := 1
	for i := 0; i < len(r.text); {
		c, rest := r.text[i], r.text[i:]
		switch {
		case c == '\n':
			line++
			i++
		case c == ' ' || c == '\t' || c == '\r':
			i++
		case c == '#', s.slashes && strings.HasPrefix(rest, "//"):
			i += upTo(rest, "\n")
		case s.slashes && strings.HasPrefix(rest, "/*"):
			n := upTo(rest[2:], "*/")
			n = min(len(rest), 2+n+2)
			line += strings.Count(rest[:n], "\n")
			i += n
		case c == '"':
			w := quotedWord(rest)
			w.from, w.to, w.line = i, i+w.to, line
			out = append(out, w)
			i = w.to
		case strings.IndexByte(s.marks, c) >= 0:
			out = append(out, word{text: rest[:1], from: i, to: i + 1, line: line})
			i++
		default:
			n := strings.IndexFunc(rest, func(c rune) bool {
				return c == '\n' || c == ' ' || c == '\t' || c == '\r' || c == '"' || strings.ContainsRune(s.marks, c)
			})
			if n < 0 {
				n = len(rest)
			}
			out = append(out, word{text: rest[:n], from: i, to: i + n, line: line})
			i += n
		}
	}
	return out
}

// quotedWord reads from a quotation mark to the next one on the line.
func quotedWord(rest string) word {
	line := rest[:upTo(rest, "\n")]
	if end := strings.IndexByte(line[1:], '"'); end >= 0 {
		return word{text: line[1 : end+1], to: end + 2, quoted: true}
	}
	return word{text: strings.TrimSpace(line[1:]), to: len(line), quoted: true, open: true}
}

// upTo returns where the text is, or the end.
func upTo(s, text string) int {
	if i := strings.Index(s, text); i >= 0 {
		return i
	}
	return len(s)
}
