package azurenet_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
)

const (
	lb  = resources + "loadBalancers/ilb"
	agw = resources + "applicationGateways/agw"
)

// fronts is a VNET with a load balancer at 10.20.5.4:443 and an application gateway at
// 10.20.6.4:443, both before 10.20.4.10:8443 and 10.20.4.11:8443.
func fronts(t *testing.T) azurenet.Facts {
	t.Helper()
	f := world(t)
	second := card("nic-two", "10.20.4.11", "snet-apps", "")
	f.Cards = append(f.Cards, second)
	f.Balancers = []azurenet.Balancer{{
		ID: text(lb), Name: text("ilb"),
		Frontends: []azurenet.Frontend{{ID: text(lb + "/f"), Address: text("10.20.5.4"), Subnet: text(vnetID + "/subnets/snet-plain")}},
		Pools:     []azurenet.Pool{{ID: text(lb + "/p"), Name: text("shop"), Targets: []azurenet.PoolTarget{{Card: f.Cards[0].ID}, {Address: text("10.20.4.11")}}}},
		Rules:     []azurenet.BalancerRule{{Name: text("https"), Frontend: text(lb + "/F"), Pool: text(lb + "/p"), Protocol: text("Tcp"), Port: 443, BackendPort: 8443, Probe: text(lb + "/probes/tcp"), ProbePort: 8444}},
	}}
	f.AppGateways = []azurenet.AppGateway{{
		ID: text(agw), Name: text("agw"), Subnet: text(vnetID + "/subnets/snet-agw"),
		Frontends: []azurenet.Frontend{{ID: text(agw + "/f"), Address: text("10.20.6.4"), Subnet: text(vnetID + "/subnets/snet-agw")}},
		Pools:     []azurenet.Pool{{ID: text(agw + "/p"), Targets: []azurenet.PoolTarget{{Address: text("10.20.4.10")}, {Host: text("shop.corp.example.org")}}}},
		Listeners: []azurenet.Listener{{Name: text("https"), Frontend: text(agw + "/f"), Port: 443, Protocol: text("Https"), Pool: text(agw + "/p"), Backend: 8443}},
	}}
	return f
}

func TestBehindALoadBalancer(t *testing.T) {
	q := question("10.20.5.4", 443)
	f := fronts(t)
	p := f.Passage(q)
	has(t, p, azurenet.StepFront, azurenet.Open, "sends TCP 443 to the 2 backends of the pool shop")
	if p.Outcome() != azurenet.Open || len(p.Behind) != 2 || p.Behind[0].Target != "10.20.4.10" {
		t.Fatalf("%s: %+v", p.Outcome(), p)
	}
	has(t, p.Behind[0].Passage, azurenet.StepProbe, azurenet.Open, "8444")
	// A backend's groups are asked for the port behind, and for the probes.
	f.Groups[1] = group(t, "nsg-card", "No 100 Deny Tcp * * 8443")
	p = f.Passage(q)
	has(t, p.Behind[0].Passage, azurenet.StepCard, azurenet.Closed, "TCP 8443 from 10.0.0.0/16")
	if p.Outcome() != azurenet.Partly {
		t.Errorf("one of two: %s", p.Outcome())
	}
	f.Groups[0] = group(t, "nsg-apps", "Https 100 Allow Tcp VirtualNetwork * 8443", "No 4096 Deny * * * *")
	p = f.Passage(q)
	s := has(t, p.Behind[1].Passage, azurenet.StepProbe, azurenet.Closed, "the probe of TCP 8444 is denied by the rule No", "--source-address-prefixes AzureLoadBalancer ", "--name AllowTcp8444FromLoadBalancer ")
	if s.Finding.Code != azurenet.CodeProbesClosed || p.Outcome() != azurenet.Closed {
		t.Errorf("%s: %+v", p.Outcome(), s.Finding)
	}
	f.Balancers[0].Rules[0].ProbePort = 0
	has(t, f.Passage(q).Behind[1].Passage, azurenet.StepProbe, azurenet.Unknown, "tcp")
	f.Balancers[0].Rules[0].FloatingIP = true // backends see the front end's own port
	has(t, f.Passage(q).Behind[1].Passage, azurenet.StepSubnet, azurenet.Closed, "TCP 443 from")
	f.Balancers[0].Pools[0].Targets[1].Address = text("10.99.0.1")
	has(t, f.Passage(q).Behind[1].Passage, azurenet.StepBackend, azurenet.Unknown, "outside of the VNET")
	f.Cards = nil
	has(t, f.Passage(q).Behind[0].Passage, azurenet.StepBackend, azurenet.Unknown, "network card was not read")
	f.Balancers[0].Pools[0].Targets = nil
	has(t, f.Passage(q), azurenet.StepFront, azurenet.Closed, "its pool shop has no backends")
	q.Port = 80
	has(t, f.Passage(q), azurenet.StepFront, azurenet.Closed, "has no rule for TCP 80", "az network lb show")
	f.Balancers[0].Rules[0].Port, f.Balancers[0].Rules[0].Protocol = 0, text("All")
	has(t, f.Passage(q), azurenet.StepFront, azurenet.Closed, "no backends")
}

// A load balancer that was not read may have an address that no network card has.
func TestAFrontEndThatWasNotRead(t *testing.T) {
	f := fronts(t)
	f.Balancers, f.Gaps = nil, []azurenet.Gap{{Part: azurenet.PartBalancers, Failure: model.Failure{Cause: text("you may not")}}}
	p := f.Passage(question("10.20.5.4", 443))
	has(t, p, azurenet.StepFront, azurenet.Unknown, "you may not")
	if p.Outcome() != azurenet.Unknown {
		t.Errorf("%+v", p)
	}
	if _, there := f.Passage(question("10.20.4.10", 443)).Step(azurenet.StepFront); there {
		t.Error("a network card has it")
	}
	f.Addresses = []azurenet.Address{{Address: text("10.20.5.4"), Free: true}}
	if _, there := f.Passage(question("10.20.5.4", 443)).Step(azurenet.StepFront); there {
		t.Error("nothing has it")
	}
}

func TestBehindAnApplicationGateway(t *testing.T) {
	q := question("10.20.6.4", 443)
	f := fronts(t)
	f.AdminRules = adminRules(t, "No 10 Deny Any 10.0.0.0/16 * *")
	p := f.Passage(q)
	has(t, p, azurenet.StepAdmin, azurenet.Open, "application gateway")
	has(t, p, azurenet.StepFront, azurenet.Open)
	// It asks its backends from its own subnet, so what is denied to the network is no
	// matter.
	f.Groups[0] = group(t, "nsg-apps", "NoKong 100 Deny * 10.0.0.0/16 * *")
	p = f.Passage(q)
	has(t, p.Behind[0].Passage, azurenet.StepSubnet, azurenet.Open, "TCP 8443 from 10.20.6.0/26")
	if _, there := p.Behind[0].Step(azurenet.StepBack); there {
		t.Error("no peering is between them")
	}
	has(t, p.Behind[1].Passage, azurenet.StepBackend, azurenet.Unknown, "it is a name")
	f.Groups[0] = group(t, "nsg-apps", "NoAgw 100 Deny * 10.20.6.0/26 * *")
	has(t, f.Passage(q).Behind[0].Passage, azurenet.StepSubnet, azurenet.Closed, "NoAgw")
	f.AppGateways[0].Listeners[0].Pool = text("")
	has(t, f.Passage(q), azurenet.StepFront, azurenet.Unknown, "paths or a redirect")
	q.Port = 80
	has(t, f.Passage(q), azurenet.StepFront, azurenet.Closed, "no listener for TCP 80")
}
