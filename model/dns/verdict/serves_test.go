package verdict_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// What an answer proves about the server that gave it.
func TestServes(t *testing.T) {
	t.Parallel()
	in := func(zone string) dnsverdict.Reply {
		r := reply(dnsverdict.NXDomain)
		r.SOA = dnsverdict.SOA{Zone: safe.New(zone), Beside: true}
		return r
	}
	elsewhere := reply(dnsverdict.NoError)
	elsewhere.RA, elsewhere.Elsewhere = false, safe.Texts("a.root-servers.net")
	offering := elsewhere
	offering.RA = true
	says := func(r dnsverdict.Reply) dnsverdict.Exchange {
		return answered(dnsverdict.StepSOA, dnsverdict.UDP, r)
	}
	for about, c := range map[string]struct {
		exchange dnsverdict.Exchange
		serves   bool
		cell     string
	}{
		"a record":                {says(soaReply(7)), true, "OK 5ms"},
		"no such record":          {says(beside(reply(dnsverdict.NoError))), true, "OK 5ms"},
		"a referral":              {says(elsewhere), false, "LAME"},
		"a referral and an offer": {says(offering), false, "REFERS"},
		"nothing, of the zone":    {says(in("Corp.Example")), true, "OK 5ms"},
		"nothing, from below":     {says(in("eu.corp.example")), true, "OK 5ms"},
		"nothing, from above":     {says(in("example")), false, "NXDOMAIN"},
		"nothing, from beside":    {says(in("badcorp.example")), false, "NXDOMAIN"},
		"nothing, from nowhere":   {says(reply(dnsverdict.NXDomain)), false, "NXDOMAIN"},
		"a failure":               {says(reply(dnsverdict.ServFail)), false, "SERVFAIL"},
		"a refusal":               {says(reply(dnsverdict.Refused)), false, "REFUSED"},
		"a name that cannot be":   {answered(dnsverdict.StepRandom, dnsverdict.UDP, reply(dnsverdict.NoError, name+" A 10.1.0.9")), false, ""},
		"silence":                 {unanswered(dnsverdict.UDP, dnsverdict.OutcomeSilent), false, "n/a here"},
		"no way":                  {unanswered(dnsverdict.UDP, dnsverdict.OutcomeNoRoute), false, "n/a here"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			r := report(one, c.exchange)
			r.Name = r.Domain
			if r.Serves() != c.serves {
				t.Errorf("serves %v", r.Serves())
			}
			if c.cell == "" {
				return
			}
			// Nothing that may be the way from here is called broken.
			cell := dnsverdict.CellOf(r, nil, dnsverdict.NotKnown[bool]("nobody looked"))
			if cell.Word != c.cell || cell.Severity == model.SeverityBroken || (cell.Severity == model.SeverityUnknown) == r.Answered() {
				t.Errorf("got %+v", cell)
			}
		})
	}
}
