package model

import (
	"encoding/hex"
	"encoding/json"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxTable is how many bytes of a mapping table are kept for comparing. Of a larger one
// only a sum is, which tells that it changed and not in what.
const maxTable = 32 << 10

// PackTable writes a mapping table as one text that is the same for the same rows.
func PackTable(mappings []DNSMapping) safe.Text {
	rows := map[string]string{}
	for _, m := range mappings {
		for _, d := range m.Domains {
			rows[d.Raw()] = strings.Join(raws(m.Servers), ", ")
		}
	}
	data, err := json.Marshal(rows) // in the order of the domains
	if err != nil {
		return safe.Text{}
	}
	if len(data) > maxTable {
		sum := fnv.New128a()
		_, _ = sum.Write(data) // a sum takes everything
		return safe.New("sum " + hex.EncodeToString(sum.Sum(nil)))
	}
	return safe.New(string(data))
}

func raws(list []safe.Text) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.Raw()
	}
	return out
}

// maxTableRows is how many rows of one change of a table are kept one by one.
const maxTableRows = 50

// TableChanges compares two packed tables, row by row in the order of the domains. Of is
// what the changes are of.
func TableChanges(of Change, from, to safe.Text) []Change {
	of.Aspect = AspectTableRows
	before, readable := unpackTable(from)
	after, too := unpackTable(to)
	if !readable || !too {
		of.From, of.To = safe.New("another table"), safe.New("too large to say in what")
		return []Change{of}
	}
	var out []Change
	add := func(domain, from, to string) {
		of.Domain, of.From, of.To = safe.New(domain), safe.New(from), safe.New(to)
		out = append(out, of)
	}
	for d, servers := range before {
		if after[d] != servers {
			add(d, servers, after[d])
		}
	}
	for d, servers := range after {
		if _, was := before[d]; !was {
			add(d, "", servers)
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return a.Domain.Compare(b.Domain) })
	if over := len(out) - maxTableRows; over > 0 {
		out = out[:maxTableRows]
		of.Domain, of.From, of.To = safe.Text{}, safe.New(phrase.Count(over, "more row")), safe.New("changed")
		out = append(out, of)
	}
	return out
}

// UnpackTable is a packed table as mappings, one for each row; none where it was too large
// to be kept.
func UnpackTable(t safe.Text) []DNSMapping {
	rows, _ := unpackTable(t)
	var out []DNSMapping
	for _, d := range slices.Sorted(maps.Keys(rows)) {
		out = append(out, DNSMapping{Domains: safe.Texts(d), Servers: safe.Texts(strings.Split(rows[d], ", ")...)})
	}
	return out
}

// unpackTable reads what [PackTable] wrote; false where that was a sum.
func unpackTable(t safe.Text) (map[string]string, bool) {
	rows := map[string]string{}
	if strings.HasPrefix(t.Raw(), "sum ") {
		return nil, false
	}
	if t.IsEmpty() {
		return rows, true
	}
	err := json.Unmarshal([]byte(t.Raw()), &rows)
	return rows, err == nil
}
