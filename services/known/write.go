package known

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// ErrByHand is returned for a text that the program cannot change without changing more than
// it was asked for.
var ErrByHand = errors.New("it is written in a way that peerdeck does not change; nothing was written: change it by hand, or write each entry with its keys on lines of their own")

// head is how a new file begins.
const head = "# Problems that are known: their findings stay in sight and are counted no more.\n# Each comes back when its time is over, or when it is another one. See docs/known-problems.md\nknown:\n"

// block writes an entry as lines. Names are comments: what counts are the ids.
func block(p known.Problem, indent, end string, names map[string]safe.Text) string {
	var b strings.Builder
	lead := indent + "- "
	put := func(key, value string) {
		if value == "" {
			return
		}
		b.WriteString(lead + key + ": " + value)
		if name, ok := names[key]; ok && !name.IsEmpty() {
			b.WriteString(" # " + name.String())
		}
		b.WriteString(end)
		lead = indent + "  "
	}
	text := func(t safe.Text) string {
		if t.IsEmpty() {
			return ""
		}
		return strictyaml.Scalar(t)
	}
	put("code", strictyaml.Scalar(safe.New(string(p.Code))))
	put("network", text(p.Network))
	put("subject", text(p.Subject))
	put("reason", text(p.Reason))
	put("by", text(p.By))
	if !p.At.IsZero() {
		put("at", p.At.UTC().Format(time.RFC3339))
	}
	if p.Until.IsZero() {
		put("until", untilChange)
	} else {
		put("until", p.Until.Format(time.RFC3339))
	}
	put("was", text(safe.New(p.Was)))
	return b.String()
}

// edit changes the text of a file: it takes the entries of some problems out and puts one
// in, and leaves every other byte as it is.
func edit(data []byte, out func(known.Problem) bool, in *known.Problem, names map[string]safe.Text) ([]byte, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("it is not UTF-8; save it so, and nothing was written")
	}
	was, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("%w; nothing was written", err)
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	gone := make([]bool, len(lines)+2)
	stay := slices.Clone(was.problems[:0:0])
	last, indent := 0, "  "
	for i, p := range was.problems {
		last = max(last, was.spans[i].last)
		if !out(p) {
			stay = append(stay, p)
			continue
		}
		for n := was.spans[i].first; n <= was.spans[i].last; n++ {
			gone[n] = true
		}
	}
	if was.list != nil && len(was.list.Values) > 0 {
		for _, item := range was.list.Values {
			last = max(last, lastLine(item))
		}
		if start := was.list.Entries[0].Start; start != nil {
			indent = strings.Repeat(" ", start.Position.Column-1)
		}
	}
	text := join(lines, gone, last, in, indent, names, data)
	return text, same(text, stay, in, was.faults)
}

// join puts the lines together again that stay, with a new entry after the last one.
func join(lines [][]byte, gone []bool, last int, in *known.Problem, indent string, names map[string]safe.Text, data []byte) []byte {
	end := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		end = "\r\n"
	}
	var b bytes.Buffer
	begun := false
	put := func() {
		if in == nil {
			return
		}
		if text := b.Bytes(); len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
			b.WriteString(end)
		}
		b.WriteString(block(*in, indent, end, names))
		in = nil
	}
	for i, line := range lines {
		if open, is := emptyList(line); is && last == 0 && !begun {
			begun = true
			b.Write(open)
			put()
			continue
		}
		if !gone[i+1] {
			b.Write(line)
		}
		if i+1 == last {
			put()
		}
	}
	if in != nil && last == 0 && !begun {
		begin(&b, end)
		put()
	}
	return b.Bytes()
}

// begin writes the key of the list into a text that has none.
func begin(b *bytes.Buffer, end string) {
	switch text := b.Bytes(); {
	case len(bytes.TrimSpace(text)) == 0:
		b.WriteString(strings.ReplaceAll(head, "\n", end))
		return
	case !bytes.HasSuffix(text, []byte("\n")):
		b.WriteString(end)
	}
	b.WriteString("known:" + end)
}

// emptyList returns the line of a list without entries as one that takes some; false for any
// other line.
func emptyList(line []byte) ([]byte, bool) {
	switch key := strings.TrimSpace(strings.TrimPrefix(string(line), "\ufeff")); {
	case key == "known:" || strings.HasPrefix(key, "known: #"):
		return line, true
	case key == "known: []" || key == "known: null" || key == "known: ~":
		return bytes.Replace(line, []byte(key), []byte("known:"), 1), true
	default:
		return nil, false
	}
}

// same makes sure that a text says what it should: what stays, what comes, and no other
// fault than before.
func same(text []byte, stay []known.Problem, in *known.Problem, faults []known.Fault) error {
	is, err := parse(text)
	if err != nil || len(is.faults) != len(faults) {
		return ErrByHand
	}
	want := stay
	if in != nil {
		want = append(slices.Clone(stay), *in)
	}
	if len(is.problems) != len(want) {
		return ErrByHand
	}
	left := slices.Clone(is.problems)
	for _, p := range want {
		at := slices.IndexFunc(left, func(o known.Problem) bool { return equal(p, o) })
		if at < 0 {
			return ErrByHand
		}
		left = slices.Delete(left, at, at+1)
	}
	return nil
}

// equal reports whether two entries say the same, wherever they stand.
func equal(a, b known.Problem) bool {
	return a.Code == b.Code && a.Network.Raw() == b.Network.Raw() && a.Subject.Raw() == b.Subject.Raw() && a.Reason.Raw() == b.Reason.Raw() &&
		a.By.Raw() == b.By.Raw() && a.Was == b.Was && a.At.Unix() == b.At.Unix() && a.Until.Unix() == b.Until.Unix()
}
