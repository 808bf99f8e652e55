package trace_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// measuredMatrix has four domains at two servers: a and c ask the first, b and d both.
func measuredMatrix() dnstrace.Matrix {
	entry := func(word string, severity model.Severity, took time.Duration) dnstrace.Entry {
		e := dnstrace.Entry{Asked: true, Known: true, Cell: dnsverdict.Cell{Word: word, Severity: severity}}
		if took > 0 {
			e.Report = dnsverdict.Report{Exchanges: []dnsverdict.Exchange{{Step: dnsverdict.StepA, Transport: dnsverdict.UDP, Outcome: dnsverdict.OutcomeAnswered, Took: took}}}
		}
		return e
	}
	line := func(domain string, agree model.Severity, cells ...dnstrace.Entry) dnstrace.Line {
		return dnstrace.Line{Domain: safe.New(domain), From: safe.New("hub"), Origin: "resolver", Cells: cells, Agreement: dnsverdict.Agreement{Severity: agree, Word: "differs: 2 answers"}}
	}
	fine, quiet := model.SeverityOK, dnstrace.Entry{}
	return dnstrace.Matrix{
		Columns: []dnstrace.Column{{Server: safe.New("10.0.0.1")}, {Server: safe.New("10.0.0.2")}},
		Lines: []dnstrace.Line{
			line("d.example", fine, entry("OK 5ms", fine, 5*time.Millisecond), entry("OK 9ms", fine, 9*time.Millisecond)),
			line("c.example", model.SeverityUnknown, entry("TIMEOUT 2/2", model.SeverityAttention, 0), quiet),
			line("b.example", model.SeverityAttention, entry("DIFF", model.SeverityAttention, time.Millisecond), entry("OK 2ms", fine, 2*time.Millisecond)),
			line("a.example", fine, dnstrace.Entry{Asked: true}, quiet),
		},
	}
}

func TestSortLines(t *testing.T) {
	t.Parallel()
	m := measuredMatrix()
	for by, want := range map[dnstrace.LineOrder]string{
		dnstrace.ByServers: "d b c a", dnstrace.ByDomain: "a b c d", dnstrace.ByWorst: "c b a d", dnstrace.BySlowest: "d b c a", dnstrace.ByAgreement: "b c d a",
	} {
		places := []int{0, 1, 2, 3}
		m.Sort(places, by, false)
		var got []string
		for _, i := range places {
			got = append(got, m.Lines[i].Domain.String()[:1])
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", by, s, want)
		}
		if !slices.Contains(dnstrace.LineOrders(), by) {
			t.Errorf("one does not come to %s", by)
		}
	}
	places := []int{0, 1, 2, 3}
	if m.Sort(places, dnstrace.ByDomain, true); !slices.Equal(places, []int{0, 1, 2, 3}) {
		t.Errorf("turned round: %v", places)
	}
}

func TestLineFields(t *testing.T) {
	t.Parallel()
	m := measuredMatrix()
	for key, want := range map[string]string{
		"domain": "b.example", "server": "10.0.0.1|10.0.0.2", "cell": "DIFF|DIFF|2 ms|OK 2ms", "agree": "2 answers", "from": "hub|resolver", "flaps": "no",
	} {
		if got := strings.Join(m.Field(m.Lines[2], key), "|"); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
		if !slices.Contains(dnstrace.LineKeys(), key) {
			t.Errorf("%s is no key of a filter", key)
		}
	}
	if got := strings.Join(m.Field(m.Lines[1], "server"), " "); got != "10.0.0.1" {
		t.Errorf("a server that the row does not name is found by its name: %q", got)
	}
}
