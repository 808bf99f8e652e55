package verdict_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// tableOf is a network whose resolvers have a row each, by the names of the resolvers.
func tableOf(own []model.DNSMapping, resolvers map[string][]string) dnsverdict.Known[model.NetworkStatus] {
	n := model.NetworkStatus{Network: model.Network{Name: safe.New("eu-prod")}, Peerings: []model.PeeringStatus{{Peering: model.Peering{DNS: own}}}}
	for id, servers := range resolvers {
		n.PrivateDNS = append(n.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{
			ID: safe.New(id), Kind: model.KindAzureResolver, DNS: []model.DNSMapping{{Domains: safe.Texts(zone), Servers: safe.Texts(servers...)}},
		}})
	}
	return dnsverdict.Know(n)
}

// A row is mended by a known sequence where the facts determine how it is to be, and a person
// is asked where they do not.
func TestWhichRowIsKnown(t *testing.T) {
	t.Parallel()
	both := map[string][]string{"r1": {one, two}}
	mapped := []model.DNSMapping{{Domains: safe.Texts(zone), Servers: safe.Texts(one, two)}}
	free := finding.Finding{Code: "server-address-free", Severity: finding.Broken, Cause: "Nothing has it.", Next: finding.Next{Kind: finding.NextTable}}
	gone := func(instead string) map[safe.Text]dnsverdict.ServerFacts {
		return map[safe.Text]dnsverdict.ServerFacts{safe.New(one): {Findings: []finding.Finding{free}, Instead: safe.New(instead)}}
	}
	for about, c := range map[string]struct {
		it   dnsverdict.Case
		net  dnsverdict.Known[model.NetworkStatus]
		of   map[safe.Text]dnsverdict.ServerFacts
		code finding.Code
		want string // the servers that the row is to have; empty: only a person knows
	}{
		"the other one answers right":       {it: caseOf(silent(one), gives(two, "10.1.0.9")), net: tableOf(nil, both), code: "N31", want: two},
		"the other one refuses":             {it: caseOf(silent(one), codes(two, dnsverdict.Refused)), net: tableOf(nil, both), code: "N31"},
		"the other one knows no such name":  {it: caseOf(silent(one), codes(two, dnsverdict.NXDomain)), net: tableOf(nil, both), code: "N31"},
		"a third one was not asked":         {it: caseOf(silent(one), gives(two, "10.1.0.9")), net: tableOf(nil, map[string][]string{"r1": {one, two, "10.1.0.6"}}), code: "N31"},
		"in a peering's own table":          {it: caseOf(silent(one), gives(two, "10.1.0.9")), net: tableOf(mapped, nil), code: "N31"},
		"in both":                           {it: caseOf(silent(one), gives(two, "10.1.0.9")), net: tableOf(mapped, both), code: "N31"},
		"in two resolvers":                  {it: caseOf(silent(one), gives(two, "10.1.0.9")), net: tableOf(nil, map[string][]string{"r1": {one, two}, "r2": {one, two}}), code: "N31"},
		"nothing has it, another answers":   {it: caseOf(silent(one), gives(two, "10.1.0.9")), net: tableOf(nil, both), of: gone(""), code: "server-address-free", want: two},
		"nothing has it, no other":          {it: caseOf(silent(one)), net: tableOf(nil, map[string][]string{"r1": {one}}), of: gone(""), code: "server-address-free"},
		"nothing has it, the endpoint does": {it: caseOf(silent(one)), net: tableOf(nil, map[string][]string{"r1": {one}}), of: gone("10.1.0.7"), code: "server-address-free", want: "10.1.0.7"},
		"the endpoint is there already":     {it: caseOf(silent(one), gives(two, "10.1.0.9")), net: tableOf(nil, both), of: gone(two), code: "server-address-free", want: two},
	} {
		it := knowing(c.it, dnsverdict.Facts{Network: c.net, Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone)}), Route: dnsverdict.Know(true), Servers: c.of})
		f, there := found(dnsverdict.Diagnose(it), c.code)
		change := f.Next.Change
		if !there || (f.Next.Mend == finding.MendRow) != (c.want != "") || phrase.List(change.Servers) != c.want {
			t.Errorf("%s: %+v", about, f)
		}
		if c.want != "" && (change.On.Raw() != "r1" || change.Domain.Raw() != zone || len(change.Was) == 0) {
			t.Errorf("%s: %+v", about, change)
		}
	}
	// From a place without a proven way the silence says nothing, and a draft is not in force.
	for about, f := range map[string]dnsverdict.Facts{
		"no way":  {Network: tableOf(nil, both), Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone)})},
		"a draft": {Network: tableOf(nil, both), Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone), Staged: true}), Route: dnsverdict.Know(true)},
	} {
		it := knowing(caseOf(silent(one), gives(two, "10.1.0.9")), f)
		it.Ways = map[safe.Text]dnsverdict.Known[bool]{safe.New(one): dnsverdict.NotKnown[bool]("only the default route")}
		for _, got := range dnsverdict.Diagnose(it) {
			if got.Next.Mend != "" {
				t.Errorf("%s: %+v", about, got)
			}
		}
	}
}

// The service's own zone is mapped to the servers of its private zone, where one resolver
// takes it.
func TestTheRowOfAService(t *testing.T) {
	t.Parallel()
	row := dnsverdict.Row{Private: safe.New("privatelink.blob.core.windows.net"), PrivateServers: safe.Texts(one)}
	for about, c := range map[string]struct {
		resolvers map[string][]string
		mends     bool
	}{
		"one": {map[string][]string{"r1": {one}}, true}, "none": {nil, false}, "two": {map[string][]string{"r1": {one}, "r2": {one}}, false},
	} {
		it := knowing(caseOf(), dnsverdict.Facts{Network: tableOf(nil, c.resolvers), Row: dnsverdict.Know(row)})
		it.Name = safe.New("acct.blob.core.windows.net")
		f, there := found(dnsverdict.Diagnose(it), "N39")
		if !there || (f.Next.Mend == finding.MendRow) != c.mends || c.mends && (f.Next.Change.Domain.Raw() != "blob.core.windows.net" || len(f.Next.Change.Was) != 0) {
			t.Errorf("%s: %+v", about, f)
		}
	}
}
