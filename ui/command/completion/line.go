package completion

import "strings"

// Line is a line of bash up to the cursor, read without evaluating anything of it: a
// variable or a command in it stands for its own letters.
type Line struct {
	Words []string // whole ones, the name of the program first
	Typed string   // what there is of the word at the cursor; it may be empty

	before string // what of Typed stands before the part that bash will replace
	quote  byte   // in which that part stands: ' or " or 0
	closed bool   // the quotes around that part are closed already
}

// ReadLine reads a line. Breaks are the characters at which bash's line editor begins a new
// part of a word (COMP_WORDBREAKS): it replaces only the last part.
func ReadLine(line, breaks string) Line {
	r := lineReader{breaks: breaks}
	for i := 0; i < len(line); i++ {
		i = r.next(line, i)
	}
	l := Line{Words: r.words, Typed: r.word.String(), quote: r.start.quote}
	if r.quote != 0 && r.start.quote != r.quote { // the editor follows open quotes in any case
		r.start = r.opened
		l.quote = r.quote
	}
	l.before = l.Typed[:r.start.at]
	l.closed = l.quote != 0 && r.quote == 0
	return l
}

// place is where a part begins: at which byte of the word's value, and in which quotes.
type place struct {
	at    int
	quote byte
}

type lineReader struct {
	breaks string
	words  []string
	word   strings.Builder
	within bool // a word has begun
	quote  byte // in which the next byte stands
	start  place
	opened place // where the last quotes were opened
}

// next takes the byte at i, and returns the index of the last one that it has used.
func (r *lineReader) next(line string, i int) int {
	c := line[i]
	switch {
	case r.quote != 0 && c == r.quote:
		r.quote = 0
	case c == '\\' && i+1 < len(line) && r.escapes(line[i+1]):
		i++
		r.within = true
		r.word.WriteByte(line[i])
	case r.quote != 0:
		r.word.WriteByte(c)
	case c == '\'' || c == '"':
		r.quote, r.within = c, true
		r.opened = place{r.word.Len(), c}
		if strings.IndexByte(r.breaks, c) >= 0 {
			r.start = r.opened
		}
	case c == ' ' || c == '\t' || c == '\n':
		r.end()
	default:
		r.within = true
		r.word.WriteByte(c)
		if strings.IndexByte(r.breaks, c) >= 0 {
			r.start = place{r.word.Len(), 0}
		}
	}
	return i
}

// escapes reports whether a backslash makes a character stand for itself.
func (r *lineReader) escapes(c byte) bool {
	return r.quote == 0 || r.quote == '"' && strings.IndexByte("$`\"\\", c) >= 0
}

// end ends a word.
func (r *lineReader) end() {
	if r.within {
		r.words = append(r.words, r.word.String())
	}
	r.word.Reset()
	r.within, r.start, r.opened = false, place{}, place{}
}

// Put is a word as it must stand in the place of the part that bash replaces, so that the
// whole is the word and nothing else. It is false for one that cannot stand there.
func (l Line) Put(word string) (string, bool) {
	rest, found := strings.CutPrefix(word, l.before)
	if !found {
		return "", false
	}
	var out strings.Builder
	switch l.quote {
	case '\'':
		out.WriteString(strings.ReplaceAll(rest, "'", `'\''`))
	case '"':
		if strings.Contains(rest, "!") {
			return "", false // an earlier command, which nothing escapes here
		}
		for _, c := range []byte(rest) {
			if strings.IndexByte("$`\"\\", c) >= 0 {
				out.WriteByte('\\')
			}
			out.WriteByte(c)
		}
	default:
		for _, c := range []byte(rest) {
			if !plain(c) {
				out.WriteByte('\\')
			}
			out.WriteByte(c)
		}
	}
	if l.closed {
		out.WriteByte(l.quote)
	}
	return out.String(), true
}

// plain reports whether a byte means only itself to bash, wherever it stands. What is no
// ASCII does.
func plain(c byte) bool {
	return c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_./%+,@-", c) >= 0
}

// Apart spells words so that what they have in common, which bash puts on the line before
// one is chosen, does not end between a backslash and what it is for.
func (l Line) Apart(words []string) {
	if len(words) < 2 {
		return
	}
	common := words[0]
	for _, w := range words[1:] {
		n := 0
		for n < min(len(common), len(w)) && common[n] == w[n] {
			n++
		}
		common = common[:n]
	}
	if l.quote == '\'' || (len(common)-len(strings.TrimRight(common, "\\")))%2 == 0 {
		return
	}
	at := len(common) - 1
	for i, w := range words[1:] {
		character := "'" + w[at+1:at+2] + "'"
		if character == "'''" {
			character = `"'"`
		}
		if l.quote == '"' {
			character = `"` + character + `"`
		}
		words[i+1] = w[:at] + character + w[at+2:]
	}
}
