package paths

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Ask is what is to be read around a VNET.
type Ask struct {
	Ref       model.VNetRef
	Peerings  []safe.Text // ids of the peerings with it
	Addresses []safe.Text // that requests go to
}

// Asks are the VNETs that peerings of the network lead to, with the addresses in them that
// requests of services and questions of names go to, each once.
func (f Facts) Asks() []Ask {
	if f.Network == nil {
		return nil
	}
	var out []Ask
	at := map[string]int{}
	for i := range f.Network.Peerings {
		p := &f.Network.Peerings[i]
		if p.Kind != model.KindAzureVNet || p.State == model.PeeringTerminated || p.VNet.IsZero() || p.Azure.Status == model.HalfNoVNet {
			continue
		}
		k, known := at[p.VNet.Key()]
		if !known {
			k = len(out)
			at[p.VNet.Key()], out = k, append(out, Ask{Ref: p.VNet})
		}
		out[k].Peerings = append(out[k].Peerings, p.ID)
	}
	r := newReach(f.Network)
	for _, a := range f.addresses() {
		literal, is := addressOf(a)
		if !is {
			continue
		}
		for _, s := range r.at(literal) {
			k := at[s.peering.VNet.Key()]
			if text := safe.New(literal.String()); k < len(out) && !slices.Contains(out[k].Addresses, text) {
				out[k].Addresses = append(out[k].Addresses, text)
			}
		}
	}
	return out
}

// addresses are all addresses that services, targets, rules and answers name.
func (f Facts) addresses() []safe.Text {
	seen := map[safe.Text]bool{}
	var out []safe.Text
	add := func(list ...safe.Text) {
		for _, t := range list {
			if !seen[t] {
				seen[t] = true
				out = append(out, t)
			}
		}
	}
	for _, p := range f.Planes {
		for _, s := range p.Services {
			add(s.Host)
		}
		for _, u := range p.Upstreams {
			for _, t := range u.Targets {
				host, _ := splitTarget(t.Target)
				add(host)
			}
		}
	}
	for _, d := range f.Wanted {
		add(d.Host)
	}
	for _, a := range f.Answers {
		add(a.Addresses...)
	}
	add(f.Network.Servers()...)
	return out
}

// Name is a name that a mapped domain's servers are to be asked for.
type Name struct {
	Name    safe.Text // as DNS carries it
	Domain  safe.Text // the row
	Servers []safe.Text
}

// mostNames bounds the names of a network that are asked for.
const mostNames = 2000

// Names are the mapped names that requests of services go to, each once.
func (f Facts) Names() []Name {
	if f.Network == nil {
		return nil
	}
	t := newTables(f.Network)
	seen := map[string]bool{}
	var out []Name
	for _, host := range f.hosts() {
		name := dnstable.NameOf(host)
		if _, address := addressOf(host); address || name.ASCII == "" || seen[name.ASCII] || len(out) == mostNames {
			continue
		}
		seen[name.ASCII] = true
		if rules := t.find(name); len(rules) > 0 && len(rules[0].Servers) > 0 {
			out = append(out, Name{Name: safe.New(name.ASCII), Domain: rules[0].Domain, Servers: rules[0].Servers})
		}
	}
	return out
}

// hosts are those that names are looked up for: of an upstream its targets', and not its own
// name.
func (f Facts) hosts() []safe.Text {
	var out []safe.Text
	for _, d := range f.Wanted {
		out = append(out, d.Host)
	}
	for _, p := range f.Planes {
		ups := map[safe.Text]bool{}
		for _, u := range p.Upstreams {
			ups[u.Name] = true
			for _, target := range u.Targets {
				host, _ := splitTarget(target.Target)
				out = append(out, host)
			}
		}
		for _, s := range p.Services {
			if !ups[s.Host] {
				out = append(out, s.Host)
			}
		}
	}
	return out
}
