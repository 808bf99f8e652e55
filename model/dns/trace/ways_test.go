package trace_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

// The row below the winner is named where its servers are others: one may think that
// the name is asked there.
func TestTheRowBelowTheWinner(t *testing.T) {
	t.Parallel()
	n := network()
	expected := func() string {
		row, _ := traced(n, dnsverdict.Known[bool]{}).Facts.Row.Get()
		return row.Expected.String()
	}
	if got := expected(); got != "example.org" {
		t.Errorf("got %q", got)
	}
	n.Peerings[0].DNS[0].Servers = texts("10.20.0.6", "10.20.0.5")
	if got := expected(); got != "" {
		t.Errorf("the same servers answer for %q", got)
	}
}

// What one server answers proves no way to another whose way was looked at.
func TestEachServerHasItsWay(t *testing.T) {
	t.Parallel()
	it := traced(network(), dnsverdict.Know(true), says("10.20.0.5", dnsverdict.NoError), silent("10.20.0.6"))
	it.Servers[1].Route, it.Servers[1].Standing = dnsverdict.NotKnown[bool]("only the default route leads there"), "not testable from here"
	it = it.Judged()
	at := -1
	for i, f := range it.Findings {
		if f.Code == "N31" {
			at = i
		}
	}
	if at < 0 || it.Findings[at].Severity != model.SeverityUnknown || it.Servers[1].Cell.Word != "n/a here" {
		t.Errorf("%+v", it.Findings)
	}
	it.Servers[1].Route, it.Servers[1].Standing = dnsverdict.Know(true), "there is a way"
	for _, f := range it.Judged().Findings {
		if f.Code == "N31" && f.Severity != model.SeverityAttention {
			t.Errorf("%+v", f)
		}
	}
	var none dnstrace.Trace
	if c := none.Case(); len(c.Ways) != 0 || c.Route().IsKnown() {
		t.Errorf("%+v", c)
	}
}

// Without a row nobody can say which of several peerings a server would be reached by,
// and it is no VNET's fault.
func TestWithoutARowNoPeeringIsBlamed(t *testing.T) {
	t.Parallel()
	n := network()
	n.Peerings = append(n.Peerings, n.Peerings[0])
	f := dnstrace.FactsOf(n, nil)
	if f.Peering.IsKnown() || !strings.Contains(f.Peering.Why(), "no row wins") || !strings.Contains(f.Half.Why(), "no row wins") {
		t.Errorf("%q, %q", f.Peering.Why(), f.Half.Why())
	}
}

// A server that was never heard is not a quick one.
func TestAServerThatWasNotHeardHasNoMedian(t *testing.T) {
	t.Parallel()
	m := dnstrace.Matrix{Columns: []dnstrace.Column{{Server: texts("10.20.0.9")[0], Known: 1}, {Server: texts("10.20.0.4")[0], Known: 1, Heard: 1, Median: 2 * time.Millisecond}}}
	text := m.Text()
	if !strings.Contains(text, "10.20.0.9: 0 of 1 heard, 0 good, median –") || !strings.Contains(text, "10.20.0.4: 1 of 1 heard, 0 good, median 2ms") {
		t.Error(text)
	}
}
