package networks

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"peerdeck/model"
	"peerdeck/model/finding"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// The columns, in their order. A narrow screen shows the first ones; the wide
// table shows all.
const (
	colName     = "name"
	colRegion   = "region"
	colCIDR     = "cidr"
	colPeerings = "peerings"
	colDNS      = "dns"
	colState    = "state"
	colProvider = "provider"
	colPlanes   = "planes"
	colZones    = "zones"
	colCreated  = "created"
	colID       = "id"
)

// byUrgency is an order that no column shows.
const byUrgency = "urgency"

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
	into[6] = widget.Cell{Text: n.Provider.Label(), Tone: theme.Muted}
	into[7] = widget.Cell{Text: planes(n), Tone: theme.Muted}
	into[8] = widget.Cell{Text: n.CreatedAt.Format("2006-01-02"), Tone: theme.Muted}
	into[9] = widget.Cell{Text: phrase.List(n.AvailabilityZones), Tone: theme.Muted}
	into[10] = widget.Cell{Text: n.ID.String(), Tone: theme.Muted}
}

func nameOf(t safe.Text) string { return t.Or("(no name)").String() }

// peeringsCell counts the peerings by their words: "2 ready · 1 broken". A
// network that is not ready says so instead.
func peeringsCell(n *model.NetworkStatus) widget.Cell {
	worst := n.Own.Severity
	for i := range n.Peerings {
		worst = max(worst, n.Peerings[i].Finding.Severity)
	}
	tone := theme.Plain
	if worst != model.SeverityOK {
		tone = theme.Of(worst)
	}
	switch {
	case n.State != model.NetworkReady:
		return widget.Cell{Text: "network " + n.Own.Word, Tone: tone}
	case !n.PeeringsRead.Read() && n.PeeringsRead.Failure != nil:
		return widget.Cell{Text: "cannot be read", Tone: tone}
	case !n.PeeringsRead.Read():
		if n.PeeringCount < 0 {
			return widget.Cell{Text: "being read", Tone: theme.Muted}
		}
		return widget.Cell{Text: fmt.Sprintf("%d, being read", n.PeeringCount), Tone: theme.Muted}
	case len(n.Peerings) == 0:
		return widget.Cell{Text: "none", Tone: theme.Muted}
	}
	text := countWords(n)
	if v, bad := worstDNS(n); bad && v.Severity > worst {
		// The row's mark would else have no word beside it.
		text, tone = text+" · "+v.Word, theme.Of(v.Severity)
	}
	return widget.Cell{Text: text, Tone: tone}
}

func countWords(n *model.NetworkStatus) string {
	type group struct {
		word     string
		severity model.Severity
		count    int
	}
	var groups []group
	for i := range n.Peerings {
		v := n.Peerings[i].Finding
		k := slices.IndexFunc(groups, func(g group) bool { return g.word == v.Word })
		if k < 0 {
			groups = append(groups, group{word: v.Word, severity: v.Severity})
			k = len(groups) - 1
		}
		groups[k].count++
	}
	slices.SortStableFunc(groups, func(a, b group) int { return int(a.severity) - int(b.severity) })
	words := make([]string, 0, len(groups)+1)
	for _, g := range groups {
		words = append(words, strconv.Itoa(g.count)+" "+g.word)
	}
	text := strings.Join(words, " · ")
	if cloud := n.Peerings[0].Kind.Cloud(); cloud != model.ProviderAzure && cloud != "" {
		text += " (" + cloud.Label() + ")"
	}
	return text
}

func dnsCell(n *model.NetworkStatus) widget.Cell {
	count := n.DNSRules()
	if count <= 0 {
		return widget.Cell{Text: "–", Tone: theme.Muted}
	}
	if v, bad := worstDNS(n); bad {
		return widget.Cell{Text: strconv.Itoa(count), Tone: theme.Of(v.Severity)}
	}
	return widget.Cell{Text: strconv.Itoa(count)}
}

// worstDNS returns the most urgent verdict of the private DNS that needs a look.
func worstDNS(n *model.NetworkStatus) (worst finding.Finding, bad bool) {
	for i := range n.PrivateDNS {
		if v := n.PrivateDNS[i].Finding; v.Severity >= model.SeverityAttention && v.Severity > worst.Severity {
			worst, bad = v, true
		}
	}
	return worst, bad
}

func planes(n *model.NetworkStatus) string {
	names := make([]string, len(n.ControlPlanes))
	for i, c := range n.ControlPlanes {
		names[i] = c.Name.Or(c.ID.String()).String()
	}
	return strings.Join(names, ", ")
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
	less := comparer(sort)
	slices.SortStableFunc(r.shown, func(a, b *model.NetworkStatus) int {
		c := less(a, b)
		if reverse {
			c = -c
		}
		if c == 0 {
			c = a.ID.Compare(b.ID)
		}
		return c
	})
}

// passes reports whether a network passes the filter.
func passes(n *model.NetworkStatus, filter *widget.Filter) bool {
	if filter.Only() && n.Finding.Severity == model.SeverityOK {
		return false
	}
	return filter.Match(func(key string) []string { return model.NetworkFields(n, key) })
}

// sorts lists the columns to sort by, in the order in which s walks them.
func sorts() []string { return []string{colName, byUrgency, colRegion, colCIDR, colPeerings, colDNS} }

func comparer(sort string) func(a, b *model.NetworkStatus) int {
	byName := func(a, b *model.NetworkStatus) int { return a.Name.Compare(b.Name) }
	text := func(of func(*model.NetworkStatus) safe.Text) func(a, b *model.NetworkStatus) int {
		return func(a, b *model.NetworkStatus) int {
			if c := of(a).Compare(of(b)); c != 0 {
				return c
			}
			return byName(a, b)
		}
	}
	number := func(of func(*model.NetworkStatus) int) func(a, b *model.NetworkStatus) int {
		return func(a, b *model.NetworkStatus) int {
			if c := of(a) - of(b); c != 0 {
				return c
			}
			return byName(a, b)
		}
	}
	switch sort {
	case byUrgency:
		return number(func(n *model.NetworkStatus) int { return -int(n.Finding.Severity) })
	case colRegion:
		return text(func(n *model.NetworkStatus) safe.Text { return n.Region })
	case colCIDR:
		return func(a, b *model.NetworkStatus) int {
			if c := a.CIDR.Compare(b.CIDR); c != 0 {
				return c
			}
			return byName(a, b)
		}
	case colPeerings:
		return number(func(n *model.NetworkStatus) int { return -max(len(n.Peerings), n.PeeringCount) })
	case colDNS:
		return number(func(n *model.NetworkStatus) int { return -n.DNSRules() })
	default:
		return byName
	}
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
