package app_test

import (
	"context"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// fakeSetup is a set-up service that does nothing by itself: tests hand over how a
// run stands, and look at the orders.
type fakeSetup struct {
	runs     chan setup.Run
	lines    []model.LogLine
	orders   []setup.RunCommand
	started  []setup.Request
	options  []setup.Options
	resumed  []string
	torn     []string
	opened   []string
	saved    map[string]string
	written  []setup.Request // as set-up files
	earlier  []setup.RunSummary
	listErr  error // of subscriptions and VNETs
	startErr error
	hang     bool // lists never come
	hostile  string
	route    *gateway.Draft // of the set-up file
}

func (f *fakeSetup) Start(r setup.Request, o setup.Options) error {
	if f.startErr == nil {
		f.started, f.options = append(f.started, r), append(f.options, o)
	}
	return f.startErr
}

func (f *fakeSetup) Resume(id string, _ setup.Options) error {
	f.resumed = append(f.resumed, id)
	return nil
}

func (f *fakeSetup) Teardown(id string) error {
	f.torn = append(f.torn, id)
	return nil
}

func (f *fakeSetup) Do(c setup.RunCommand) error {
	f.orders = append(f.orders, c)
	return nil
}

func (f *fakeSetup) Log(after uint64) []model.LogLine {
	if int(after) >= len(f.lines) {
		return nil
	}
	return f.lines[after:]
}

func (f *fakeSetup) Earlier(context.Context) ([]setup.RunSummary, error) { return f.earlier, nil }

func (f *fakeSetup) Journal(context.Context, string) ([]model.LogLine, error) {
	return append([]model.LogLine{{Number: 1, At: noon.Add(-2 * time.Minute), Step: string(setup.StepPreflight), Text: text("run began: eu-stage, hub-vnet")}}, f.lines...), nil
}

func (f *fakeSetup) Subscriptions(ctx context.Context, _ safe.Text) ([]model.Subscription, error) {
	if f.hang {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if f.listErr != nil {
		return nil, f.listErr
	}
	return []model.Subscription{
		{ID: text(subscription), Name: text("acme-prod" + f.hostile), TenantID: text(tenant), State: text("Enabled")},
		{ID: text("50000000-0000-4000-8000-000000000002"), Name: text("acme-stage"), TenantID: text(tenant), State: text("Enabled")},
		{ID: text("50000000-0000-4000-8000-000000000003"), Name: text("acme-lab"), TenantID: text(tenant), State: text("Disabled")},
	}, nil
}

func (f *fakeSetup) VNets(context.Context, safe.Text, safe.Text) ([]model.VNet, error) {
	if f.listErr != nil {
		return nil, f.listErr
	}
	vnet := func(group, name string, ranges ...string) model.VNet {
		ref := model.VNetRef{SubscriptionID: text(subscription), ResourceGroup: text(group), Name: text(name)}
		return model.VNet{ID: ref.ID(), Name: ref.Name, Location: text("northeurope"), AddressPrefixes: prefixes(ranges...)}
	}
	return []model.VNet{vnet("rg-network", "vnet-hub"+f.hostile, "10.20.0.0/22", "10.20.4.0/24"), vnet("rg-network", "vnet-shared", "10.22.0.0/20"), vnet("rg-data", "vnet-data", "10.4.128.0/20")}, nil
}

func (f *fakeSetup) ReadFile(_ context.Context, path string) (setup.Request, error) {
	if strings.Contains(path, "missing") {
		return setup.Request{}, model.Failure{Kind: model.FailureNotFound, Operation: "read", Subject: text(path), Cause: text("there is no such file"), Cure: "Check the path; ctrl+s on the form writes one."}
	}
	r := request()
	r.Route = f.route
	return r, nil
}

func (f *fakeSetup) WriteFile(ctx context.Context, path string, r setup.Request) error {
	f.written = append(f.written, r)
	return f.SaveText(ctx, path, r.Peering.String())
}

func (f *fakeSetup) SaveText(_ context.Context, path, text string) error {
	if f.saved == nil {
		f.saved = map[string]string{}
	}
	f.saved[path] = text
	return nil
}

func (f *fakeSetup) OpenLink(_ context.Context, link safe.Text) error {
	f.opened = append(f.opened, link.Raw())
	return nil
}

func (f *fakeSetup) Handoff(r setup.Request, form string) string {
	if form == "md" {
		return "# Peering " + r.Peering.String() + "\n\nPlease approve Kong's application, then give it a role on the VNET.\n" + f.hostile
	}
	return "#!/bin/sh\n# For the administrator of tenant " + r.VNet.TenantID.String() + ".\nset -eu\naz account set --subscription " + model.ShellQuote(r.VNet.SubscriptionID.Raw()) + "\n" + f.hostile
}

func (f *fakeSetup) ConsentLink(r setup.Request) safe.Text {
	return setup.ConsentLink(text("https://login.microsoftonline.com"), r.VNet.TenantID, r.App())
}

const (
	tenant       = "40000000-0000-4000-8000-000000000001"
	subscription = "50000000-0000-4000-8000-000000000001"
)

// request is a set-up that has all it needs.
func request() setup.Request {
	return setup.Request{
		Network: text("eu-stage"), Peering: text("hub-vnet"), DNS: setup.DNSResolver,
		VNet:     model.VNetRef{TenantID: text(tenant), SubscriptionID: text(subscription), ResourceGroup: text("rg-network"), Name: text("vnet-hub")},
		Mappings: []model.DNSMapping{{Domains: texts("corp.example.org", "db.example.org"), Servers: texts("10.20.0.4", "10.20.0.5")}},
	}
}

// run is a set-up in mid-run: the role is being assigned.
func run(edits ...func(*setup.Run)) setup.Run {
	done := func(id setup.StepID, state setup.StepState, summary string, from, took time.Duration) setup.Step {
		return setup.Step{ID: id, State: state, Summary: summary, StartedAt: noon.Add(-from), EndedAt: noon.Add(-from + took)}
	}
	role := "/subscriptions/" + subscription + "/providers/Microsoft.Authorization/roleDefinitions/5d8c3f4e-3c2b-5f0a-9d0e-8a4b7b1f2c3d"
	scope := "/subscriptions/" + subscription + "/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub"
	r := setup.Run{
		ID: "20261122-115818-7f3a", Kind: setup.RunSetup, Request: request(), State: setup.RunRunning, Current: setup.StepAssignment,
		StartedAt: noon.Add(-102 * time.Second), Writes: 1, Log: 9,
		Made: []setup.Made{{Step: setup.StepRole, Kind: model.ObjectRole, ID: text(role), Name: text(model.DefaultRoleName), At: noon.Add(-12 * time.Second)}},
		Steps: []setup.Step{
			done(setup.StepPreflight, setup.StepDone, "7 checks", 102*time.Second, 4*time.Second), done(setup.StepConsent, setup.StepAlready, "already", 98*time.Second, time.Second),
			done(setup.StepRole, setup.StepDone, "created", 20*time.Second, 8*time.Second),
			{
				ID: setup.StepAssignment, State: setup.StepWaiting, StartedAt: noon.Add(-8 * time.Second),
				Wait: &model.Wait{For: "assign role", Why: "the role is not spread in Azure yet", Until: noon.Add(6 * time.Second), Try: 2, Of: 10},
				Plan: []model.Write{{
					Service: model.WriteARM, Method: "PUT", URL: text("https://management.azure.com" + scope + "/providers/Microsoft.Authorization/roleAssignments/0f3c1d2e-8a4b-5c6d-9e0f-1a2b3c4d5e6f?api-version=2022-04-01"),
					Body:  text("{\n  \"properties\": {\n    \"roleDefinitionId\": \"" + role + "\",\n    \"principalId\": \"9b2f7d3c-1a5e-4c8b-b6d1-0e9f8a7c6b5d\",\n    \"principalType\": \"ServicePrincipal\"\n  }\n}"),
					Makes: "the role assignment on vnet-hub", Kind: model.ObjectAssignment,
				}},
			},
			{ID: setup.StepPeering, State: setup.StepPending},
			{ID: setup.StepReady, State: setup.StepPending},
			{ID: setup.StepDNS, State: setup.StepPending, Summary: "2 rules"},
			{ID: setup.StepDNSCheck, State: setup.StepPending},
		},
	}
	for _, e := range edits {
		e(&r)
	}
	return r
}

// logLines are the log of run.
func logLines() []model.LogLine {
	var out []model.LogLine
	add := func(ago int, step setup.StepID, tone model.LineTone, s string) {
		out = append(out, model.LogLine{Number: uint64(len(out) + 1), At: noon.Add(-time.Duration(ago) * time.Second), Step: string(step), Tone: tone, Text: text(s)})
	}
	add(102, setup.StepPreflight, model.LinePlain, "reading eu-stage and vnet-hub")
	add(98, setup.StepPreflight, model.LineGood, "7 checks, nothing in the way")
	add(97, setup.StepConsent, model.LineGood, "kong-cgw-azure-vnet-peering-app is in the tenant")
	add(20, setup.StepRole, model.LinePlain, "no role of that name in 3 subscriptions")
	add(18, setup.StepRole, model.LineWrite, "PUT roleDefinitions/5d8c3f4e… 201")
	add(12, setup.StepRole, model.LineGood, "read back twice")
	add(8, setup.StepAssignment, model.LinePlain, "checked: not assigned")
	add(7, setup.StepAssignment, model.LineTrouble, "404 RoleDefinitionDoesNotExist")
	add(7, setup.StepAssignment, model.LineWait, "not spread in Azure yet; next try in 6 s (2 of 10)")
	return out
}

// goes hands over how a run stands.
func (s *stage) goes(r setup.Run) {
	if s.setup.lines == nil {
		s.setup.lines = logLines()
	}
	s.setup.runs <- r
	s.drain()
}

// watches hands over a run and looks at it.
func (s *stage) watches(r setup.Run) {
	s.goes(r)
	s.keys("3", "w", "esc", "w")
}

func step(id setup.StepID, edit func(*setup.Step)) func(*setup.Run) {
	return func(r *setup.Run) {
		for i := range r.Steps {
			s := &r.Steps[i]
			switch {
			case s.ID == id:
				edit(s)
				r.Current = id
				return
			case !s.State.Over():
				*s = setup.Step{ID: s.ID, State: setup.StepDone, Summary: "created", StartedAt: noon.Add(-time.Minute), EndedAt: noon.Add(-50 * time.Second)}
			}
		}
	}
}

func stands(s setup.RunState) func(*setup.Run) {
	return func(r *setup.Run) {
		r.State = s
		if s.Over() {
			r.EndedAt = noon
		}
	}
}

// rewound makes all steps from one on pending again.
func rewound(id setup.StepID) func(*setup.Run) {
	return func(r *setup.Run) {
		found := false
		for i := range r.Steps {
			if found = found || r.Steps[i].ID == id; found {
				r.Steps[i] = setup.Step{ID: r.Steps[i].ID, State: setup.StepPending}
			}
		}
		r.Current = id
	}
}

func findings() []setup.Checked {
	checked := func(code finding.Code, severity model.Severity, title, cause, cure string) setup.Checked {
		return setup.Checked{Title: title, Finding: finding.Finding{Code: code, Severity: severity, Cause: cause, Next: finding.Next{Text: cure}}}
	}
	return []setup.Checked{
		checked("network-ready", model.SeverityOK, "Network", "eu-stage is ready, on Azure", ""),
		checked("setup-vnet", model.SeverityOK, "VNET", "vnet-hub can be read: 10.20.0.0/22, 10.20.4.0/24", ""),
		checked("setup-ranges", model.SeverityOK, "Address ranges", "none overlaps", ""),
		checked("setup-rights-missing", model.SeverityAttention, "Right to assign roles", "cannot tell: a condition limits it", "Ask for the role Role Based Access Control Administrator on vnet-hub without a condition, or use the hand-off (h)."),
		checked("setup-peerings-room", model.SeverityOK, "Peering count", "3 of 500", ""),
	}
}

func summaries() []setup.RunSummary {
	made := run().Made
	gone := append([]setup.Made{}, made...)
	gone[0].Gone = true
	return []setup.RunSummary{
		{ID: "a", Kind: setup.RunSetup, Request: request(), State: setup.RunInterrupted, Last: setup.StepAssignment, StartedAt: noon.Add(-3 * time.Hour), ChangedAt: noon.Add(-2 * time.Hour), Made: made},
		{ID: "b", Kind: setup.RunTeardown, Request: request(), State: setup.RunDone, Last: setup.StepRemoveRole, StartedAt: noon.Add(-50 * time.Hour), ChangedAt: noon.Add(-49 * time.Hour), Made: gone},
		{ID: "c", Kind: setup.RunSetup, DryRun: true, Request: request(), State: setup.RunDone, Last: setup.StepDNSCheck, StartedAt: noon.Add(-51 * time.Hour), ChangedAt: noon.Add(-51 * time.Hour)},
		{ID: "d", Kind: setup.RunSetup, Request: request(), State: setup.RunFailed, Last: setup.StepPeering, StartedAt: noon.Add(-99 * time.Hour), ChangedAt: noon.Add(-98 * time.Hour), Made: made, Problem: "line 14 of the journal cannot be read; what stands before and after it was used"},
	}
}

func readOnly(o *setting) { o.ReadOnly = true }

// service changes the fake service of a scene.
func service(edit func(*fakeSetup)) func(*setting) {
	return func(o *setting) { edit(o.setup) }
}
