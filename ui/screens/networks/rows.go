package networks

import (
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// The columns, in their order. A narrow screen shows the first ones; the wide
// table shows all.
const (
	colName     = string(model.ByName)
	colRegion   = string(model.ByRegion)
	colCIDR     = string(model.ByCIDR)
	colPeerings = string(model.ByPeerings)
	colDNS      = string(model.ByDNS)
	colState    = "state"
	colSince    = "since"
	colProvider = "provider"
	colPlanes   = "planes"
	colZones    = "zones"
	colCreated  = "created"
	colID       = "id"
)

// byUrgency is an order that no column shows.
const byUrgency = string(model.ByUrgency)

// columns returns the columns of the table. Longest is the length of the longest
// name.
func columns(wide bool, longest int) []widget.Column {
	out := []widget.Column{
		{ID: colName, Title: "NETWORK", Min: 15, Max: min(max(15, longest+2), 42)},
		{ID: colRegion, Title: "REGION", Min: 13, Max: 18, Rank: 3},
		{ID: colCIDR, Title: "CIDR", Min: 14, Max: 18, Rank: 2},
		{ID: colPeerings, Title: "PEERINGS", Min: 21, Max: 34, Rank: 1},
		{ID: colDNS, Title: "DNS", Min: 5, Right: true, Rank: 1},
	}
	if !wide {
		return out
	}
	return append(out,
		widget.Column{ID: colState, Rank: 4, Title: "STATE", Min: 12, Max: 14},
		widget.Column{ID: colSince, Rank: 4, Title: "SINCE", Min: 10, Max: 16},
		widget.Column{ID: colProvider, Rank: 4, Title: "CLOUD", Min: 6, Max: 7},
		widget.Column{ID: colPlanes, Rank: 4, Title: "CONTROL PLANES", Min: 16, Max: 26},
		widget.Column{ID: colCreated, Rank: 4, Title: "CREATED", Min: 10},
		widget.Column{ID: colZones, Rank: 4, Title: "ZONES", Min: 20, Max: 30},
		widget.Column{ID: colID, Rank: 4, Title: "ID", Min: 36},
	)
}

// rows are the networks that pass the filter, sorted.
type rows struct {
	all    []*model.NetworkStatus // of the snapshot
	shown  []*model.NetworkStatus
	listed map[safe.Text]*model.NetworkStatus
	count  map[model.Severity]int // of those that are shown
	at     time.Time              // of the snapshot
}

// Len is the number of rows.
func (r *rows) Len() int { return len(r.shown) }

// ID is the id of a row's network.
func (r *rows) ID(i int) safe.Text { return r.shown[i].ID }

// Cells fills the cells of a row, in the order of the columns.
func (r *rows) Cells(i int, into []widget.Cell) {
	n := r.shown[i]
	severity := n.Finding.Severity
	into[0] = widget.Cell{Lead: theme.Symbol(severity) + " ", LeadTone: theme.Of(severity), Text: nameOf(n.Name)}
	into[1] = widget.Cell{Text: n.Region.String(), Tone: theme.Muted}
	into[2] = widget.Cell{Text: n.CIDR.String(), Tone: theme.Muted}
	into[3] = peeringsCell(n)
	into[4] = dnsCell(n)
	if len(into) == 5 {
		return
	}
	into[5] = widget.Cell{Text: string(n.State)}
	into[6] = widget.Cell{Text: n.SpeaksSince().Text(r.at), Tone: theme.Muted}
	into[7] = widget.Cell{Text: n.Provider.Label(), Tone: theme.Muted}
	into[8] = widget.Cell{Text: strings.Join(n.PlaneNames(), ", "), Tone: theme.Muted}
	into[9] = widget.Cell{Text: n.CreatedAt.Format("2006-01-02"), Tone: theme.Muted}
	into[10] = widget.Cell{Text: phrase.List(n.AvailabilityZones), Tone: theme.Muted}
	into[11] = widget.Cell{Text: n.ID.String(), Tone: theme.Muted}
}

func nameOf(t safe.Text) string { return t.Or("(no name)").String() }

// peeringsCell says how the peerings stand.
func peeringsCell(n *model.NetworkStatus) widget.Cell {
	s := n.PeeringsSummary()
	switch {
	case s.Quiet:
		return widget.Cell{Text: s.Text, Tone: theme.Muted}
	case s.Severity == model.SeverityOK:
		return widget.Cell{Text: s.Text, Tone: theme.Plain}
	default:
		return widget.Cell{Text: s.Text, Tone: theme.Of(s.Severity)}
	}
}

func dnsCell(n *model.NetworkStatus) widget.Cell {
	count := n.DNSRules()
	if count <= 0 {
		return widget.Cell{Text: "–", Tone: theme.Muted}
	}
	if v, bad := n.WorstDNS(); bad {
		return widget.Cell{Text: strconv.Itoa(count), Tone: theme.Of(v.Severity)}
	}
	return widget.Cell{Text: strconv.Itoa(count)}
}

// set takes new networks in and filters and sorts them.
func (r *rows) set(all []*model.NetworkStatus, filter *widget.Filter, sort string, reverse bool) {
	r.all = all
	r.listed = make(map[safe.Text]*model.NetworkStatus, len(all))
	r.shown = make([]*model.NetworkStatus, 0, len(all))
	r.count = make(map[model.Severity]int, 5)
	for _, n := range all {
		r.listed[n.ID] = n
		if passes(n, filter) {
			r.shown = append(r.shown, n)
			r.count[n.Finding.Severity]++
		}
	}
	model.SortNetworks(r.shown, model.NetworkOrder(sort), reverse)
}

// passes reports whether a network passes the filter.
func passes(n *model.NetworkStatus, filter *widget.Filter) bool {
	if filter.Only() && n.Finding.Severity == model.SeverityOK {
		return false
	}
	return filter.Match(func(key string) []string { return model.NetworkFields(n, key) })
}

// sorts lists the orders, as s walks them. A column that can be sorted by has the name of
// its order.
func sorts() []string {
	return []string{colName, byUrgency, colRegion, colCIDR, colPeerings, colDNS}
}

// longest returns the width of the longest name, as far as a column cares.
func longest(all []*model.NetworkStatus) int {
	most := 0
	for _, n := range all {
		most = max(most, cell.Width(nameOf(n.Name)))
		if most > 42 {
			break
		}
	}
	return most
}
