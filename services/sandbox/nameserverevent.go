package sandbox

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
)

// checkNameServer says what is wrong with the part of an event that is about a DNS
// server.
func (w *World) checkNameServer(e Event) error {
	switch {
	case e.NameServer == "" && e.Behave == nil:
		return nil
	case e.NameServer == "":
		return fmt.Errorf("the event at %s tells how a DNS server behaves and names none; give name_server", e.At)
	case e.Behave == nil:
		return fmt.Errorf("the event at %s names the DNS server %s and nothing that it does; give behave", e.At, e.NameServer)
	}
	if _, err := netip.ParseAddr(e.NameServer); err != nil {
		return fmt.Errorf("the event at %s has name_server: %q, which is no IP address", e.At, e.NameServer)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if v, _ := w.vnetAt(e.NameServer); v == nil && w.nameServers[e.NameServer] == nil {
		return fmt.Errorf("the event at %s has name_server: %s, which lies in no VNET of this world", e.At, e.NameServer)
	}
	if err := e.Behave.check(); err != nil {
		return fmt.Errorf("the event at %s: behave: %w", e.At, err)
	}
	return nil
}

// applyToNameServer changes how a DNS server behaves. Where there was none, there is
// one from now on, if its address lies in a VNET.
func (w *World) applyToNameServer(e Event) {
	if e.NameServer == "" || e.Behave == nil || e.Behave.check() != nil {
		return
	}
	if w.nameServers[e.NameServer] == nil {
		v, prefix := w.vnetAt(e.NameServer)
		if v == nil {
			return
		}
		w.nameServerAt(e.NameServer, v, prefix)
	}
	w.nameServers[e.NameServer].behave(*e.Behave)
}

func (w *World) hasNameServer(address string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.nameServers[address] != nil
}

// NameServerView is a DNS server of the world, as it is.
type NameServerView struct {
	Address    string
	Domains    []string // lower case, with the final dot
	Manner     string   // authority, recursor or full (both)
	Behaviours []Behaviour
	Asked      map[string]int // questions that reached it, by transport
}

// NameServers lists the DNS servers of the world by address.
func (w *World) NameServers() []NameServerView {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	var out []NameServerView
	for _, address := range slices.Sorted(maps.Keys(w.nameServers)) {
		s := w.nameServers[address]
		v := NameServerView{Address: address, Domains: slices.Sorted(slices.Values(s.domains)), Manner: s.manner, Asked: maps.Clone(s.asked)}
		for _, b := range s.rules {
			b.Addresses = slices.Clone(b.Addresses)
			v.Behaviours = append(v.Behaviours, b)
		}
		out = append(out, v)
	}
	return out
}
