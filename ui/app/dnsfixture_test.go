package app_test

import (
	"context"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fakeMappings is a service that keeps drafts in memory and writes nothing.
type fakeMappings struct {
	applies    chan dnstable.Apply
	orders     []dnstable.Order
	saved      []dnstable.Saved // each time that a draft was kept
	dropped    []dnstable.Target
	drafts     []dnstable.Saved // that lie on disk
	notes      []string
	saveErr    error
	hang       chan struct{} // keeping a draft waits for it
	unfinished []dnstable.Unfinished
	rechecked  []string
	points     []dnstable.RestorePoint
	parsed     []string
	files      map[string]string
}

func (f *fakeMappings) Apply(o dnstable.Order) error {
	f.orders = append(f.orders, o)
	return nil
}

func (f *fakeMappings) Cancel() {}

func (f *fakeMappings) Unfinished(context.Context) ([]dnstable.Unfinished, error) {
	return f.unfinished, nil
}

func (f *fakeMappings) Recheck(u dnstable.Unfinished) error {
	f.rechecked = append(f.rechecked, u.ID)
	return nil
}

func (f *fakeMappings) Write(o dnstable.Order, now model.PrivateDNS) model.Write {
	w := model.Write{Service: model.WriteKonnect, Method: "PATCH", Makes: "the mappings of " + o.Target.ResolverName.String()}
	w.URL = text("https://global.api.konghq.com/v2/cloud-gateways/networks/" + o.Target.Network.String() + "/private-dns/" + now.ID.String())
	if o.Target.Resolver.IsEmpty() {
		w.Method, w.URL = "POST", text("https://global.api.konghq.com/v2/cloud-gateways/networks/"+o.Target.Network.String()+"/private-dns")
	}
	return w
}

func (f *fakeMappings) SaveDraft(ctx context.Context, d dnstable.Saved) error {
	if f.hang != nil {
		select {
		case <-f.hang:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if f.saveErr != nil {
		return f.saveErr
	}
	f.saved = append(f.saved, d)
	return nil
}

func (f *fakeMappings) Draft(_ context.Context, network safe.Text) ([]dnstable.Saved, []string, error) {
	var out []dnstable.Saved
	for _, d := range f.drafts {
		if d.Target.Network == network {
			out = append(out, d)
		}
	}
	return out, f.notes, nil
}

func (f *fakeMappings) DropDraft(_ context.Context, t dnstable.Target) error {
	f.dropped = append(f.dropped, t)
	return nil
}

func (f *fakeMappings) RestorePoints(context.Context, safe.Text) ([]dnstable.RestorePoint, error) {
	return f.points, nil
}

func (f *fakeMappings) Parse(pasted string) dnstable.Imported {
	f.parsed = append(f.parsed, pasted)
	out := dnstable.Imported{Format: dnstable.FormatPairs}
	for i, l := range strings.Split(strings.TrimSpace(pasted), "\n") {
		list, problems := dnstable.ParseMappings(l)
		line := dnstable.ImportLine{Line: i + 1, Source: text(l)}
		switch {
		case len(problems) > 0:
			line.Problem = problems[0].Text
		case len(list) == 1:
			line.Domains, line.Servers = list[0].Domains, list[0].Servers
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

func (f *fakeMappings) ReadFile(_ context.Context, path string) (dnstable.Imported, error) {
	content, there := f.files[path]
	if !there {
		return dnstable.Imported{}, model.Failure{Kind: model.FailureNotFound, Operation: "read", Subject: text(path), Cause: text("there is no such file"), Cure: "Check the path."}
	}
	return f.Parse(content), nil
}

func (f *fakeMappings) Format(_ dnstable.Format, _ dnstable.Target, rows []dnstable.Row) (string, []string, error) {
	return dnstable.FormatMappings(dnstable.ToMappings(rows)), nil, nil
}

func (f *fakeMappings) WriteFile(_ context.Context, path string, format dnstable.Format, t dnstable.Target, rows []dnstable.Row, overwrite bool) error {
	if _, there := f.files[path]; there && !overwrite {
		return model.Failure{Kind: model.FailureConflict, Operation: "write the file", Subject: text(path), Cause: text("there is a file of this name")}
	}
	content, _, err := f.Format(format, t, rows)
	f.files[path] = content
	return err
}

// mappings changes the fake that the screen works with.
func mappings(edit func(*fakeMappings)) func(*setting) {
	return func(o *setting) { edit(o.mappings) }
}

// writes hands over how the writing of a table stands.
func (s *stage) writes(a dnstable.Apply) {
	s.mappings.applies <- a
	s.drain()
}

func mapped(domain string, servers ...string) dnstable.Row {
	return dnstable.Row{Key: text(domain), Servers: texts(servers...)}
}

func mapping(servers string, domains ...string) model.DNSMapping {
	return model.DNSMapping{Domains: texts(domains...), Servers: texts(strings.Fields(servers)...)}
}

// dnsWorld is a network with a table that has something of everything: groups, a peering
// with rows of its own, and the resolver of another cloud.
func dnsWorld() model.Snapshot {
	s := world()
	b := network("eu-prod", "northeurope", "10.0.0.0/16").plane("acme-eu").
		peer("hub-vnet", "vnet-hub", []string{"10.20.0.0/22"}, func(p *model.PeeringStatus) {
			p.DNS = []model.DNSMapping{mapping("10.20.0.4", "legacy.acme.internal", "mainframe.acme.internal")}
		})
	b.resolver("eu-prod-dns", 7,
		mapping("10.20.0.4 10.20.0.5", "corp.acme.internal"), mapping("10.20.0.4 10.20.0.5", "db.acme.internal"),
		mapping("10.20.0.5", "hr.acme.internal"), mapping("10.20.0.9", "old.acme.internal"), mapping("10.20.0.4", "pay.acme.internal"))
	s.Networks[2] = b.done()
	s.Networks[2].ID = id("network", "eu-prod")
	return s
}

// resolver adds an outbound resolver that is ready.
func (b *builder) resolver(name string, version int, table ...model.DNSMapping) {
	d := model.PrivateDNS{
		ID: id("dns", name), Name: text(name), Kind: model.KindAzureResolver, State: model.PrivateDNSReady, DNS: table,
		EntityVersion: version, UpdatedAt: noon.Add(-time.Hour),
	}
	b.n.PrivateDNS = append(b.n.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: d, Finding: model.NewJudge().PrivateDNS(model.PrivateDNSFacts{PrivateDNS: d, Now: noon})})
}
