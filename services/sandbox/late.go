package sandbox

import (
	"strings"
	"time"
)

// A change that shows late: Konnect has taken it and works on it, and for a while
// readers are shown what was there before.

// seen is what readers are shown of a private DNS.
func (d *privateDNS) seen(now time.Time) *privateDNS {
	if d.before != nil && now.Before(d.lateUntil) {
		return d.before
	}
	return d
}

// seenDNS are the private DNS of a network as readers are shown them.
func (w *World) seenDNS(n *network) []*privateDNS {
	now := w.clock.Now()
	out := make([]*privateDNS, 0, len(n.dns))
	for _, d := range lagging(w, lagDNS, n, n.dns, hidesLists) {
		out = append(out, d.seen(now))
	}
	return out
}

// dnsAt finds the private DNS that a path of Konnect leads to, nil for none.
func (w *World) dnsAt(path string) *privateDNS {
	before, id, ok := strings.Cut(path, "/private-dns/")
	n := w.byID[before[strings.LastIndexByte(before, '/')+1:]]
	if !ok || n == nil {
		return nil
	}
	return n.privateDNS(id)
}

// keepShowing lets readers see, for some time, what they saw before a change.
func (d *privateDNS) keepShowing(old privateDNS, late time.Duration, now time.Time) {
	shown := *old.seen(now)
	shown.before = nil
	d.before, d.lateUntil = &shown, now.Add(late)
}
