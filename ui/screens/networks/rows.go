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
	colSince    = string(model.BySince)
	colWhy      = "why"
	colProvider = "provider"
	colPlanes   = "planes"
	colZones    = "zones"
	colCreated  = "created"
	colID       = "id"
)

// byUrgency is an order that no column shows.
const byUrgency = string(model.ByUrgency)

// columns returns the columns of the table in a width. Since when and why come first: they
// are what a person looks up for. Longest is the length of the longest name.
func columns(wide bool, width, longest int) []widget.Column {
	// Of the reason as much is shown as is left beside name, time and rules, before any
	// other column has room.
	const least, comfortable, most, beside = 16, 48, 90, 42
	why := max(least, min(comfortable, width-beside))
	out := []widget.Column{
		{ID: colName, Title: "NETWORK", Min: 15, Max: min(max(15, longest+2), 42)},
		{ID: colSince, Title: "SINCE", Min: 7, Rank: 1},
		{ID: colWhy, Title: "WHY", Min: why, Max: most, Rank: 1},
		{ID: colDNS, Title: "DNS", Min: 5, Right: true, Rank: 1},
		{ID: colRegion, Title: "REGION", Min: 13, Max: 18, Rank: 2},
		{ID: colCIDR, Title: "CIDR", Min: 14, Max: 18, Rank: 2},
		{ID: colPeerings, Title: "PEERINGS", Min: 21, Max: 34, Rank: 3},
	}
	if !wide {
		return out
	}
	out[2].Max = comfortable // the others are what the wide table is for
	return append(out,
		widget.Column{ID: colState, Rank: 4, Title: "STATE", Min: 12, Max: 14},
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
	known  int                    // of these, of which somebody knows already
	unused int                    // of these, which nobody uses
	at     time.Time              // of the snapshot

	peerings bool // a column of its own says how they stand
	edition  uint64
}

// Edition counts what the rows were.
func (r *rows) Edition() uint64 { return r.edition }

// Len is the number of rows.
func (r *rows) Len() int { return len(r.shown) }

// ID is the id of a row's network.
func (r *rows) ID(i int) safe.Text { return r.shown[i].ID }

// Cells fills the cells of a row, in the order of the columns.
func (r *rows) Cells(i int, into []widget.Cell) {
	n := r.shown[i]
	into[0] = nameCell(n)
	into[1] = sinceCell(n, r.at)
	into[2] = whyCell(n, r.peerings)
	into[3] = dnsCell(n)
	into[4] = widget.Cell{Text: n.Region.String(), Tone: theme.Muted}
	into[5] = widget.Cell{Text: n.CIDR.String(), Tone: theme.Muted}
	into[6] = peeringsCell(n)
	const always = 7
	if len(into) == always {
		return
	}
	into[7] = widget.Cell{Text: string(n.State)}
	into[8] = widget.Cell{Text: n.Provider.Label(), Tone: theme.Muted}
	into[9] = widget.Cell{Text: strings.Join(n.PlaneNames(), ", "), Tone: theme.Muted}
	into[10] = widget.Cell{Text: n.CreatedAt.Format("2006-01-02"), Tone: theme.Muted}
	into[11] = widget.Cell{Text: phrase.List(n.AvailabilityZones), Tone: theme.Muted}
	into[12] = widget.Cell{Text: n.ID.String(), Tone: theme.Muted}
}

// nameCell is the name behind its mark. A network that nobody uses has none of the marks
// that say how something stands.
func nameCell(n *model.NetworkStatus) widget.Cell {
	if n.Unused() != "" {
		return widget.Cell{Lead: "– ", LeadTone: theme.Muted, Text: nameOf(n.Name), Tone: theme.Muted}
	}
	c := widget.Cell{Lead: theme.SymbolOf(n.Finding) + " ", LeadTone: theme.OfFinding(n.Finding), Text: nameOf(n.Name)}
	if n.Finding.Acknowledged() {
		c.Tone = theme.Muted
	}
	return c
}

// sinceCell says since when a network is as it is, where it is not well. What is not known
// is told from what is well.
func sinceCell(n *model.NetworkStatus, now time.Time) widget.Cell {
	if n.Finding.Severity == model.SeverityOK {
		return widget.Cell{}
	}
	text := n.SpeaksSince().Short(now)
	if text == "" {
		return widget.Cell{Text: "–", Tone: theme.Muted}
	}
	if n.Finding.Pressing() {
		return widget.Cell{Text: text}
	}
	return widget.Cell{Text: text, Tone: theme.Muted}
}

// whyCell says why a network stands as it does: what is wrong, or else how its peerings
// are, where no other column says that.
func whyCell(n *model.NetworkStatus, elsewhere bool) widget.Cell {
	f := n.Finding
	switch {
	case n.Unused() != "":
		return widget.Cell{Text: n.Unused() + ": " + phrase.Lower(unusedWhy(n)), Tone: theme.Muted}
	case f.Severity == model.SeverityOK && elsewhere:
		return widget.Cell{}
	case f.Severity == model.SeverityOK:
		return widget.Cell{Text: n.PeeringsSummary().Text, Tone: theme.Muted}
	case !f.NeedsPerson() || f.Acknowledged():
		return widget.Cell{Text: f.Cause, Tone: theme.Muted}
	default:
		return widget.Cell{Text: f.Cause}
	}
}

// unusedWhy says what a network lacks that nobody uses.
func unusedWhy(n *model.NetworkStatus) string {
	if n.State == model.NetworkReady {
		return "No peering, no control plane"
	}
	if n.State == model.NetworkOffline {
		return "It exists and is not built"
	}
	return "It goes from the list by itself"
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
	r.edition++
	r.listed = make(map[safe.Text]*model.NetworkStatus, len(all))
	r.shown = make([]*model.NetworkStatus, 0, len(all))
	r.count, r.known, r.unused = make(map[model.Severity]int, 5), 0, 0
	for _, n := range all {
		r.listed[n.ID] = n
		if passes(n, filter) {
			r.shown = append(r.shown, n)
			switch {
			case n.Unused() != "":
				r.unused++
			case n.Finding.Acknowledged():
				r.known++
			default:
				r.count[n.Finding.Severity]++
			}
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
	return []string{byUrgency, colName, colSince, colDNS, colPeerings, colRegion, colCIDR}
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
