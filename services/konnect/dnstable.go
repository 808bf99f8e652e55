package konnect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"peerdeck/model"
	"peerdeck/model/safe"
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
		var entry struct {
			Servers []safe.Text `json:"remote_dns_server_ip_addresses"`
		}
		if err := d.Decode(&entry); err != nil {
			return fmt.Errorf("dns_config of %v: %w", safe.New(fmt.Sprint(key)), err)
		}
		t.mappings = append(t.mappings, model.DNSMapping{Domains: []safe.Text{safe.New(fmt.Sprint(key))}, Servers: entry.Servers})
	}
	slices.SortStableFunc(t.mappings, func(a, b model.DNSMapping) int { return a.Domains[0].Compare(b.Domains[0]) })
	return nil
}
