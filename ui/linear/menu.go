package linear

import (
	"errors"

	"github.com/peerdeck/peerdeck/model"
)

// choice is a place that a question leads to.
type choice struct {
	item
	do func(rest string) error
}

// menu asks what to do until the person leaves. What changes meanwhile is said at once.
func (s *session) menu() error {
	for {
		list := s.places()
		q := question{
			text: "What now?", top: true, arguments: true,
			help: "This is where everything begins. While it is asked, what changes in the networks is read as it comes. A word may have a name behind it: dns eu-prod, trace orders.example.org, net us-west.",
		}
		for _, c := range list {
			q.items = append(q.items, c.item)
		}
		s.live = true
		s.tellChanges() // what came while another question was asked
		a, err := s.ask(q)
		s.live = false
		if err == nil {
			err = list[a.index].do(a.text)
		}
		switch {
		case errors.Is(err, errQuit):
			leave, asked := s.leave()
			if leave || errors.Is(asked, errEnd) { // whoever ends the input then leaves
				return errQuit
			}
			if asked != nil {
				return asked
			}
		case err != nil && !errors.Is(err, errBack):
			return err
		}
	}
}

// places are what can be done from the menu.
func (s *session) places() []choice {
	list := []choice{
		{item{word: "networks", text: "networks", help: "Every network and peering, both halves, what is wrong and the next step."}, s.networks},
		{item{word: "dns", text: "DNS of a network", help: "The mapping table: read it, edit it, review and apply the edits."}, s.dns},
		{item{word: "trace", text: "trace a name", help: "Why a name does not resolve from a gateway."}, s.traceName},
		{item{word: "set-up", text: "set-up", help: "Set up a peering, go on with an earlier run, or take one down."}, s.setup},
		{item{word: "watch", text: "watch", help: "Read changes as they come, and nothing else."}, s.watch},
		{item{word: "changes", text: "changes", help: "What has changed, the newest first."}, s.changes},
		{item{word: "refresh", text: "read again", help: "Ask both clouds again now."}, s.refresh},
		{item{word: "quit", text: "quit", help: "Leave peerdeck; what would be lost is said first."}, func(string) error { return errQuit }},
	}
	if s.active() {
		list[3].text = "set-up, a run is in hand"
	}
	return list
}

// attention are the networks that need somebody.
func attention(snapshot *model.Snapshot) []*model.NetworkStatus {
	var out []*model.NetworkStatus
	for _, n := range worst(snapshot.Networks) {
		if n.Finding.Pressing() {
			out = append(out, n)
		}
	}
	return out
}

// refresh asks both clouds again, and says how things stand then.
func (s *session) refresh(string) error {
	if s.Watcher == nil {
		s.sayf("Nothing is read any more.")
		return nil
	}
	before := s.snapshot.At
	s.Watcher.Refresh()
	s.sayf("Reading again.")
	if err := s.until(func() bool { return s.snapshot.At.After(before) || s.Watcher == nil }, nil); err != nil {
		return err
	}
	s.summary()
	return nil
}
