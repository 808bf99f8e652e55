package verdict_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

type three struct{ reachable, willing, right model.Ternary }

func at(o dnsverdict.Outcome) dnsverdict.Report {
	r := report(one, unanswered(dnsverdict.UDP, o), unanswered(dnsverdict.TCP, o))
	for i := range r.Exchanges {
		r.Exchanges[i].ForeignWhy = "the reply has another id"
		r.Exchanges[i].Reason = safe.New("because")
	}
	return r
}

// The three verdicts, and the word in the matrix, for everything that can come of a
// question. Route is what is known of the way to the server.
func TestVerdictsAndCells(t *testing.T) {
	t.Parallel()
	way, noWay := dnsverdict.Know(true), dnsverdict.Know(false)
	tcpFails := gives(one, "10.1.0.9")
	tcpFails.Exchanges[1] = unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent)
	apex := report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, soaReply(7)), answered(dnsverdict.StepA, dnsverdict.UDP, beside(reply(dnsverdict.NoError))))
	apex.Name = apex.Domain
	nobody := reply(dnsverdict.NoError, name+" A 10.1.0.9")
	nobody.RA = false
	hop := report(one, dnsverdict.Exchange{Step: dnsverdict.StepSOA, Transport: dnsverdict.UDP, Outcome: dnsverdict.OutcomeUntestable}, answered(dnsverdict.StepSOA, dnsverdict.TCP, soaReply(7)), answered(dnsverdict.StepA, dnsverdict.TCP, reply(dnsverdict.NoError, name+" A 10.1.0.9")))
	deadHop := report(one, dnsverdict.Exchange{Step: dnsverdict.StepSOA, Transport: dnsverdict.UDP, Outcome: dnsverdict.OutcomeUntestable}, unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent))
	sub := report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, beside(reply(dnsverdict.NXDomain))))
	sub.Name = sub.Domain
	const y, n, u = model.Yes, model.No, model.Unstated
	for about, c := range map[string]struct {
		it    dnsverdict.Report
		row   []dnsverdict.Report
		route dnsverdict.Known[bool]
		want  three
		cell  string
		tone  model.Severity
		says  string // by one of the verdicts, or by the cell
	}{
		"fine":                   {gives(one, "10.1.0.9"), nil, way, three{y, y, y}, "OK 5ms", model.SeverityOK, "10.1.0.9"},
		"fine, unproven":         {gives(one, "10.1.0.9"), nil, dnsverdict.Known[bool]{}, three{y, y, y}, "OK 5ms", model.SeverityOK, "offers recursion"},
		"the domain alone":       {apex, nil, way, three{y, y, y}, "OK 5ms", model.SeverityOK, "serial 7"},
		"the zone below":         {sub, nil, way, three{y, y, n}, "OK 5ms", model.SeverityOK, "below"},
		"no such name":           {says(one, reply(dnsverdict.NXDomain)), nil, way, three{y, y, n}, "NXDOMAIN", model.SeverityAttention, "NXDOMAIN"},
		"failure":                {codes(one, dnsverdict.ServFail), nil, way, three{y, y, n}, "SERVFAIL", model.SeverityAttention, "SERVFAIL"},
		"refusal":                {codes(one, dnsverdict.Refused), nil, way, three{y, n, n}, "REFUSED", model.SeverityAttention, "says REFUSED"},
		"a code of tomorrow":     {codes(one, "RCODE 14"), nil, way, three{y, y, n}, "RCODE 14", model.SeverityAttention, "RCODE 14"},
		"lame":                   {report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, lameReply())), nil, way, three{y, n, n}, "LAME", model.SeverityAttention, "a.root-servers.net"},
		"no recursion, no right": {report(one, answered(dnsverdict.StepA, dnsverdict.UDP, nobody)), nil, way, three{y, n, y}, "OK 5ms", model.SeverityOK, "AA=0, RA=0"},
		"silent":                 {silent(one), nil, way, three{n, u, u}, "TIMEOUT 2/2", model.SeverityAttention, "5.0 s"},
		"silent, from nowhere":   {silent(one), nil, noWay, three{u, u, u}, "n/a here", model.SeverityUnknown, "not testable from here"},
		"silent, unproven":       {silent(one), nil, dnsverdict.NotKnown[bool]("no route was read"), three{u, u, u}, "n/a here", model.SeverityUnknown, "no route was read"},
		"no route":               {at(dnsverdict.OutcomeNoRoute), nil, way, three{n, u, u}, "UNREACH", model.SeverityAttention, "no route"},
		"cannot ask":             {at(dnsverdict.OutcomeFailed), nil, way, three{n, u, u}, "UNREACH", model.SeverityAttention, "because"},
		"closed":                 {at(dnsverdict.OutcomeClosed), nil, noWay, three{n, u, u}, "UNREACH", model.SeverityAttention, "nothing listens"},
		"hung up":                {at(dnsverdict.OutcomeHungUp), nil, way, three{n, u, u}, "HUNG UP", model.SeverityAttention, "because"},
		"another's answer":       {at(dnsverdict.OutcomeForeign), nil, way, three{n, u, u}, "WRONG", model.SeverityAttention, "another id"},
		"skipped":                {at(dnsverdict.OutcomeSkipped), nil, way, three{u, u, u}, "skipped", model.SeverityUnknown, "because"},
		"invalid":                {at(dnsverdict.OutcomeInvalid), nil, way, three{u, u, u}, "INVALID", model.SeverityUnknown, "because"},
		"never thought of":       {report(one), nil, way, three{u, u, u}, "skipped", model.SeverityUnknown, "no reason"},
		"TCP closed":             {tcpFails, nil, way, three{y, y, y}, "NOTCP", model.SeverityAttention, "nothing came in 5.0 s"},
		"cut":                    {report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, cutReply()), unanswered(dnsverdict.TCP, dnsverdict.OutcomeClosed)), nil, way, three{y, y, y}, "TRUNC", model.SeverityAttention, "refused"},
		"nothing there":          {says(one, beside(reply(dnsverdict.NoError))), nil, way, three{y, y, n}, "NODATA", model.SeverityAttention, "without an address"},
		"differs":                {gives(one, "10.1.0.9"), []dnsverdict.Report{gives(one, "10.1.0.9"), gives(two, "10.1.0.8")}, way, three{y, y, n}, "DIFF", model.SeverityAttention, "differs from 10.1.0.5"},
		"through a hop":          {hop, nil, way, three{y, y, y}, "OK 5ms", model.SeverityOK, "TCP"},
		"silent through a hop":   {deadHop, nil, way, three{n, u, u}, "TIMEOUT 2/2", model.SeverityAttention, "TCP"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			a, b, d := dnsverdict.Reachable(c.it, c.route), dnsverdict.Willing(c.it), dnsverdict.Right(c.it, c.row, dnsverdict.Known[bool]{})
			if got := (three{a.Is, b.Is, d.Is}); got != c.want {
				t.Errorf("got %v\n%s\n%s\n%s", got, a.Why, b.Why, d.Why)
			}
			cell := dnsverdict.CellOf(c.it, c.row, c.route)
			if cell.Word != c.cell || cell.Severity != c.tone || cell.Text == "" || len(cell.Word) > 12 {
				t.Errorf("got %+v", cell)
			}
			if text := strings.Join([]string{a.Why, b.Why, d.Why, cell.Text}, "\n"); !strings.Contains(text, c.says) || a.Why == "" || b.Why == "" || d.Why == "" {
				t.Errorf("%q is not said:\n%s", c.says, text)
			}
		})
	}
}

func TestRightWantsPrivateAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]model.Ternary{
		"10.1.0.9": model.Yes, "172.20.1.1": model.Yes, "100.64.1.1": model.Yes, "192.0.2.7": model.Yes, "20.50.2.1": model.No, "8.8.8.8": model.No,
	} {
		if v := dnsverdict.Right(gives(one, address), nil, dnsverdict.Know(true)); v.Is != want {
			t.Errorf("%s: %+v", address, v)
		}
		if v := dnsverdict.Right(gives(one, address), nil, dnsverdict.Know(false)); v.Is != model.Yes {
			t.Errorf("%s, which may be public: %+v", address, v)
		}
	}
}

func TestKnown(t *testing.T) {
	t.Parallel()
	var nobody dnsverdict.Known[int]
	if _, known := nobody.Get(); known || nobody.Why() != "it was not looked up" {
		t.Errorf("got %+v", nobody)
	}
	if k := dnsverdict.NotKnown[int]("no right"); k.IsKnown() || k.Why() != "no right" {
		t.Errorf("got %+v", k)
	}
	if v, known := dnsverdict.Know(0).Get(); !known || v != 0 || dnsverdict.Know(0).Why() != "" {
		t.Error("nought is a value")
	}
}

func TestMillis(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{0: "0ms", time.Microsecond: "<1ms", 1500 * time.Microsecond: "2ms", time.Second: "1000ms"} {
		if got := dnsverdict.Millis(d); got != want {
			t.Errorf("%v: %s", d, got)
		}
	}
}
