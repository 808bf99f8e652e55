package trace_test

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

func noon() time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) }

func texts(list ...string) []safe.Text {
	out := make([]safe.Text, len(list))
	for i, s := range list {
		out[i] = safe.New(s)
	}
	return out
}

func mapping(domain string, servers ...string) model.DNSMapping {
	return model.DNSMapping{Domains: texts(domain), Servers: texts(servers...)}
}

// network is a network with one peering into vnet-hub and a resolver.
func network() *model.NetworkStatus {
	n := &model.NetworkStatus{}
	n.ID, n.Name, n.State, n.CIDR = safe.New("n1"), safe.New("eu-prod"), model.NetworkReady, model.NewPrefix(safe.New("10.4.0.0/16"))
	n.PeeringsRead, n.PrivateDNSRead = model.Part{At: noon()}, model.Part{At: noon()}
	p := model.PeeringStatus{Since: model.SinceExactly(noon().Add(-time.Hour))}
	p.ID, p.Name, p.State, p.Kind = safe.New("p1"), safe.New("hub-vnet"), model.PeeringReady, model.KindAzureVNet
	p.VNet = model.VNetRef{SubscriptionID: safe.New("sub"), ResourceGroup: safe.New("rg"), Name: safe.New("vnet-hub")}
	p.DNS = []model.DNSMapping{mapping("example.org", "10.20.0.4"), mapping("hr.example.org", "10.20.0.4")}
	p.Azure.Status = model.HalfPresent
	p.Azure.VNet = model.VNet{
		Name: safe.New("vnet-hub"), AddressPrefixes: []model.Prefix{model.NewPrefix(safe.New("10.20.0.0/16"))},
		Subnets: []model.Subnet{{
			Name: safe.New("snet-dns"), Prefixes: []model.Prefix{model.NewPrefix(safe.New("10.20.0.0/24"))},
			SecurityGroup: safe.New("/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/snet-dns-nsg"),
		}},
	}
	p.Azure.Peering = model.VNetPeering{Name: safe.New("to-kong"), State: model.VNetConnected, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded, AllowAccess: model.Yes}
	n.Peerings = []model.PeeringStatus{p}
	d := model.PrivateDNSStatus{}
	d.ID, d.Name, d.State, d.Kind = safe.New("d1"), safe.New("eu-prod-dns"), model.PrivateDNSReady, model.KindAzureResolver
	d.DNS = []model.DNSMapping{mapping("hr.example.org", "10.20.0.5", "10.20.0.6")}
	n.PrivateDNS = []model.PrivateDNSStatus{d}
	return n
}

// says is the report of a server that says a code to everything.
func says(server string, code dnsverdict.RCode) dnsverdict.Report {
	r := dnsverdict.Report{Server: safe.New(server), Domain: safe.New("hr.example.org"), Name: safe.New("www.hr.example.org")}
	for _, step := range []dnsverdict.Step{dnsverdict.StepSOA, dnsverdict.StepA} {
		reply := dnsverdict.Reply{Code: code, RA: true}
		if code == dnsverdict.NoError && step == dnsverdict.StepA {
			reply.Answers = []dnsverdict.Record{{Name: r.Name, Type: "A", Value: safe.New("10.20.3.10")}}
		}
		for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
			if step == dnsverdict.StepA && over == dnsverdict.TCP {
				continue
			}
			r.Exchanges = append(r.Exchanges, dnsverdict.Exchange{
				Step: step, Server: r.Server, Name: r.Name, Type: "A", Transport: over, Outcome: dnsverdict.OutcomeAnswered, Took: 4 * time.Millisecond, Sent: 1, Reply: reply,
			})
		}
	}
	return r
}

// silent is a server that nothing was heard of.
func silent(server string) dnsverdict.Report {
	r := says(server, dnsverdict.NoError)
	r.Exchanges = nil
	for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
		r.Exchanges = append(r.Exchanges, dnsverdict.Exchange{
			Step: dnsverdict.StepSOA, Server: r.Server, Name: r.Domain, Type: "SOA", Transport: over, Outcome: dnsverdict.OutcomeSilent, Sent: 2, Lost: 2, Waited: 5 * time.Second,
		})
	}
	return r
}

// traced is a trace of www.hr.example.org with the reports of its servers.
func traced(n *model.NetworkStatus, route dnsverdict.Known[bool], reports ...dnsverdict.Report) dnstrace.Trace {
	t := dnstrace.Trace{
		Number: 1, Query: dnstrace.Read("www.hr.example.org"), Network: n.ID, NetworkName: n.Name, Vantage: "from this machine", State: dnstrace.Done,
		Begun: noon(), Ended: noon().Add(time.Second),
	}
	t.Rules = dnstrace.RulesFor(t.Query.Name, n)
	t.Facts = dnstrace.FactsOf(n, t.Rules)
	t.Facts.Vantage, t.Facts.Route = "this machine", route
	for _, r := range reports {
		t.Servers = append(t.Servers, dnstrace.Server{Report: r, Route: route})
	}
	return t
}
