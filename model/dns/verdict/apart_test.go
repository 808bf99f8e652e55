package verdict_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

func found(all []finding.Finding, code finding.Code) (finding.Finding, bool) {
	at := slices.IndexFunc(all, func(f finding.Finding) bool { return f.Code == code })
	if at < 0 {
		return finding.Finding{}, false
	}
	return all[at], true
}

// Servers of one row may lie in different networks: what one answers proves no way to
// the other, and the silence of that one is no fault of its own.
func TestSilenceOfAServerElsewhere(t *testing.T) {
	t.Parallel()
	for about, c := range map[string]struct {
		way      dnsverdict.Known[bool]
		severity model.Severity
		rung     dnsverdict.RungState
		says     string
	}{
		"a way":        {dnsverdict.Know(true), model.SeverityAttention, dnsverdict.RungFailed, "it is down"},
		"no way":       {dnsverdict.Know(false), model.SeverityUnknown, dnsverdict.RungUnknown, "has no way to it"},
		"nobody knows": {dnsverdict.NotKnown[bool]("only the default route leads there"), model.SeverityUnknown, dnsverdict.RungUnknown, "nothing proves a way"},
	} {
		it := caseOf(gives(one, "10.1.0.9"), silent(two))
		it.Ways = map[safe.Text]dnsverdict.Known[bool]{safe.New(two): c.way}
		f, there := found(dnsverdict.Diagnose(it), "N31")
		if !there || f.Severity != c.severity || !strings.Contains(f.Cause, c.says) || f.Next.Text == "" || len(f.Servers) != 1 {
			t.Errorf("%s: %+v", about, f)
		}
		ladder := dnsverdict.Ladder(it)
		at := slices.IndexFunc(ladder, func(r dnsverdict.Rung) bool { return r.Title == "UDP" })
		if ladder[at].State != c.rung {
			t.Errorf("%s: %+v", about, ladder[at])
		}
	}
}

// A public address of a private endpoint is not right, and its cell does not read OK.
func TestPublicAddressOfAPrivateEndpoint(t *testing.T) {
	t.Parallel()
	r := report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, soaReply(7)), answered(dnsverdict.StepSOA, dnsverdict.TCP, soaReply(7)),
		answered(dnsverdict.StepA, dnsverdict.UDP, reply(dnsverdict.NoError, name+" CNAME x.privatelink.example.net", "x.privatelink.example.net A 20.50.2.1")))
	if v := dnsverdict.Right(r, nil, dnsverdict.Known[bool]{}); v.Is != model.No || !strings.Contains(v.Why, "20.50.2.1 is a public address") {
		t.Errorf("got %+v", v)
	}
	if cell := dnsverdict.CellOf(r, nil, dnsverdict.Know(true)); cell.Word != "PUBLIC" || cell.Severity != model.SeverityAttention || !strings.Contains(cell.Text, "20.50.2.1") {
		t.Errorf("got %+v", cell)
	}
}

// A sentence about one server is not that about several.
func TestOneServerOrSeveral(t *testing.T) {
	t.Parallel()
	way := dnsverdict.Facts{Route: dnsverdict.Know(true), Servers: map[safe.Text]dnsverdict.ServerFacts{
		safe.New(one): {Routed: dnsverdict.Know(true)}, safe.New(two): {Routed: dnsverdict.Know(true)},
	}}
	for about, c := range map[string]struct {
		code finding.Code
		it   dnsverdict.Case
		says string
	}{
		"one silent":   {"N02", knowing(caseOf(silent(one)), way), "Check that 10.1.0.4 runs, that 53/UDP and 53/TCP are open to it"},
		"two silent":   {"N02", knowing(caseOf(silent(one), silent(two)), way), "Check that 10.1.0.4, 10.1.0.5 run, that 53/UDP and 53/TCP are open to them"},
		"one refuses":  {"N07", caseOf(codes(one, dnsverdict.Refused)), "10.1.0.4 refuses: it holds other zones"},
		"two refuse":   {"N07", caseOf(codes(one, dnsverdict.Refused), codes(two, dnsverdict.Refused)), "Every server refuses: they hold"},
		"one denies":   {"N33", caseOf(codes(one, dnsverdict.NXDomain)), "Check that 10.1.0.4 holds or forwards"},
		"two of three": {"N31", caseOf(gives("10.1.0.6", "10.1.0.9"), silent(one), silent(two)), "10.1.0.4, 10.1.0.5 are silent while 10.1.0.6 answers: they are down"},
	} {
		f, there := found(dnsverdict.Diagnose(c.it), c.code)
		if text := f.Cause + " " + f.Next.Text; !there || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q does not say %q", about, text, c.says)
		}
	}
	for about, c := range map[string]struct {
		it   dnsverdict.Case
		says string
	}{
		"one": {knowing(caseOf(silent(one)), way), "10.1.0.4 lies in a range"},
		"two": {knowing(caseOf(silent(one), silent(two)), way), "10.1.0.4, 10.1.0.5 lie in ranges"},
	} {
		if r := dnsverdict.Ladder(c.it)[3]; !strings.Contains(r.Text, c.says) {
			t.Errorf("%s: %+v", about, r)
		}
	}
}

// A row that takes a name from a shorter one is a note where its servers have an
// address, and something to look at where none has.
func TestALongerRow(t *testing.T) {
	t.Parallel()
	row := dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New("a.corp.example"), Expected: safe.New(zone)})}
	for about, c := range map[string]struct {
		it   dnsverdict.Case
		want model.Severity
	}{
		"not asked yet": {caseOf(), model.SeverityOK},
		"an address":    {caseOf(gives(one, "10.1.0.9")), model.SeverityOK},
		"no such name":  {caseOf(codes(one, dnsverdict.NXDomain)), model.SeverityAttention},
	} {
		if f, there := found(dnsverdict.Diagnose(knowing(c.it, row)), "N24"); !there || f.Severity != c.want {
			t.Errorf("%s: %+v", about, f)
		}
	}
}

// A server that gives addresses of the internet alone is told from one that gives others,
// and from one that gives none.
func TestPublicOnly(t *testing.T) {
	t.Parallel()
	for about, want := range map[string]bool{"20.60.1.4": true, "10.1.0.9": false, "198.18.0.1": false} {
		if got := dnsverdict.PublicOnly(gives(one, about)); got != want {
			t.Errorf("%s: %v", about, got)
		}
	}
	if dnsverdict.PublicOnly(silent(one)) {
		t.Error("a silent server gives public addresses")
	}
}
