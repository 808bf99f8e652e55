package sandbox

import (
	"fmt"
	"time"
)

// checkDNS says what is wrong with the part of an event that is about private DNS.
func (e Event) checkDNS() error {
	if e.DNS == "" && (len(e.Map)+len(e.Drop) > 0 || e.Newer != nil) {
		return fmt.Errorf("the event at %s changes a map and names no private DNS; give dns", e.At)
	}
	if err := e.Newer.check(); err != nil {
		return fmt.Errorf("the event at %s: %w", e.At, err)
	}
	return nil
}

// applyToDNS changes a private DNS as somebody else would. A change of its map is over
// when it shows, unless the event says that it is initializing: then it is ready after
// its time, as after a PATCH.
func (w *World) applyToDNS(e Event, n *network, now time.Time) {
	d := n.privateDNS(e.DNS)
	switch {
	case d == nil:
		return
	case e.Delete:
		n.removeDNS(d)
		return
	}
	d.learn(e.Newer)
	change := len(e.Map)+len(e.Drop) > 0 && tableOf(d.config) != nil
	if change {
		d.config = edited(d.config, e.Map, e.Drop)
	}
	switch {
	case e.State != "":
		d.works++ // what was under way is not any more
		d.setState(e.State, e.Reported, e.Reason, now.Add(-e.Ago))
		if change && e.State == stateNew {
			w.scheduleDNS(d, now)
		}
	case change:
		d.touch(now)
	}
}
