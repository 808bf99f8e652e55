package app_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	dnsreview "github.com/peerdeck/peerdeck/ui/screens/dns/review"
)

// row makes a row of a domain and its servers, separated by blanks.
func row(n int, domain, servers string) dnstable.Row {
	return dnstable.Row{ID: dnstable.RowID(n), Key: text(domain), Servers: texts(strings.Fields(servers)...)}
}

func reviewTarget() dnstable.Target {
	return dnstable.Target{Network: id("network", "eu-prod"), NetworkName: text("eu-prod"), Resolver: id("resolver", "eu-prod-dns"), ResolverName: text("eu-prod-dns")}
}

func tableBefore() []dnstable.Row {
	return []dnstable.Row{
		row(1, "corp.example.org", "10.20.0.4 10.20.0.5"),
		row(2, "db.example.org", "10.20.0.4 10.20.0.5"),
		row(3, "hr.example.org", "10.20.0.5"),
		row(4, "old.example.org", "10.20.0.9"),
		row(5, "legacy.example.org", "10.20.0.4"),
	}
}

func smallEdit() dnstable.Order {
	rows := tableBefore()
	rows[2].Servers = texts("10.20.0.6")
	rows = append(rows, row(6, "pay.example.org", "10.20.0.4"))
	return dnstable.Order{Target: reviewTarget(), Base: tableBefore(), Rows: rows}
}

func orderEdit() dnstable.Order {
	rows := tableBefore()
	rows[1].Servers = texts("10.20.0.5", "10.20.0.4", "10.20.0.6")
	rows[0].Servers = texts("10.20.0.5", "10.20.0.4")
	rows[4].Key = text("Legacy.example.org.")
	return dnstable.Order{Target: reviewTarget(), Base: tableBefore(), Rows: append(rows[:3:3], rows[4])}
}

func patch() model.Write {
	return model.Write{
		Service: model.WriteKonnect, Method: "PATCH", Makes: "the mapping table of eu-prod", Kind: model.ObjectResolver,
		URL:  text("https://global.api.konghq.com/v2/cloud-gateways/networks/" + id("network", "eu-prod").String() + "/private-dns/" + id("resolver", "eu-prod-dns").String()),
		Body: text("{\n  \"private_dns_attachment_config\": {\n    \"dns_config\": {\n      \"pay.example.org\": {\n        \"remote_dns_server_ip_addresses\": [\n          \"10.20.0.4\"\n        ]\n      }\n    }\n  }\n}"),
	}
}

func found(severity dnstable.Severity, rule string, row int, what string) dnstable.Problem {
	return dnstable.Problem{Rule: rule, Severity: severity, Row: dnstable.RowID(row), Server: -1, Text: what, Help: "Why it matters, and the way out of it."}
}

func warnings() []dnstable.Problem {
	return []dnstable.Problem{
		found(dnstable.Note, "T06", 6, "10.20.0.4 is not yet tested for this domain."),
		found(dnstable.Warning, "S12", 3, "Only one server: if 10.20.0.6 is down, the domain is down."),
		found(dnstable.Warning, "S12", 6, "Only one server: if 10.20.0.4 is down, the domain is down."),
	}
}

// reviewed is a table as its owner would have it, and what pages have asked of it.
type reviewed struct {
	order    dnstable.Order
	problems []dnstable.Problem
	shut     string
	others   bool           // somebody else has changed the table
	read     []dnstable.Row // nil: it was not read
	merged   *dnstable.Merged
	points   []dnstable.RestorePoint
	pointErr error
	hang     bool // the restore points are read until that is stopped
	progress *dnstable.Progress
	refusal  *model.Failure

	orders  []dnstable.Order
	cancels int
	rows    [][]dnstable.Row
	staged  []dnstable.RestorePoint
	saved   []string
	without [][]string // members to leave out
}

func (r *reviewed) Target() dnstable.Target      { return r.order.Target }
func (r *reviewed) Order() dnstable.Order        { return r.order }
func (r *reviewed) Problems() []dnstable.Problem { return r.problems }
func (r *reviewed) Request() model.Write         { return patch() }
func (r *reviewed) Shut() string                 { return r.shut }
func (r *reviewed) Read() ([]dnstable.Row, bool) { return r.read, r.read != nil }

func (r *reviewed) Meanwhile() bool { return r.others }

func (r *reviewed) Check([]dnstable.Row) []dnstable.Problem { return r.problems }

func (r *reviewed) Merged() dnstable.Merged {
	if r.merged == nil {
		return conflicts()
	}
	return *r.merged
}

func (r *reviewed) Apply(o dnstable.Order) tea.Cmd {
	r.orders = append(r.orders, o)
	r.progress, r.refusal = &dnstable.Progress{}, nil
	return nil
}

func (r *reviewed) Cancel() tea.Cmd {
	r.cancels++
	return nil
}

func (r *reviewed) Progress() *dnstable.Progress { return r.progress }
func (r *reviewed) Refusal() *model.Failure      { return r.refusal }
func (r *reviewed) Omit(names []string)          { r.without = append(r.without, names) }

func (r *reviewed) Replace(_ string, rows []dnstable.Row) tea.Cmd {
	r.rows = append(r.rows, rows)
	return screen.Say(screen.Toast{Text: "staged"})
}

