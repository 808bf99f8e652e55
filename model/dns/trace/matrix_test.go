package trace_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

func TestAMatrixFillsCellByCell(t *testing.T) {
	t.Parallel()
	m := dnstrace.Matrix{NetworkName: network().Name, Vantage: "from this machine", State: dnstrace.Running, Begun: noon()}.Start(dnstrace.AllRules(network()))
	if len(m.Lines) != 3 || len(m.Columns) != 3 || m.Total != 4 {
		t.Fatalf("%d lines, %d columns, %d cells", len(m.Lines), len(m.Columns), m.Total)
	}
	before := m.Lines[0]
	routes := make([]dnsverdict.Known[bool], len(m.Columns))
	m.Lines[0] = m.Lines[0].Put(0, says("10.20.0.5", dnsverdict.NoError), routes)
	if before.Cells[0].Known {
		t.Error("a line that was handed out has changed")
	}
	if m = m.Counted(); m.Done != 1 || m.Columns[0].Good != 1 || m.Columns[0].TCP != model.Yes || m.Columns[0].Median != 4*time.Millisecond {
		t.Errorf("%+v", m.Columns[0])
	}
	if m.Lines[0].Bad() || m.Lines[0].Agreement.Word != "" {
		t.Errorf("one server of two is no agreement yet: %+v", m.Lines[0].Agreement)
	}
	m.Lines[0] = m.Lines[0].Put(1, says("10.20.0.6", dnsverdict.NXDomain), routes)
	if l := m.Lines[0]; !l.Bad() || l.Cells[0].Cell.Word != "DIFF" || !strings.HasPrefix(l.Agreement.Word, "differs") {
		t.Errorf("servers that differ: %+v", l)
	}
	m.Lines[1] = m.Lines[1].Put(2, silent("10.20.0.4"), routes)
	m = m.Counted()
	if bad, good, unknown := m.Counts(); bad != 1 || good != 0 || unknown != 2 {
		t.Errorf("%d bad, %d good, %d unknown: what is not testable from here is not bad", bad, good, unknown)
	}
	if list := m.Failures(); len(list) != 1 || list[0].Domain.Raw() != "hr.example.org" {
		t.Errorf("%+v", list)
	}
	csv := strings.Split(strings.TrimSpace(m.CSV()), "\n")
	if len(csv) != 1+m.Total || !strings.HasPrefix(csv[1], "hr.example.org,10.20.0.5,DIFF,") {
		t.Errorf("%q", csv)
	}
	body, err := json.Marshal(m.Document())
	if err != nil || !strings.Contains(string(body), `"cell":"n/a here"`) {
		t.Errorf("%v %s", err, body)
	}
	if text := m.Text(); !strings.Contains(text, "1 bad, 0 good, 2 not known") {
		t.Errorf("%s", text)
	}
}

func TestAFlapIsAChangeBetweenGoodAndBad(t *testing.T) {
	t.Parallel()
	past := func(list ...model.Severity) []dnstrace.Past {
		var out []dnstrace.Past
		for _, s := range list {
			out = append(out, dnstrace.Past{Severity: s})
		}
		return out
	}
	good := dnstrace.Entry{Asked: true, Known: true, Cell: dnsverdict.Cell{Severity: model.SeverityOK}}
	for name, c := range map[string]struct {
		before []dnstrace.Past
		want   bool
	}{
		"nothing before": {nil, false},
		"always good":    {past(model.SeverityOK, model.SeverityOK), false},
		"bad once":       {past(model.SeverityOK, model.SeverityAttention), true},
		"not testable":   {past(model.SeverityUnknown), false},
	} {
		e := good
		if e.Before = c.before; e.Flaps() != c.want {
			t.Errorf("%s: %v", name, e.Flaps())
		}
	}
}

func TestResultsForTheRulesOfATableLeaveOutWhatCouldNotBeTested(t *testing.T) {
	t.Parallel()
	m := dnstrace.Matrix{Vantage: "from this machine"}.Start(dnstrace.AllRules(network()))
	if m.Probes() != nil {
		t.Error("nothing was probed yet")
	}
	routes := []dnsverdict.Known[bool]{{}, dnsverdict.Know(true), {}}
	m.Lines[0] = m.Lines[0].Put(0, silent("10.20.0.5"), routes).Put(1, silent("10.20.0.6"), routes)
	m.Lines[1] = m.Lines[1].Put(2, says("10.20.0.4", dnsverdict.NXDomain), routes)
	got := m.Probes()
	want := map[dnstable.ProbeKey]dnstable.ProbeResult{
		{Domain: "hr.example.org", Server: "10.20.0.6"}: {Vantage: m.Vantage},
		{Domain: "example.org", Server: "10.20.0.4"}:    {Answered: true, Vantage: m.Vantage},
	}
	if !maps.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// The verdict of the network hears of a matrix that came to its end, and of the servers at
// fault.
func TestWhatAMatrixFound(t *testing.T) {
	t.Parallel()
	m := dnstrace.Matrix{NetworkName: network().Name, Vantage: "from this machine", State: dnstrace.Running, Begun: noon()}.Start(dnstrace.AllRules(network()))
	routes := make([]dnsverdict.Known[bool], len(m.Columns))
	m.Lines[0] = m.Lines[0].Put(0, says("10.20.0.5", dnsverdict.NoError), routes).Put(1, says("10.20.0.6", dnsverdict.Refused), routes)
	m = m.Counted()
	if m.Probed() != nil {
		t.Error("it runs, and counts")
	}
	m.State = dnstrace.Done
	p := m.Probed()
	if p == nil || p.Domains != len(m.Lines) || len(p.Faults) != 1 || p.Faults[0].Domain != m.Lines[0].Domain || len(p.Faults[0].Servers) == 0 || !p.At.Equal(noon()) {
		t.Errorf("got %+v", p)
	}
	if (dnstrace.Matrix{State: dnstrace.Done}).Probed() != nil {
		t.Error("a matrix that was never begun counts")
	}
}
