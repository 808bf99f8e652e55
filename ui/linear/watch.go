package linear

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// heard is how far the time line was read out.
type heard struct {
	number uint64
	at     time.Time
	begun  bool // the time line was there once
	mute   bool // nothing could be read when it began
}

// fresh returns the entries that were not read out yet, the oldest first.
func (h *heard) fresh(v changes.View) []changes.Entry {
	var out []changes.Entry
	next := *h
	for _, e := range v.Entries {
		if e.Number > h.number || e.Number == 0 && e.At.After(h.at) {
			out = append(out, e)
		}
		next.number = max(next.number, e.Number)
		if e.At.After(next.at) {
			next.at = e.At
		}
	}
	*h = next
	slices.Reverse(out)
	return out
}

// receiveChanges takes the time line. What the first one holds is from before, and is only
// counted.
func (s *session) receiveChanges(v changes.View) {
	s.view = v
	if !s.heard.begun {
		s.heard.begun = true
		s.heard.fresh(v)
		if s.live {
			s.headline()
		}
		return
	}
	if s.live {
		s.tellChanges()
	}
}

// headline says what came since the person last looked, where something did.
func (s *session) headline() {
	if text := s.view.Headline(s.now()); text != "" && s.view.News > 0 {
		s.sayf("%s. changes reads them.", capital(text))
	}
}

// looked tells that the person has heard what was read of the time line.
func (s *session) looked() {
	if s.Watcher != nil && s.heard.begun {
		s.Watcher.Look(true)
		s.Watcher.Look(false)
	}
}

// tellChanges reads out what has changed since it was done last.
func (s *session) tellChanges() {
	list := s.heard.fresh(s.view)
	if s.heard.mute && s.known {
		s.heard.mute = false
		s.sayf("Konnect answers.")
		s.summary()
		return
	}
	for _, e := range list {
		s.sayf("%s", s.changeLine(e))
	}
}

// changeLine is an entry of the time line in a line: whether it is good or bad stands
// before what it is.
func (s *session) changeLine(e changes.Entry) string {
	text := changes.Moment(e.At, s.now()) + " "
	if !e.Plain && e.Kind != changes.KindGap {
		text += gradeOf(e.Severity) + ": "
	}
	if where := e.Where(); where != "" {
		text += where + ": "
	}
	text += e.Line(s.now())
	if e.Cause != "" && !strings.Contains(text, strings.TrimSuffix(e.Cause, ".")) {
		text = strings.TrimSuffix(text, ".") + ". " + e.Cause
	}
	return strings.TrimSuffix(text, ".") + "."
}

// watch reads changes as they come, until a line is typed. Without input it goes on until
// a signal ends it.
func (s *session) watch(string) error {
	s.sayf("Changes are read as they come, one a line. Enter ends that.")
	s.live = true
	defer func() { s.live = false }()
	s.tellChanges()
	for {
		_, typed, err := s.next(!s.ended)
		switch {
		case errors.Is(err, errEnd):
			s.sayf("The input has ended; changes are read on until the program is ended.")
		case err != nil:
			return err
		case typed:
			s.looked()
			return nil
		case s.Watcher == nil:
			s.sayf("Nothing is read any more.")
			return nil
		}
	}
}

// changes reads out what has changed, the newest first, in pages.
func (s *session) changes(string) error {
	if text := s.view.Headline(s.now()); text != "" {
		s.sayf("%s.", capital(text))
	}
	defer s.looked()
	q := question{text: "Which change? Its number leads to its network.", long: true, help: "The newest comes first. Gaps in which nobody watched are among them."}
	for _, e := range s.view.Entries {
		q.items = append(q.items, item{word: e.Where(), text: s.changeLine(e), why: whyIf(s.network(e.Network) == nil, "its network is not there")})
	}
	if len(q.items) == 0 {
		s.sayf("Nothing has changed since peerdeck watches.")
		return nil
	}
	a, err := s.ask(q)
	if err != nil {
		return err
	}
	return s.oneNetwork(s.view.Entries[a.index].Network)
}

// changesOf reads out the last changes of a network.
func (s *session) changesOf(network safe.Text) {
	const some = 5
	list := s.view.Of(network)
	list = list[:min(len(list), some)]
	if len(list) > 0 {
		s.sayf("The last %s, the newest first:", phrase.Noun(len(list), "change"))
	}
	for _, e := range list {
		s.sayf("  %s", s.changeLine(e))
	}
}
