package paths

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// The columns of the services, which are the orders too.
const (
	colService = string(paths.ByService)
	colHost    = string(paths.ByHost)
	colWay     = string(paths.ByWay)
	colBack    = string(paths.ByBack)
	colPlane   = string(paths.ByPlane)
	byUrgency  = string(paths.ByUrgency)
)

// services are the services of all control planes, and the control planes of which not all
// is known.
type services struct {
	t       *widget.Table
	f       *widget.Filter
	past    bool // only what is known not to go over a peering
	sort    string
	reverse bool

	all      []service
	shown    []*service
	troubled int // of those that are shown
	tally    tally
}

// tally counts the services, whatever is shown.
type tally struct {
	past       int // known not to go over a peering
	unread     int // control planes of which not all is known
	severities map[model.Severity]int
}

// service is a row: a service, or a control plane that could not be read whole.
type service struct {
	id       safe.Text
	host     *paths.Host         // nil: it is a control plane
	plane    *paths.ControlPlane // nil: it is a service
	urgency  model.Severity
	where    string // the host, with the port where it is not the usual one
	by, back string
	backMark model.Severity // of what is wrong with the way back
}

func newServices() services {
	l := services{f: widget.NewFilter("problems", paths.HostKeys()), sort: byUrgency, t: widget.NewTable(serviceColumns(0, 0, 0))}
	l.t.SetRows(&serviceRows{})
	return l
}

func (l *services) table() *widget.Table   { return l.t }
func (l *services) filter() *widget.Filter { return l.f }
func (l *services) noun() string           { return "service" }

func (l *services) count() (shown, troubled, all int) {
	return len(l.shown), l.troubled, len(l.all)
}

func (l *services) findings(i int) []finding.Finding { return l.shown[i].findings() }

// findings are those of a row, the most urgent first.
func (r *service) findings() []finding.Finding {
	if r.plane != nil {
		return []finding.Finding{r.plane.Finding}
	}
	return r.host.Findings
}

// set takes what was read, and shows what passes the filter.
func (l *services) set(v paths.View) {
	hosts := make([]*paths.Host, len(v.Hosts))
	l.tally = tally{severities: map[model.Severity]int{}}
	for i := range v.Hosts {
		h := &v.Hosts[i]
		hosts[i] = h
		if h.By.Past() {
			l.tally.past++
		}
		l.tally.severities[h.Finding().Severity]++
	}
	paths.SortHosts(hosts, paths.HostOrder(l.sort), l.reverse)
	l.all = make([]service, 0, len(hosts)+len(v.ControlPlanes))
	for _, h := range hosts {
		l.all = append(l.all, serviceOf(h))
	}
	l.withPlanes(v.ControlPlanes)
	l.shown, l.troubled = make([]*service, 0, len(l.all)), 0
	for i := range l.all {
		r := &l.all[i]
		if !l.passes(r) {
			continue
		}
		l.shown = append(l.shown, r)
		if r.urgency.NeedsPerson() {
			l.troubled++
		}
	}
	l.t.SetRows(&serviceRows{l.shown})
	l.t.SortBy(l.sort, l.reverse)
}

// withPlanes puts the control planes of which not all is known among the services: behind
// what is worse, or at the end of any other order.
func (l *services) withPlanes(planes []paths.ControlPlane) {
	var unread []service
	for i := range planes {
		if p := &planes[i]; p.Finding.Code != "" {
			unread = append(unread, service{id: safe.New("plane " + p.ID.String()), plane: p, urgency: p.Finding.Severity, by: "cannot tell", back: "cannot tell"})
		}
	}
	l.tally.unread = len(unread)
	at := len(l.all)
	if l.sort == byUrgency && !l.reverse {
		if i := slices.IndexFunc(l.all, func(r service) bool { return r.urgency <= finding.Unknown }); i >= 0 {
			at = i
		}
	}
	l.all = slices.Insert(l.all, at, unread...)
}

func serviceOf(h *paths.Host) service {
	r := service{id: safe.New(h.Key), host: h, urgency: h.Finding().Severity, where: hostText(h), by: safe.Clean(h.Word), back: safe.Clean(h.Back)}
	looked := false
	for _, p := range h.Places {
		for _, hop := range p.Hops {
			if hop.Kind == paths.HopBack {
				looked = true
				r.backMark = max(r.backMark, hop.Severity())
			}
		}
	}
	if !looked {
		r.backMark = finding.Unknown
	}
	return r
}

// hostText is where a service's requests go, as short as can be.
func hostText(h *paths.Host) string {
	host := h.Service.Host.Or("(no host)").String()
	if strings.Contains(host, ":") {
		host = "[" + strings.Trim(host, "[]") + "]"
	}
	if p := h.Service.Port; p != usualPort(h.Service.Protocol.String()) && p >= 0 && h.Upstream.IsEmpty() {
		host += ":" + strconv.Itoa(p)
	}
	return host
}

// usualPort is the port that goes without saying, -1 for none.
func usualPort(protocol string) int {
	switch protocol {
	case "http", "ws", "grpc":
		return 80
	case "https", "wss", "grpcs", "tls":
		return 443
	default:
		return -1
	}
}

