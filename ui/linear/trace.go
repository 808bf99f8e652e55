package linear

import (
	"regexp"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// traceName finds out why a name does not resolve, on the network whose mapping is the
// longest that the name falls under.
func (s *session) traceName(typed string) error { return s.traceOn(safe.Text{}, typed) }

// traceOn traces a name on a network; without one it looks for it. Without a name it asks.
func (s *session) traceOn(network safe.Text, typed string) error {
	for {
		q, err := s.nameToTrace(typed)
		if err != nil {
			return err
		}
		typed = ""
		if place, is := s.placeOf(q.Typed.String()); is {
			return s.oneNetwork(place)
		}
		for _, note := range q.Notes {
			s.sayf("%s", note)
		}
		on := network
		if on.IsEmpty() {
			if on, err = s.networkOf(q); err != nil {
				return err
			}
		}
		r := dnstrace.Request{Network: on, Text: q.Typed.String()}
		if again, err := s.traceAndAsk(r); err != nil || !again {
			return err
		}
	}
}

// nameToTrace asks for a name, unless one was typed already.
func (s *session) nameToTrace(typed string) (dnstrace.Query, error) {
	check := func(text string) string {
		q := dnstrace.Read(text)
		if _, is := s.snapshot.Pasted(text); is || q.OK() || q.Address.IsValid() && len(s.snapshot.OfAddress(q.Address)) > 0 {
			return ""
		}
		if q.Offer != "" && !strings.Contains(q.Problem, q.Offer) {
			return strings.TrimSuffix(q.Problem, ".") + "; is " + q.Offer + " meant?"
		}
		return q.Problem
	}
	if typed != "" {
		problem := check(typed)
		if problem == "" {
			return dnstrace.Read(typed), nil
		}
		s.sayf("%s.", capital(strings.TrimSuffix(problem, ".")))
	}
	text, err := s.text("Which name?", "A name, a URL, or host:port, such as https://orders.example.org/. An address or an id leads to the network that has it.", "", false, check)
	return dnstrace.Read(text), err
}

// networkOf finds the network whose mapping is the longest that a name falls under, and
// asks where that is not one alone.
func (s *session) networkOf(q dnstrace.Query) (safe.Text, error) {
	places := dnstrace.Mapped(q.Name, s.snapshot.Networks)
	best := map[safe.Text]bool{}
	var names []string
	for _, p := range places {
		if domainOf(p) == domainOf(places[0]) {
			best[p.Network.ID] = true
			names = append(names, nameOf(p.Network.Name))
		}
	}
	switch {
	case len(best) == 1:
		s.sayf("%s is mapped on %s, by %s.", q.Asked(), names[0], places[0].Rules[0].Domain)
		return places[0].Network.ID, nil
	case len(best) > 1:
		s.sayf("%s is mapped on %s, by %s.", q.Asked(), phrase.And(names), places[0].Rules[0].Domain)
	default:
		s.sayf("No mapping table that was read maps %s.", q.Asked())
	}
	n, err := s.pickNetwork(question{text: "Trace it on which network?"}, "", func(n *model.NetworkStatus) string {
		return whyIf(len(best) > 1 && !best[n.ID], "it does not map the name that far")
	})
	if err != nil {
		return safe.Text{}, err
	}
	return n.ID, nil
}

// domainOf is the domain that a name falls under in a network, in its normal form.
func domainOf(p dnstrace.Place) string { return dnstable.NameOf(p.Rules[0].Domain).ASCII }

// placeOf finds what a text means that is no name: an object by its id, or what has an
// address. It reports the network, and says what it is.
func (s *session) placeOf(typed string) (safe.Text, bool) {
	if found, is := s.snapshot.Pasted(typed); is {
		s.sayf("That is %s, of the network %s.", found.What, nameOf(found.Network.Name))
		return found.Network.ID, true
	}
	q := dnstrace.Read(typed)
	if !q.Address.IsValid() {
		return safe.Text{}, false
	}
	at := s.snapshot.OfAddress(q.Address)
	if len(at) == 0 {
		return safe.Text{}, false
	}
	what := "the network's own range " + at[0].Range.String()
	if p := at[0].Peering; p != nil {
		what = at[0].Range.String() + " of the peering " + nameOf(p.Name)
	}
	s.sayf("%s lies in %s, on %s.", q.Address, what, nameOf(at[0].Network.Name))
	return at[0].Network.ID, true
}

// traceAndAsk traces, reads the outcome and asks what to do. It reports whether another
// name is to be traced.
func (s *session) traceAndAsk(r dnstrace.Request) (another bool, err error) {
	if err := s.traced(r); err != nil {
		return false, err
	}
	for {
		t := s.trace
		if t == nil {
			return false, nil
		}
		unknown := t.NotKnown()
		list := []choice{
			{item{word: "not known", text: "what is not known (" + phrase.Count(len(unknown), "fact") + ")", help: "What could not be found out, each with the reason.", why: whyIf(len(unknown) == 0, "all that was asked for is known")}, func(string) error {
				for _, line := range unknown {
					s.sayf("  %s", line)
				}
				return nil
			}},
			{item{word: "again", text: "trace again", help: "Ask the servers again."}, func(string) error { return s.traced(r) }},
			{item{word: "row", text: "change the row", help: "Go to the row of the mapping table that won.", why: whyIf(len(t.Rules) == 0, "no row maps the name")}, func(string) error { return s.rowThatWon(*t) }},
			{item{word: "script", text: "commands for a machine in the VNET", help: "Where servers cannot be asked from here: what to run there. peerdeck dns trace --pasted judges what it prints."}, func(string) error {
				text, err := s.Tracer.Script(r)
				if !s.trouble(err) {
					s.lines(text)
				}
				return nil
			}},
			{item{word: "another", text: "another name"}, nil},
		}
		q := question{text: "And now?", help: "What to do with the trace."}
		for _, c := range list {
			q.items = append(q.items, c.item)
		}
		a, err := s.ask(q)
		switch {
		case err != nil:
			return false, err
		case list[a.index].do == nil:
			return true, nil
		}
		if err := list[a.index].do(""); err != nil && !isBack(err) {
			return false, err
		}
	}
}

// rowThatWon leads to the row of the mapping table that the name was asked by.
func (s *session) rowThatWon(t dnstrace.Trace) error {
	n := s.tables.Open(t.Network)
	w, found := t.Winner()
	if n == nil || !found {
		s.sayf("The row is not there any more.")
		return nil
	}
	s.do(n.Keep())
	for _, r := range rowsOf(n) {
		if r.Key == w.Domain {
			return s.dnsRow(n, r)
		}
	}
	s.sayf("The row %s is not there any more.", w.Domain)
	return nil
}

// traced traces a name and reads what comes of it. stop ends it with what is known.
func (s *session) traced(r dnstrace.Request) error {
	before := 0
	if s.trace != nil {
		before = s.trace.Number
	}
	if s.trouble(s.Tracer.Trace(r)) {
		s.trace = nil
		return nil
	}
	s.sayf("Tracing %s. stop ends it.", r.Text)
	doing := ""
	err := s.until(func() bool {
		t := s.trace
		if t == nil || t.Number == before {
			return s.Traces == nil
		}
		if t.Doing != "" && t.Doing != doing {
			doing = t.Doing
			s.sayf("  %s.", capital(doing))
		}
		return t.State.Over() || s.Traces == nil
	}, func(line string) bool {
		stop := strings.EqualFold(strings.TrimSpace(line), "stop")
		if stop {
			s.Tracer.Cancel()
		}
		return stop
	})
	if err != nil || s.trace == nil {
		return err
	}
	s.readTrace(*s.trace)
	return nil
}

// readTrace reads a trace: what matters first, and then the evidence.
func (s *session) readTrace(t dnstrace.Trace) { s.readReport(t.Head() + t.Rest(false)) }

// readReport reads a text for people: columns become parts of a sentence, and commands stay
// what they are.
func (s *session) readReport(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \n")
		bare := strings.TrimLeft(line, " ")
		switch command, is := strings.CutPrefix(bare, "$ "); {
		case bare == "" || strings.Contains(bare, "--all lists"): // blanks, and the word of the command line for what not known answers here
		case is:
			s.command(command)
		default:
			s.sayf("%s", line[:len(line)-len(bare)]+gaps().ReplaceAllString(bare, ", "))
		}
	}
}

// gaps are the blanks between columns.
func gaps() *regexp.Regexp { return regexp.MustCompile(` {2,}`) }
