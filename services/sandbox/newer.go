package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Newer is what a newer Konnect tells of a private DNS, and this program's contract
// does not know. It makes no new version: nobody has changed anything.
type Newer struct {
	Members map[string]any            `yaml:"members"` // of the private DNS itself
	Config  map[string]any            `yaml:"config"`  // of its attachment's configuration
	Entries map[string]map[string]any `yaml:"entries"` // of entries of its map, by domain; a domain that is not mapped is passed over
}

// check says what is wrong with the members: the contract has one of that name, or
// JSON cannot tell its value.
func (n *Newer) check() error {
	if n == nil {
		return nil
	}
	known := slices.Collect(maps.Keys(renderDNS(&privateDNS{})))
	for _, of := range []struct {
		members map[string]any
		known   []string
	}{{n.Members, known}, {n.Config, []string{"kind", "dns_config"}}} {
		for _, name := range of.known {
			if _, there := of.members[name]; there {
				return fmt.Errorf("%q is a member that the contract knows; give newer one that it does not", name)
			}
		}
	}
	for domain, members := range n.Entries {
		if _, there := members[inServers]; there {
			return fmt.Errorf("%q of %s is a member that the contract knows; give newer one that it does not", inServers, domain)
		}
	}
	if _, err := json.Marshal([]any{n.Members, n.Config, n.Entries}); err != nil {
		return fmt.Errorf("newer holds a value that JSON cannot tell: %w", err)
	}
	return nil
}

// learn adds members that nobody knows.
func (d *privateDNS) learn(n *Newer) {
	if n == nil || n.check() != nil {
		return
	}
	d.extra = joined(d.extra, n.Members)
	d.config = joined(d.config, n.Config)
	if tableOf(d.config) == nil || len(n.Entries) == 0 {
		return
	}
	table := maps.Clone(tableOf(d.config))
	for domain, members := range n.Entries {
		if entry, ok := table[domain].(map[string]any); ok {
			table[domain] = joined(entry, members)
		}
	}
	d.config = withTable(d.config, table)
}

// changedExtra takes from a body what the private DNS has beyond the contract, and
// reports whether that changed something.
func (d *privateDNS) changedExtra(body map[string]any) bool {
	changed := false
	for name, old := range d.extra {
		if sent, there := body[name]; there && !reflect.DeepEqual(old, sent) {
			d.extra, changed = joined(d.extra, map[string]any{name: sent}), true
		}
	}
	return changed
}

// joined is a new object with the members of both.
func joined(a, b map[string]any) map[string]any {
	out := make(map[string]any, len(a)+len(b))
	maps.Copy(out, a)
	maps.Copy(out, b)
	return out
}
