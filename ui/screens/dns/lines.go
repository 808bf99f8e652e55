package dns

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// line is a row of the screen: one domain of one origin.
type line struct {
	id     safe.Text
	table  *workspace.Table // nil: it cannot be edited, see why
	row    dnstable.Row
	mark   dnstable.ChangeKind
	before *dnstable.Row // as it was loaded; nil for a new row
	kind   dnstable.Kind
	from   string
	why    string               // why it cannot be edited
	peer   *model.PeeringStatus // the peering whose own row it is
	zone   bool                 // a linked zone: it has no servers
}

// mine reports whether the line can be edited.
func (l *line) mine() bool { return l.table != nil }

// gone reports whether the row is staged to be removed.
func (l *line) gone() bool { return l.mark == dnstable.Removed }

// linesOf lists all rows of a network: each resolver's, and then those that cannot be
// edited.
func linesOf(n *workspace.Network) []line {
	var out []line
	for _, t := range n.Tables() {
		out = append(out, tableLines(t)...)
	}
	status := n.Status()
	for i := range status.PrivateDNS {
		if d := &status.PrivateDNS[i]; d.Kind != model.KindAzureResolver {
			out = append(out, foreignLines(d)...)
		}
	}
	for i := range status.Peerings {
		out = append(out, peeringLines(&status.Peerings[i])...)
	}
	return out
}

func tableLines(t *workspace.Table) []line {
	draft := t.Draft()
	kinds := kindsOf(draft.Base(), nil)
	kinds = kindsOf(draft.Rows(), kinds)
	staged := draft.Staged()
	out := make([]line, len(staged))
	for i, s := range staged {
		out[i] = line{id: t.RowID(s.ID), table: t, row: s.Row, mark: s.Mark, before: s.Before, kind: kinds[s.ID], from: t.Name()}
	}
	return out
}

func kindsOf(rows []dnstable.Row, into map[dnstable.RowID]dnstable.Kind) map[dnstable.RowID]dnstable.Kind {
	if into == nil {
		into = make(map[dnstable.RowID]dnstable.Kind, len(rows))
	}
	for i, k := range dnstable.Kinds(rows) {
		into[rows[i].ID] = k
	}
	return into
}

func peeringLines(p *model.PeeringStatus) []line {
	rows := dnstable.FromMappings(p.DNS)
	kinds := dnstable.Kinds(rows)
	out := make([]line, len(rows))
	name := p.Name.Or(p.ID.String()).String()
	for i, r := range rows {
		out[i] = line{
			id: safe.New("peering/" + p.ID.String() + "/" + strconv.Itoa(i)), row: r, kind: kinds[i], from: "peering " + name, peer: p,
			why: "it is the peering's own, which was fixed when the peering was made (e says more)",
		}
	}
	return out
}

// foreignLines are the rows of what is no Azure resolver: shown, never edited.
func foreignLines(d *model.PrivateDNSStatus) []line {
	rows := dnstable.FromMappings(d.DNS)
	name := d.Name.Or(d.ID.String()).String()
	why := "it belongs to an " + d.Kind.Label() + "; peerdeck edits the maps of Azure outbound resolvers"
	zone := len(rows) == 0
	if zone {
		rows = []dnstable.Row{{Key: zoneName(d)}}
	}
	kinds := dnstable.Kinds(rows)
	out := make([]line, len(rows))
	for i, r := range rows {
		out[i] = line{id: safe.New("dns/" + d.ID.String() + "/" + strconv.Itoa(i)), row: r, kind: kinds[i], from: name, why: why, zone: zone}
		if zone {
			out[i].kind = ""
		}
	}
	return out
}

// zoneName finds the domain of a hosted zone among what Konnect says of it.
func zoneName(d *model.PrivateDNSStatus) safe.Text {
	for _, f := range d.Target {
		if f.Label.String() == "Domain" && !f.Value.IsEmpty() {
			return f.Value
		}
	}
	return d.Name
}

// The columns.
const (
	colPlace   = "place" // the order of the tables themselves; no column shows it
	colDomain  = "domain"
	colServers = "servers"
	colKind    = "kind"
	colFrom    = "from"
	byProblems = "problems"
)

// sorts lists the orders in which s walks.
func sorts() []string {
	return []string{colPlace, colDomain, colServers, colKind, colFrom, byProblems}
}

// sortLines sorts, and leaves what is equal as it stands.
func sortLines(lines []line, by string, reverse bool, worst func(*line) int) {
	if by == colPlace {
		if reverse {
			slices.Reverse(lines)
		}
		return
	}
	keys := make(map[safe.Text]string, len(lines))
	for i := range lines {
		l := &lines[i]
		switch by {
		case colServers:
			keys[l.id] = phrase.List(l.row.Servers)
		case colKind:
			keys[l.id] = string(l.kind)
		case colFrom:
			keys[l.id] = l.from
		case byProblems:
			keys[l.id] = strconv.Itoa(9 - worst(l))
		default:
			keys[l.id] = strings.ToLower(l.row.Key.String())
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		c := cmp.Compare(keys[a.id], keys[b.id])
		if reverse {
			return -c
		}
		return c
	})
}
