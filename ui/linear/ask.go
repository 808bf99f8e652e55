package linear

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// item is one answer that a question offers.
type item struct {
	word string // by which it can be answered too: "dns", the name of a network
	text string // what is read behind its number
	help string // what it does, for ?; may be empty
	why  string // why it is not possible now; empty: it is
}

// page is how many answers of a long list are read at once.
const page = 20

// question is what is asked.
type question struct {
	text  string // "What now?"
	help  string // what is meant, in sentences
	items []item
	// long: the answers are read a line each, and in pages; else behind the question.
	long bool
	// quiet: the answers were read a moment ago; l reads them again.
	quiet bool
	// free says what may be typed beside the answers, such as "a name"; empty for nothing.
	free string
	// usual is what an empty line means: the number of an answer from 1, 0 for none.
	usual int
	// top: there is nothing to go back to.
	top bool
	// arguments lets a word of an answer have more words behind it: "trace orders.example.org".
	arguments bool
}

// answer is what was answered: the number of an answer from 0, or -1 and what was typed.
type answer struct {
	index int
	text  string
}

// ask puts a question until it is answered. The error is errBack, errQuit, errEnd, or the
// end of the session.
func (s *session) ask(q question) (answer, error) {
	p := &pager{items: q.items}
	if q.long && !q.quiet {
		s.readPage(p)
	}
	for {
		line, err := s.line(s.promptOf(q, p), q.text)
		if err != nil {
			return answer{}, err
		}
		if a, done, err := s.understand(q, p, line); done || err != nil {
			return a, err
		}
	}
}

// line asks for one line. Again is the question in short, for when something was read out
// meanwhile.
func (s *session) line(prompt, again string) (string, error) {
	s.prompt(prompt)
	for {
		line, typed, err := s.next(true)
		if err != nil {
			s.answered(s.Echo, "")
			return "", err
		}
		if typed {
			s.answered(s.Echo, line)
			return strings.TrimSpace(line), s.voice.failed
		}
		if !s.asking { // something was said meanwhile: the question is asked again
			s.prompt(again)
		}
	}
}

// promptOf is a question with what may be answered.
func (s *session) promptOf(q question, p *pager) string {
	var can []string
	if q.long {
		can = p.words(q.quiet)
	}
	for i, x := range q.items {
		if !q.long {
			can = append(can, strconv.Itoa(i+1)+" "+x.text)
		}
	}
	if q.free != "" {
		can = append(can, q.free)
	}
	if q.usual > 0 {
		can = append(can, "enter for "+q.items[q.usual-1].word)
	}
	if !q.top {
		can = append(can, "0 back")
	}
	can = append(can, "? help")
	return q.text + " " + strings.Join(can, ", ") + "."
}

// understand takes a line as an answer. Done is false when the question is to be asked
// again.
func (s *session) understand(q question, p *pager, line string) (a answer, done bool, err error) {
	switch word := strings.ToLower(line); {
	case line == "" && q.usual > 0:
		return answer{index: q.usual - 1}, true, nil
	case line == "" && p.more() && !q.quiet:
		s.more(p)
		return answer{}, false, nil
	case line == "":
		s.sayf("Nothing was typed. %s", allowed(q))
		return answer{}, false, nil
	case word == "?" || word == "help":
		s.explain(q)
		return answer{}, false, nil
	case word == "quit" || word == "q" || word == ":q" || word == "exit":
		return answer{}, true, errQuit
	case !q.top && (word == "back" || word == "b" || word == "0"):
		return answer{}, true, errBack
	case q.long && (word == "l" || word == "list"):
		p.from = 0
		s.readPage(p)
		return answer{}, false, nil
	case q.long && (word == "m" || word == "more"):
		s.more(p)
		return answer{}, false, nil
	case q.long && strings.HasPrefix(line, "/"):
		p.filter(strings.TrimSpace(line[1:]))
		s.holding(p, line[1:])
		return answer{}, false, nil
	}
	i, rest, problem := match(q, line)
	switch {
	case problem != "":
		s.sayf("%s", problem)
		return answer{}, false, nil
	case i < 0:
		return answer{index: -1, text: line}, true, nil
	case q.items[i].why != "":
		s.sayf("%s is not possible now: %s.", phrase.Capital(q.items[i].word), strings.TrimSuffix(q.items[i].why, "."))
		return answer{}, false, nil
	}
	return answer{index: i, text: rest}, true, nil
}

