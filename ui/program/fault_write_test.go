package program_test

import (
	"net/http"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/sandbox/faultproxy"
)

// resolver is the private DNS of a network of the world.
func (b *behind) resolver(network string) (safe.Text, model.PrivateDNS) {
	b.t.Helper()
	list, err := b.client.Networks(b.t.Context(), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, n := range list.Items {
		if n.Name.Raw() != network {
			continue
		}
		dns, err := b.client.PrivateDNS(b.t.Context(), n.ID)
		if err != nil || len(dns.Items) == 0 {
			b.t.Fatalf("%+v, %v", dns, err)
		}
		return n.ID, dns.Items[0]
	}
	b.t.Fatalf("there is no network %s", network)
	return safe.Text{}, model.PrivateDNS{}
}

// patched changes the table of a resolver, which is done while its answer meets a fault. What
// became of it is for a reading to tell, and it tells the change.
func (b *behind) patched(fault faultproxy.Fault, look func(model.Failure)) {
	b.t.Helper()
	network, dns := b.resolver("eu-stage")
	b.konnect.Meet(func(x faultproxy.Exchange) faultproxy.Fault {
		if x.Request.Method == http.MethodPatch {
			return fault
		}
		return faultproxy.Fault{}
	})
	rows := append([]model.DNSMapping{{Domains: []safe.Text{safe.New("new.example.org")}, Servers: []safe.Text{safe.New("10.24.0.4")}}}, dns.DNS...)
	_, err := b.client.PatchResolver(b.t.Context(), network, b.client.PatchResolverWrite(network, dns.ID, rows, nil))
	f, failed := model.AsFailure(err)
	if !failed {
		b.t.Fatalf("the answer is not lost: %v", err)
	}
	look(f)
	if _, now := b.resolver("eu-stage"); len(now.DNS) != len(rows) {
		b.t.Errorf("%d mappings, want %d", len(now.DNS), len(rows))
	}
}
