package file

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	maxSource = 300 // bytes of a line that are shown
	maxWord   = 500 // bytes of a word; a domain has 253 at most
)

// reader gathers the lines of one text.
type reader struct {
	text   string
	starts []int // where each line begins
	out    dnstable.Imported
	passed []passed

	brought, broughtWords int // how often a snippet was brought in, and of how many words
}

// passed is a kind of thing that was passed over, and how often.
type passed struct {
	what  string
	times int
}

func newReader(format dnstable.Format, text string) *reader {
	r := &reader{text: text, starts: []int{0}, out: dnstable.Imported{Format: format}}
	for i := range len(text) {
		if text[i] == '\n' {
			r.starts = append(r.starts, i+1)
		}
	}
	return r
}

// line returns the number of the line that holds an offset, from 1.
func (r *reader) line(offset int) int {
	return sort.Search(len(r.starts), func(i int) bool { return r.starts[i] > offset })
}

// problemf refuses the whole text; the first reason stays.
func (r *reader) problemf(format string, args ...any) {
	if r.out.Problem == "" {
		r.out.Problem = fmt.Sprintf(format, args...)
	}
}

// maxNotes bounds what is said of a text, and of an entry: nobody reads more of it.
const maxNotes = 40

// note says something of the whole text.
func (r *reader) note(text string) {
	switch n := len(r.out.Notes); {
	case n < maxNotes:
		r.out.Notes = append(r.out.Notes, text)
	case n == maxNotes:
		r.out.Notes = append(r.out.Notes, "there is more of this kind, which is not listed")
	}
}

func (r *reader) noteOnce(text string) {
	if !slices.Contains(r.out.Notes, text) {
		r.note(text)
	}
}

// noteIncluded says that a line names other files, which a text alone does not bring.
func (r *reader) noteIncluded(name string) {
	r.noteOnce("the files that " + short(name) + " names were not read, and may hold mappings too: read them as well")
}

// pass counts something that has no counterpart in a mapping table.
func (r *reader) pass(what string) {
	i := slices.IndexFunc(r.passed, func(p passed) bool { return p.what == what })
	if i < 0 && len(r.passed) == maxNotes {
		i = maxNotes - 1
	}
	if i < 0 {
		i = len(r.passed)
		r.passed = append(r.passed, passed{what: what})
	}
	r.passed[i].times++
}

// notePassed says in a sentence what was passed over; the noun is what each of it is.
func (r *reader) notePassed(noun string) {
	const most = 8
	if len(r.passed) == 0 {
		return
	}
	total := 0
	var parts []string
	for i, p := range r.passed {
		total += p.times
		switch {
		case i == most:
			parts = append(parts, "and others")
		case i > most:
		case p.times == 1:
			parts = append(parts, short(p.what))
		default:
			parts = append(parts, fmt.Sprintf("%s (%d times)", short(p.what), p.times))
		}
	}
	have, were := "have", "were"
	if total == 1 {
		have, were = "has", "was"
	}
	r.note(fmt.Sprintf("%s %s no counterpart in a mapping table and %s passed over: %s", phrase.Count(total, noun), have, were, strings.Join(parts, ", ")))
	r.passed = nil
}

// entry is a mapping that is being read from a part of the text.
type entry struct {
	from, to         int
	domains, servers []string
	extra            []dnstable.Member
	problem          string
	rule             string // that the problem breaks; empty for none
	word             string // that the problem is about, to find its column; empty for the whole
	notes            []string
	ports            int // how often port 53 was taken away
}

// failf refuses the entry; the first reason stays.
func (e *entry) failf(format string, args ...any) { e.refuse("", fmt.Sprintf(format, args...)) }

// refuse refuses the entry by a rule of the table; the first reason stays.
func (e *entry) refuse(rule, problem string) {
	if e.problem == "" {
		e.problem, e.rule = problem, rule
	}
}

func (e *entry) notef(format string, args ...any) {
	note := fmt.Sprintf(format, args...)
	switch n := len(e.notes); {
	case slices.Contains(e.notes, note):
	case n < maxNotes:
		e.notes = append(e.notes, note)
	case n == maxNotes:
		e.notes = append(e.notes, "there is more of this kind, which is not listed")
	}
}

