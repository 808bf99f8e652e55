package konnect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// dnsTable reads both shapes of a mapping: a peering's list of server sets and
// domain sets, and a resolver's object keyed by domain. The object is read
// member by member, because a plain decoder would let the last of two equal
// domains win in silence; both are kept here. Its order means nothing, so it is
// sorted by domain.
type dnsTable struct{ mappings []model.DNSMapping }

// UnmarshalJSON reads either shape; null is no mapping.
func (t *dnsTable) UnmarshalJSON(data []byte) error {
	t.mappings = nil
	data = bytes.TrimSpace(data)
	switch {
	case bytes.Equal(data, []byte("null")):
		return nil
	case len(data) > 0 && data[0] == '[':
		return t.list(data)
	case len(data) > 0 && data[0] == '{':
		return t.object(data)
	default:
		return errors.New("dns_config is neither a list nor an object")
	}
}

// unknownMembers keeps the members of an object that are not among the known ones, as
// they came, sorted by name: what a newer Konnect has added must survive an edit.
func unknownMembers(all map[string]json.RawMessage, known ...string) []model.Member {
	var out []model.Member
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if slices.Contains(known, name) {
			continue
		}
		var b bytes.Buffer
		if json.Compact(&b, all[name]) == nil {
			out = append(out, model.Member{Name: safe.New(name), JSON: safe.New(b.String())})
		}
	}
	return out
}

func (t *dnsTable) list(data []byte) error {
	var entries []struct {
		Servers []safe.Text `json:"remote_dns_server_ip_addresses"`
		Domains []safe.Text `json:"domain_proxy_list"`
	}
	if err := json.Unmarshal(data, &entries); err != nil {
		return fmt.Errorf("dns_config: %w", err)
	}
	for _, e := range entries {
		t.mappings = append(t.mappings, model.DNSMapping{Domains: e.Domains, Servers: e.Servers})
	}
	return nil
}

func (t *dnsTable) object(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil { // the opening brace
		return fmt.Errorf("dns_config: %w", err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return fmt.Errorf("dns_config: %w", err)
		}
		name := safe.New(fmt.Sprint(key))
		var raw json.RawMessage
		var entry struct {
			Servers []safe.Text `json:"remote_dns_server_ip_addresses"`
		}
		if err := d.Decode(&raw); err != nil {
			return fmt.Errorf("dns_config of %v: %w", name, err)
		}
		if err := json.Unmarshal(raw, &entry); err != nil {
			return fmt.Errorf("dns_config of %v: %w", name, err)
		}
		all, err := object(raw)
		if err != nil {
			return fmt.Errorf("dns_config of %v: %w", name, err)
		}
		t.mappings = append(t.mappings, model.DNSMapping{
			Domains: []safe.Text{name}, Servers: entry.Servers, Extra: unknownMembers(all, "remote_dns_server_ip_addresses"),
		})
	}
	slices.SortStableFunc(t.mappings, func(a, b model.DNSMapping) int { return a.Domains[0].Compare(b.Domains[0]) })
	return nil
}