// match finds the answer that a line means: its number, its word, or the beginning of a
// word that is no other's. An index of -1 is a text beside them.
func match(q question, line string) (index int, rest, problem string) {
	line = strings.TrimPrefix(line, ":")
	if n, err := strconv.Atoi(line); err == nil {
		if n >= 1 && n <= len(q.items) {
			return n - 1, "", ""
		}
		if q.free == "" {
			return -1, "", fmt.Sprintf("There is no answer %d. %s", n, allowed(q))
		}
	}
	word := line
	if q.arguments {
		word, rest, _ = strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
	}
	var begin []int
	for i, x := range q.items {
		switch {
		case strings.EqualFold(x.word, word):
			return i, rest, ""
		case len(word) <= len(x.word) && strings.EqualFold(x.word[:len(word)], word):
			begin = append(begin, i)
		}
	}
	switch {
	case len(begin) == 1 && (q.free == "" || q.long):
		return begin[0], rest, ""
	case q.free != "":
		return -1, "", ""
	case len(begin) > 1:
		return -1, "", fmt.Sprintf("%q may mean %s. %s", safe.Clean(word), phrase.Or(wordsOf(q.items, begin)), allowed(q))
	}
	var names []string
	for _, x := range q.items {
		names = append(names, x.word)
	}
	if meant := near.Names(word, names); len(meant) > 0 {
		return -1, "", fmt.Sprintf("%q is no answer here; is %s meant? %s", safe.Clean(word), phrase.Or(meant), allowed(q))
	}
	return -1, "", fmt.Sprintf("%q is no answer here. %s", safe.Clean(word), allowed(q))
}

func wordsOf(items []item, which []int) []string {
	const some = 5
	var out []string
	for _, i := range which[:min(len(which), some)] {
		out = append(out, items[i].word)
	}
	return out
}

// allowed says what may be answered.
func allowed(q question) string {
	var can []string
	switch n := len(q.items); {
	case n == 1:
		can = append(can, "1, or "+q.items[0].word)
	case n > 1:
		can = append(can, fmt.Sprintf("a number from 1 to %d, or a name", n))
	}
	if q.free != "" {
		can = append(can, q.free)
	}
	if !q.top {
		can = append(can, "0 for back")
	}
	return "Type " + strings.Join(can, ", or ") + "; ? tells more."
}

// explain answers ?.
func (s *session) explain(q question) {
	if q.help != "" {
		s.sayf("%s", q.help)
	}
	for i, x := range q.items {
		switch {
		case q.long:
		case x.why != "":
			s.sayf("%d, %s: %s Not possible now: %s.", i+1, x.word, x.help, strings.TrimSuffix(x.why, "."))
		case x.help != "":
			s.sayf("%d, %s: %s", i+1, x.word, x.help)
		}
	}
	if q.long {
		s.sayf("%s to choose from. Type the number of one, or its name. m reads on, l reads from the beginning, and / with a text reads those that hold it.", phrase.Count(len(q.items), "answer"))
	}
	back := "0 or back leads to the question before; "
	if q.top {
		back = ""
	}
	s.sayf("Answer with the number, the word, or the beginning of it. %squit leaves peerdeck, and says first what would be lost.", back)
}

// agree asks yes or no. Everything but yes is no.
func (s *session) agree(text, yes, no string) (bool, error) {
	a, err := s.ask(question{
		text: text, usual: 2, help: "Nothing is done before you say so.",
		items: []item{{word: "yes", text: "yes, " + yes}, {word: "no", text: "no, " + no}},
	})
	if errors.Is(err, errBack) {
		return false, nil
	}
	return err == nil && a.index == 0, err
}

// typedName asks for a name to be typed before something is destroyed. Anything else
// leaves it as it is.
func (s *session) typedName(text, name string) (bool, error) {
	line, err := s.line(strings.TrimSpace(text+" Type "+name+" to go on; anything else leaves it."), "Type "+name+" to go on.")
	if err != nil {
		return false, err
	}
	if line == name {
		return true, nil
	}
	s.sayf("That is not %s: nothing was done.", name)
	return false, nil
}

// text asks for a text. Check says what is wrong with one, empty for nothing. An empty line
// means the usual text, where there is one; optional ones may be empty.
func (s *session) text(prompt, help, usual string, optional bool, check func(string) string) (string, error) {
	can := []string{}
	switch {
	case usual != "":
		can = append(can, "enter for "+usual)
	case optional:
		can = append(can, "enter for none")
	default:
		can = append(can, "type it")
	}
	can = append(can, "0 back", "? help")
	for {
		line, err := s.line(prompt+" "+strings.Join(can, ", ")+".", prompt)
		if err != nil {
			return "", err
		}
		switch word := strings.ToLower(line); {
		case word == "?" || word == "help":
			s.sayf("%s 0 or back leads to the question before, quit leaves peerdeck.", help)
			continue
		case word == "back" || word == "0":
			return "", errBack
		case word == "quit":
			return "", errQuit
		case line == "" && (usual != "" || optional):
			line = usual
		case line == "":
			s.sayf("Nothing was typed. %s", help)
			continue
		}
		if problem := check(line); problem != "" {
			s.sayf("%s.", phrase.Capital(strings.TrimSuffix(problem, ".")))
			continue
		}
		return line, nil
	}
}