// server adds a server that its format writes with a port. Konnect asks on port 53.
func (e *entry) server(address, port string) {
	switch port {
	case "":
	case "53":
		e.ports++
	default:
		e.refuse("S03", fmt.Sprintf("%s is asked on port %s; Konnect takes addresses without a port and asks on 53: let the server answer there, or leave it out", quoted(address), short(port)))
	}
	e.servers = append(e.servers, address)
}

// put ends an entry. What has not both domains and servers, or holds characters that
// cannot be seen, is refused.
func (r *reader) put(e entry) {
	line := dnstable.ImportLine{Source: safe.New(cut(strings.TrimSpace(r.text[e.from:max(e.from, e.to)]), maxSource))}
	if len(e.domains) == 0 {
		e.refuse("D01", "there is no domain in it; give one, such as corp.example.com")
	}
	if len(e.servers) == 0 {
		e.refuse("S01", "there is no server in it; give the address of one, such as 10.1.0.4")
	}
	for i, w := range append(slices.Clip(e.domains), e.servers...) {
		rule, problem := refusedWord(w, i >= len(e.domains))
		if problem == "" {
			rule, problem = parted(w, i >= len(e.domains))
		}
		if problem != "" && e.problem == "" {
			e.refuse(rule, problem)
			e.word = w
		}
	}
	line.Line, line.Column = r.spot(e)
	if len(r.out.Lines) > MaxLines { // it is refused as a whole, and need not be kept
		e.problem = "there are too many"
	}
	if line.Problem, line.Rule = e.problem, e.rule; line.Problem == "" {
		line.Domains, line.Servers, line.Extra, line.Notes = texts(e.domains), texts(e.servers), e.extra, e.notes
		if e.ports > 0 {
			line.Notes = append(line.Notes, "the port 53 was left out: Konnect asks on no other")
		}
	}
	if r.out.Lines == nil {
		r.out.Lines = make([]dnstable.ImportLine, 0, min(len(r.starts), MaxLines))
	}
	r.out.Lines = append(r.out.Lines, line)
}

// spot returns the line and the column of an entry: of the word that is refused, where it
// is found in its text, else of its beginning.
func (r *reader) spot(e entry) (line, column int) {
	source := r.text[e.from:max(e.from, e.to)]
	source = source[:min(len(source), maxCell)]
	line = r.line(e.from)
	at := e.from + len(source) - len(strings.TrimLeft(source, " \t\n"))
	if i := strings.Index(source, e.word); e.word != "" && i >= 0 {
		at = e.from + i
	}
	if r.line(at) != line { // the line is that of the entry, which people look for
		at = e.from
	}
	begin := r.starts[line-1]
	if at-begin > maxCell { // nobody counts so far, and each entry of a long line would
		return line, 0
	}
	return line, utf8.RuneCountInString(r.text[begin:at]) + 1
}

// refusedWord says why a word cannot be read or written as a domain, or as a server, and
// by which rule. What it is otherwise is the question of the table's rules.
func refusedWord(w string, server bool) (rule, problem string) {
	switch {
	case w == "" && server:
		return "S02", "a server in it is empty; take it out, or fill it in"
	case w == "":
		return "D01", "a domain in it is empty; take it out, or fill it in"
	case len(w) > maxWord && server:
		return "S02", tooLong(w)
	case len(w) > maxWord:
		return "D04", tooLong(w)
	default:
		return dnstable.Garbled(w, server)
	}
}

// parted says why a word with a blank in it is none.
func parted(w string, server bool) (rule, problem string) {
	switch {
	case strings.TrimSpace(w) == w && !strings.ContainsAny(w, " \t\n"):
		return "", ""
	case server:
		return "S02", quoted(w) + " has a blank in it; write each address by itself"
	default:
		return "D05", quoted(w) + " has a blank in it; write each domain by itself, or take the blank out"
	}
}

func tooLong(w string) string {
	return fmt.Sprintf("the word %s is %d bytes long; a domain has at most 253 characters", quoted(w), len(w))
}

func texts(words []string) []safe.Text {
	out := make([]safe.Text, len(words))
	for i, w := range words {
		out[i] = safe.New(w)
	}
	return out
}

// cut shortens a text to a number of bytes, between two characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}

// short returns a word as it may stand in a sentence: clean, and not long.
func short(s string) string { return cut(safe.Clean(cut(s, 80)), 90) }

func quoted(s string) string { return `"` + short(s) + `"` }
