package paths

import (
	"cmp"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// The columns of the subnets, by which they are sorted too.
const (
	colSubnet = "subnet"
	colRange  = "range"
	colVNet   = "vnet"
	colWord   = "ways"
)

// subnets are those of the peered VNETs, each with the way to it and back.
type subnets struct {
	t       *widget.Table
	f       *widget.Filter
	sort    string // empty: the most urgent first
	reverse bool

	all      []*paths.Way
	shown    []*paths.Way
	troubled int // of those that are shown
}

func newSubnets() subnets {
	l := subnets{f: widget.NewFilter("problems", subnetKeys()), t: widget.NewTable(subnetColumns(0, 0, 0))}
	l.t.SetRows(&subnetRows{})
	return l
}

func (l *subnets) table() *widget.Table   { return l.t }
func (l *subnets) filter() *widget.Filter { return l.f }
func (l *subnets) noun() string           { return "subnet" }

func (l *subnets) count() (shown, troubled, all int) {
	return len(l.shown), l.troubled, len(l.all)
}

func (l *subnets) findings(i int) []finding.Finding { return l.shown[i].Findings }

// worst is the severity of the most urgent finding; there may be none.
func worst(list []finding.Finding) model.Severity {
	if len(list) == 0 {
		return finding.OK
	}
	return list[0].Severity
}

// subnetKeys are the fields that a filter may name.
func subnetKeys() []string { return []string{"subnet", "range", "vnet", "severity", "code"} }

func subnetFields(w *paths.Way, key string) []string {
	switch key {
	case "":
		return []string{w.Subnet.String(), phrase.List(w.Prefixes), w.VNet.Name.String(), wayWord(w)}
	case "subnet":
		return []string{w.Subnet.String()}
	case "range":
		return []string{phrase.List(w.Prefixes)}
	case "vnet":
		return []string{w.VNet.Name.String(), w.VNet.ID().String()}
	case "severity":
		return []string{worst(w.Findings).String(), wayWord(w)}
	case "code":
		out := make([]string, 0, len(w.Findings))
		for _, f := range w.Findings {
			out = append(out, string(f.Code))
		}
		return out
	default:
		return nil
	}
}

// wayWord is how the replies come home, in one or two words.
func wayWord(w *paths.Way) string {
	if w.Word == "" && len(w.Findings) > 0 {
		return safe.Clean(w.Findings[0].Word)
	}
	return safe.Clean(w.Word)
}

// set takes what was read, and shows what passes the filter.
func (l *subnets) set(v paths.View) {
	l.all, l.shown = make([]*paths.Way, len(v.Ways)), make([]*paths.Way, 0, len(v.Ways))
	for i := range v.Ways {
		l.all[i] = &v.Ways[i]
	}
	slices.SortStableFunc(l.all, func(a, b *paths.Way) int {
		c := cmp.Or(l.compare(a, b), a.Subnet.Compare(b.Subnet))
		if l.reverse {
			c = -c
		}
		return cmp.Or(c, a.VNet.Name.Compare(b.VNet.Name))
	})
	l.troubled = 0
	for _, w := range l.all {
		trouble := worst(w.Findings).NeedsPerson()
		if l.f.Only() && !trouble || !l.f.Match(func(key string) []string { return subnetFields(w, key) }) {
			continue
		}
		l.shown = append(l.shown, w)
		if trouble {
			l.troubled++
		}
	}
	l.t.SetRows(&subnetRows{l.shown})
	l.t.SortBy(l.sort, l.reverse)
}

func (l *subnets) compare(a, b *paths.Way) int {
	switch l.sort {
	case "":
		return int(worst(b.Findings)) - int(worst(a.Findings))
	case colRange:
		return cmp.Compare(phrase.List(a.Prefixes), phrase.List(b.Prefixes))
	case colVNet:
		return a.VNet.Name.Compare(b.VNet.Name)
	case colWord:
		return cmp.Compare(wayWord(a), wayWord(b))
	default:
		return 0
	}
}

func (l *subnets) sortBy(column string) bool {
	switch column {
	case "":
		return false
	case l.sort:
		l.reverse = !l.reverse
	default:
		l.sort, l.reverse = column, false
	}
	return true
}

func (l *subnets) nextSort() {
	all := []string{"", colSubnet, colRange, colVNet, colWord}
	l.sort, l.reverse = all[(slices.Index(all, l.sort)+1)%len(all)], false
}

func (l *subnets) order() string {
	if l.sort == "" && l.reverse {
		return "most urgent last"
	}
	return ""
}

func (l *subnets) arrange(width, height int) {
	name, ranges, vnet := 0, 0, 0
	for _, w := range l.shown {
		name = max(name, cell.Width(w.Subnet.String()))
		ranges = max(ranges, cell.Width(phrase.List(w.Prefixes)))
		vnet = max(vnet, cell.Width(w.VNet.Name.String()))
	}
	l.t.SetColumns(subnetColumns(name, ranges, vnet))
	l.t.Resize(width, height)
}

func subnetColumns(name, ranges, vnet int) []widget.Column {
	return []widget.Column{
		{ID: colSubnet, Title: "  SUBNET", Min: 20, Max: min(max(20, name+2), 48)},
		{ID: colRange, Title: "RANGE", Min: 18, Max: min(max(18, ranges), 40), Rank: 1},
		{ID: colVNet, Title: "VNET", Min: 14, Max: min(max(14, vnet), 40), Rank: 2},
		{ID: colWord, Title: "WAY BACK", Min: 16, Max: 30, Rank: 1},
	}
}

// subnetRows are the rows as the table asks for them.
type subnetRows struct{ shown []*paths.Way }

// Len is the number of rows.
func (r *subnetRows) Len() int { return len(r.shown) }

// ID is the id of a row.
func (r *subnetRows) ID(i int) safe.Text { return wayID(r.shown[i]) }

func wayID(w *paths.Way) safe.Text {
	return safe.New(w.Peering.String() + "/" + w.VNet.Name.String() + "/" + w.Subnet.String())
}

// Cells fills the cells of a row, in the order of the columns.
func (r *subnetRows) Cells(i int, into []widget.Cell) {
	w := r.shown[i]
	severity := worst(w.Findings)
	into[0] = widget.Cell{Lead: theme.Symbol(severity) + " ", LeadTone: theme.Of(severity), Text: w.Subnet.Or("(no name)").String()}
	into[1] = widget.Cell{Text: phrase.List(w.Prefixes), Tone: theme.Muted}
	into[2] = widget.Cell{Text: w.VNet.Name.String(), Tone: theme.Muted}
	into[3] = widget.Cell{Text: wayWord(w), Tone: theme.Muted}
	if severity.NeedsPerson() {
		into[3].Tone = theme.Plain
	}
}