func (r *reviewed) Merge(m dnstable.Merged) tea.Cmd {
	rows, _ := m.Result()
	return r.Replace("", rows)
}

func (r *reviewed) StagePoint(p dnstable.RestorePoint) tea.Cmd {
	r.staged = append(r.staged, p)
	return nil
}

func (r *reviewed) RestorePoints() (load func() ([]dnstable.RestorePoint, error), stop func()) {
	ended := make(chan struct{})
	return func() ([]dnstable.RestorePoint, error) {
		if r.hang {
			<-ended
			return nil, context.Canceled
		}
		return r.points, r.pointErr
	}, func() { close(ended) }
}

// follow keeps how an order of the table goes, as its owner does.
func (r *reviewed) follow(a dnstable.Apply, now time.Time) {
	if r == nil || r.progress == nil || a.Order.Target != r.order.Target {
		return
	}
	p := r.progress.Follow(a, now)
	r.progress = &p
}

func (s *stage) env() screen.Env {
	return screen.Env{Log: s.log, Now: func() time.Time { return noon.Add(time.Since(s.began)) }}
}

func (s *stage) push(page screen.Screen) { s.send(screen.Push{Screen: page}) }

// reviews pushes the page of the changes.
func (s *stage) reviews(o dnstable.Order, problems []dnstable.Problem, edits ...func(*reviewed)) *reviewed {
	r := &reviewed{order: o, problems: problems}
	for _, e := range edits {
		e(r)
	}
	s.keys("2")
	s.reviewed = r
	s.push(dnsreview.NewDiff(s.env(), theme.New(theme.Dark, true), r))
	return r
}

// applied hands over how an order stands.
func (s *stage) applied(o dnstable.Order, state dnstable.ApplyState, edits ...func(*dnstable.Apply)) {
	w := patch()
	a := dnstable.Apply{
		Number: 1, Order: o, State: state, StartedAt: noon, Write: &w,
		Log: []model.LogLine{
			{Number: 1, At: noon, Text: text("read the table again: version 12, as it was loaded"), Tone: model.LineGood},
			{Number: 2, At: noon.Add(time.Second), Text: text("kept 5 domains as a restore point")},
			{Number: 3, At: noon.Add(time.Second), Text: text("PATCH …/private-dns/" + id("resolver", "eu-prod-dns").String()), Tone: model.LineWrite},
		},
	}
	if state.Over() {
		a.EndedAt = noon.Add(12 * time.Second)
	}
	for _, e := range edits {
		e(&a)
	}
	s.reviewed.follow(a, s.env().Now())
	s.send(screen.Applied{Apply: a})
}

// refuses tells that the order was not begun.
func (s *stage) refuses(f model.Failure) {
	s.reviewed.progress, s.reviewed.refusal = nil, &f
	s.send(screen.Applied{})
}

func sent(a *dnstable.Apply) { a.Sent, a.Restore = true, "20261122T120001Z" }

func conflicts() dnstable.Merged {
	mine := tableBefore()
	mine[2].Servers = texts("10.20.0.6")
	mine[1].Servers = texts("10.20.0.5", "10.20.0.4")
	theirs := tableBefore()
	theirs[2].Servers = texts("10.20.0.7", "10.20.0.5")
	theirs = append(theirs[:1:1], append(theirs[2:], row(0, "qa.example.org", "10.20.0.4"))...)
	return dnstable.Merge(tableBefore(), mine, theirs)
}

func longDomain(n int) string {
	return fmt.Sprintf("%d.%s.example.org", n, strings.TrimSuffix(strings.Repeat("a-very-long-label-of-a-department.", 5), "."))
}

func longConflicts() dnstable.Merged {
	base := []dnstable.Row{row(1, longDomain(1), "fd00:1234:5678:9abc:def0:1234:5678:9abc"), row(2, "短い.例え.jp", "10.0.0.1")}
	mine := []dnstable.Row{row(1, longDomain(1), "fd00:1234:5678:9abc:def0:1234:5678:0001"), row(2, "短い.例え.jp", "10.0.0.2")}
	theirs := []dnstable.Row{row(1, longDomain(1), "fd00:1234:5678:9abc:def0:1234:5678:0002"), row(2, "短い.例え.jp", "10.0.0.3")}
	return dnstable.Merge(base, mine, theirs)
}

func manyChanges(n int) dnstable.Order {
	o := dnstable.Order{Target: reviewTarget(), Base: tableBefore(), Rows: tableBefore()}
	for i := range n {
		o.Rows = append(o.Rows, row(100+i, longDomain(i), "10.20.0.4 fd00:1234:5678:9abc:def0:1234:5678:9abc"))
	}
	return o
}

func (s *stage) merges(m dnstable.Merged) *reviewed {
	r := &reviewed{order: dnstable.Order{Target: reviewTarget()}, merged: &m}
	s.keys("2")
	s.push(dnsreview.NewMerge(s.env(), theme.New(theme.Dark, true), r))
	return r
}

func hostileRows() []dnstable.Row {
	return []dnstable.Row{{ID: 1, Key: safe.New("bad" + hostile), Servers: []safe.Text{safe.New("10.0.0.1" + hostile)}}}
}

func onlyLooked(r *reviewed) { r.shut = "peerdeck was started with --read-only." }