// passes reports whether a row passes the filters.
func (l *services) passes(r *service) bool {
	if l.f.Only() && !r.urgency.NeedsPerson() {
		return false
	}
	if r.plane != nil {
		return !l.past && l.f.Match(func(key string) []string { return planeFields(r.plane, key) })
	}
	return (!l.past || r.host.By.Past()) && l.f.Match(func(key string) []string { return paths.HostFields(*r.host, key) })
}

// planeFields are the values of a control plane that a filter looks at.
func planeFields(p *paths.ControlPlane, key string) []string {
	switch key {
	case "", "plane":
		return []string{p.Name.String(), p.Geo.String(), p.ID.String(), "cannot tell"}
	case "severity":
		return []string{p.Finding.Severity.String(), p.Finding.Word}
	case "code":
		return []string{string(p.Finding.Code)}
	default:
		return nil
	}
}

func (l *services) sortBy(column string) bool {
	switch {
	case !slices.Contains(serviceOrders(), column) || column == byUrgency:
		return false
	case l.sort == column:
		l.reverse = !l.reverse
	default:
		l.sort, l.reverse = column, false
	}
	return true
}

// serviceOrders lists the orders, as s walks them.
func serviceOrders() []string {
	return []string{byUrgency, colService, colHost, colWay, colBack, colPlane}
}

func (l *services) nextSort() {
	all := serviceOrders()
	for i := range all {
		// An order that nothing on the screen shows would look like none.
		if next := all[(slices.Index(all, l.sort)+1+i)%len(all)]; next == byUrgency || l.t.Shows(next) {
			l.sort, l.reverse = next, false
			return
		}
	}
}

func (l *services) order() string {
	if l.sort == byUrgency && l.reverse {
		return "most urgent last"
	}
	return ""
}

func (l *services) arrange(width, height int) {
	const few = 400 // rows that are measured; a column is no better for more
	name, where, by := 0, 0, 0
	for i, r := range l.shown {
		if i == few {
			break
		}
		name = max(name, cell.Width(r.name()))
		where = max(where, cell.Width(r.where))
		by = max(by, cell.Width(r.by))
	}
	// A long name, such as the id of a control plane, leaves the others their room.
	l.t.SetColumns(serviceColumns(min(name, width/4), min(where, width/3), by))
	l.t.Resize(width, height)
}

// name is what a row is called.
func (r *service) name() string {
	if r.plane != nil {
		return r.plane.Name.Or(r.plane.ID.String()).String()
	}
	return r.host.Service.Label()
}

// serviceColumns returns the columns, as wide as what is in them.
func serviceColumns(name, where, by int) []widget.Column {
	return []widget.Column{
		{ID: colService, Title: "  SERVICE", Min: 14, Max: min(max(14, name+2), 40)},
		{ID: colHost, Title: "HOST", Min: 24, Max: min(max(24, where), 52), Rank: 1},
		{ID: colWay, Title: "BY", Min: 21, Max: min(max(21, by), 52), Rank: 1},
		{ID: colBack, Title: "BACK", Min: 13, Max: 20, Rank: 2},
		{ID: colPlane, Title: "CONTROL PLANE", Min: 13, Max: 24, Rank: 3},
	}
}

// serviceRows are the rows as the table asks for them.
type serviceRows struct{ shown []*service }

// Len is the number of rows.
func (r *serviceRows) Len() int { return len(r.shown) }

// ID is the id of a row.
func (r *serviceRows) ID(i int) safe.Text { return r.shown[i].id }

// Cells fills the cells of a row, in the order of the columns.
func (r *serviceRows) Cells(i int, into []widget.Cell) {
	one := r.shown[i]
	into[0] = widget.Cell{Lead: theme.Symbol(one.urgency) + " ", LeadTone: theme.Of(one.urgency), Text: one.name()}
	if one.plane != nil {
		into[1] = widget.Cell{Text: "control plane, " + one.plane.Geo.Or("geo not known").String(), Tone: theme.Muted}
		into[2] = widget.Cell{Text: one.by, Tone: theme.Unsure}
		into[3] = widget.Cell{Text: one.back, Tone: theme.Unsure}
		return
	}
	into[1] = widget.Cell{Text: one.where}
	into[2] = widget.Cell{Text: one.by, Tone: theme.Plain}
	if one.host.By.Past() || one.host.By == paths.ByUnknown {
		into[2].Tone = theme.Of(max(one.urgency, finding.Unknown))
	}
	into[3] = one.backCell()
	into[4] = widget.Cell{Text: one.host.Plane.Name.Or(one.host.Plane.ID.String()).String(), Tone: theme.Muted}
}

// backCell says how the replies come home.
func (r *service) backCell() widget.Cell {
	if r.back == "" {
		return widget.Cell{Text: "–", Tone: theme.Muted}
	}
	c := widget.Cell{Lead: theme.Symbol(r.backMark) + " ", LeadTone: theme.Of(r.backMark), Text: r.back, Tone: theme.Muted}
	if r.backMark.NeedsPerson() {
		c.Tone = theme.Plain
	}
	return c
}
