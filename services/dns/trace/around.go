package trace

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// azure reads what surrounds the servers of all rules in Azure, VNET by VNET, and puts
// what is wrong there beside the matrix. What cannot be read is left out: the findings of
// the peerings say that Azure cannot be read.
func (p *probing) azure(ctx context.Context, n *model.NetworkStatus, rules []dnstrace.Rule) error {
	if p.o.Azure == nil {
		return nil
	}
	patient, cancel := context.WithTimeout(ctx, azurePatience)
	defer cancel()
	var servers []safe.Text
	p.mu.Lock()
	columns := p.now.Columns // replaced by whoever judges, and never changed
	p.mu.Unlock()
	for _, c := range columns {
		servers = append(servers, c.Server)
	}
	for _, g := range grouped(servers, func(s safe.Text) *model.PeeringStatus { return dnstrace.PeeringTo(n, s) }) {
		domains := domainsAt(rules, g.servers...)
		read := p.o.Azure.Read(patient, g.peering.VNet, g.servers, domains, p.waiter())
		if err := ctx.Err(); err != nil {
			return err
		}
		p.surround(n, g, read, rules)
	}
	return nil
}

// surround puts what was read of a VNET beside the matrix.
func (p *probing) surround(n *model.NetworkStatus, g group, read azuredns.Facts, rules []dnstrace.Rule) {
	p.mu.Lock()
	defer p.mu.Unlock()
	around := p.now.Around
	for _, s := range g.servers {
		q := dnstrace.QuestionTo(n, g.peering, s, safe.Text{})
		around = dnstrace.Join(around, read.Around(q, domainsAt(rules, s)))
	}
	p.now.Around, p.now.Wait, p.changed = around, nil, true
}

// waiter shows on the matrix that Azure is waited for.
func (p *probing) waiter() attempt.Waiter {
	return attempt.Waiter{Clock: p.o.Time.Clock(), Hold: func(ctx context.Context, w model.Wait) error {
		p.mu.Lock()
		p.now.Wait, p.changed = &w, true
		p.mu.Unlock()
		p.send() // all else may be over
		clock := p.o.Time.Clock()
		return attempt.Pause(ctx, clock, w.Until.Sub(clock.Now()))
	}}
}

// domainsAt are the domains of the rules that name one of some servers.
func domainsAt(rules []dnstrace.Rule, servers ...safe.Text) []safe.Text {
	var out []safe.Text
	for _, r := range rules {
		if has(r.Servers, servers) {
			out = append(out, r.Domain)
		}
	}
	return out
}

func has(list, some []safe.Text) bool {
	return slices.ContainsFunc(some, func(s safe.Text) bool { return slices.Contains(list, s) })
}
