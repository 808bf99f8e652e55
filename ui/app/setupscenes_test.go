package app_test

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/setup"
)

// load fills the form from a file.
func load(s *stage) { s.keys("3", "o", `"peering.yaml"`, "enter"); s.rest(5 * time.Second) }

func noRights() *model.Failure {
	return &model.Failure{
		Kind: model.FailurePermission, Operation: "assign the role on", Subject: text("vnet-hub"), Status: 403, Code: text("AuthorizationFailed"),
		Cause:     text("The client 'alice@azure.example' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope vnet-hub."),
		Cure:      "Activate your role in PIM, or ask for User Access Administrator on the VNET; then R. The hand-off (h) has the commands for somebody who may.",
		RequestID: text("7c9e6679-7425-40de-944b-e07fc1f90ae7"),
	}
}

func consentAsks(what string, options ...setup.RunCommandKind) func(*setup.Step) {
	return func(st *setup.Step) {
		*st = setup.Step{
			ID: setup.StepConsent, State: setup.StepPerson, StartedAt: noon.Add(-98 * time.Second),
			Asks: &setup.Ask{
				Text: what, Options: options,
				Link: text("https://login.microsoftonline.com/" + tenant + "/adminconsent?client_id=" + setup.KongAppID),
			},
			Wait: &model.Wait{Why: "looking for Kong's application in the tenant", Until: noon.Add(9 * time.Second), Try: 12},
		}
	}
}

// consentLog is the log of a run that waits for the consent.
func consentLog() []model.LogLine {
	return append(logLines()[:2:2], model.LogLine{Number: 3, At: noon.Add(-97 * time.Second), Step: string(setup.StepConsent), Tone: model.LineWait, Text: text("Kong's application is not in the tenant yet")})
}

func waitsForConsent() setup.Run {
	return run(rewound(setup.StepConsent), step(setup.StepConsent, consentAsks("An administrator of the tenant must let Kong's application in.", setup.CommandRetry, setup.CommandCreatePrincipal, setup.CommandSkip)), stands(setup.RunNeedsPerson), func(r *setup.Run) { r.Made, r.Writes = nil, 0 })
}

func halves(verdict finding.Finding, state model.PeeringState, half model.AzureHalf) func(*setup.Step) {
	return func(st *setup.Step) {
		*st = setup.Step{
			ID: setup.StepReady, State: setup.StepWaiting, StartedAt: noon.Add(-4 * time.Minute),
			Halves: &setup.Halves{Konnect: state, Azure: half, Finding: verdict, Since: noon.Add(-4 * time.Minute), LookedAt: noon.Add(-3 * time.Second)},
			Wait:   &model.Wait{Why: "both halves are watched", Until: noon.Add(7 * time.Second), Try: 24},
		}
	}
}

func allDone(r *setup.Run) {
	for i := range r.Steps {
		st := &r.Steps[i]
		st.State, st.Wait, st.Asks = setup.StepDone, nil, nil
		st.StartedAt, st.EndedAt = noon.Add(-time.Minute), noon.Add(-50*time.Second)
	}
	for id, text := range map[setup.StepID]string{setup.StepAssignment: "created", setup.StepPeering: "created", setup.StepReady: "after 4 min", setup.StepDNS: "2 rules", setup.StepDNSCheck: "4 answers"} {
		r.Step(id).Summary = text
	}
	r.Made = append(
		r.Made, setup.Made{Step: setup.StepAssignment, Kind: model.ObjectAssignment, Name: text("Kong on vnet-hub"), ID: text("/x")},
		setup.Made{Step: setup.StepPeering, Kind: model.ObjectPeering, Name: text("hub-vnet"), ID: text("/y")}, setup.Made{Step: setup.StepDNS, Kind: model.ObjectResolver, Name: text("eu-stage-dns"), ID: text("/z"), Changed: true},
	)
	r.Writes, r.Current, r.State, r.EndedAt = 4, setup.StepDNSCheck, setup.RunDone, noon
}

func dryRun(r *setup.Run) {
	plan := r.Step(setup.StepAssignment).Plan
	allDone(r)
	r.DryRun, r.Made, r.Writes = true, nil, 0
	for _, id := range []setup.StepID{setup.StepAssignment, setup.StepPeering, setup.StepDNS} {
		r.Step(id).State, r.Step(id).Summary, r.Step(id).Plan = setup.StepPlanned, "1 request", plan
	}
	r.Step(setup.StepReady).Summary, r.Step(setup.StepDNSCheck).Summary = "not watched", "not asked"
}

func tearsDown(r *setup.Run) {
	*r = setup.Run{
		ID: "20261122-120000-teardown", Kind: setup.RunTeardown, Request: request(), State: setup.RunNeedsPerson, Current: setup.StepRemovePeering, StartedAt: noon.Add(-20 * time.Second),
		Steps: []setup.Step{
			{ID: setup.StepRemoveDNS, State: setup.StepDone, Summary: "2 rules"},
			{ID: setup.StepRemovePeering, State: setup.StepPerson, StartedAt: noon.Add(-5 * time.Second), Asks: &setup.Ask{
				Text: "The peering hub-vnet of eu-stage with vnet-hub is ready. Deleting it stops all traffic over it at once.", Confirm: text("hub-vnet"),
				Options: []setup.RunCommandKind{setup.CommandConfirm, setup.CommandSkip}, Labels: []string{"remove it (its name is typed)", "keep it"},
			}},
			{ID: setup.StepRemoveAssignment, State: setup.StepPending},
			{ID: setup.StepRemoveRole, State: setup.StepPending},
		},
	}
	r.Made = run(allDone).Made
	r.Made[3].Gone = true
}

func setupScenes() []scene {
	connected := model.AzureHalf{Status: model.HalfPresent, Proof: model.ProofRange, Peering: model.VNetPeering{State: model.VNetInitiated, Sync: model.SyncLocalBehind, Provisioning: model.ProvisioningSucceeded}}
	auth := service(func(f *fakeSetup) {
		f.listErr = model.Failure{Kind: model.FailureAuth, Operation: "list the subscriptions", Cause: text("the Azure CLI is not signed in to this tenant"), Cure: "Run az login --tenant " + tenant + ", or sign in here with a device code."}
	})
	toSubscription := []string{"3", "j", "j", "e", `"` + tenant + `"`, "enter"}
	hostileRun := run(func(r *setup.Run) {
		r.Request.Network, r.Request.Peering = longNames().Networks[0].Name, longNames().Networks[0].Peerings[0].Name
		r.Request.VNet.Name = text(strings.Repeat("vnet-of-everything-", 8))
		r.Made[0].Name = longNames().Networks[0].Name
		st := r.Step(setup.StepAssignment)
		st.Findings, st.Summary = findings(), strings.Repeat("a summary that is long ", 5)
		st.State, st.Wait, st.Failure = setup.StepFailed, nil, noRights()
		st.Plan = append(st.Plan, st.Plan...)
	}, stands(setup.RunFailed))
	return []scene{
		{name: "setup/empty", know: world, act: keys("3")},
		{name: "setup/typing", know: world, act: keys("3", "j", "j", "e", `"4000-not-a-guid"`)},
		{name: "setup/problems", know: world, act: func(s *stage) {
			load(s)
			s.keys("j", "e", "end", `" "`, "enter", "e", "end", "backspace", "backspace", "enter", "G", "k", "k", "e", "end", `", 10.20.0.300"`, "enter", "g", "j", "j")
		}},
		{name: "setup/networks", know: world, act: keys("3", "enter")},
		{name: "setup/subscriptions", know: world, act: keys(append(toSubscription, "enter", `"acme"`)...)},
		{name: "setup/pick_loading", know: world, act: keys(append(toSubscription, "enter")...), edit: service(func(f *fakeSetup) { f.hang = true })},
		{name: "setup/pick_error", know: world, act: keys(append(toSubscription, "enter")...), edit: auth},
		{name: "setup/vnets", know: world, act: func(s *stage) { load(s); s.keys("G", "k", "k", "k", "k", "enter", "down") }},
		{name: "setup/overlap", know: world, act: func(s *stage) { load(s); s.keys("G", "k", "k", "k", "k", "enter", "enter", "k") }},
		{name: "setup/paused", know: world, act: func(s *stage) {
			s.watches(run(rewound(setup.StepPeering), step(setup.StepPeering, func(st *setup.Step) {
				st.State, st.StopHere, st.StartedAt = setup.StepPaused, true, noon.Add(-9*time.Second)
				st.Plan = []model.Write{{
					Service: model.WriteKonnect, Method: "POST", URL: text("https://global.api.konghq.com/v2/cloud-gateways/networks/36ae63d3-efd1-4bec-b246-62aa5d3f5695/transit-gateways"), Makes: "the peering hub-vnet", Kind: model.ObjectPeering,
					Body: text("{\n  \"name\": \"hub-vnet\",\n  \"dns_config\": [\n    {\n      \"remote_dns_server_ip_addresses\": [\"10.20.0.4\", \"10.20.0.5\"],\n      \"domain_proxy_list\": [\"corp.example.org\"]\n    }\n  ],\n  \"transit_gateway_attachment_config\": {\n    \"kind\": \"azure-vnet-peering-attachment\",\n    \"tenant_id\": \"" + tenant + "\",\n    \"subscription_id\": \"" + subscription + "\",\n    \"resource_group_name\": \"rg-network\",\n    \"vnet_name\": \"vnet-hub\"\n  }\n}"),
				}}
			}), stands(setup.RunPaused), func(r *setup.Run) { r.Step(setup.StepDNS).StopHere = true }))
		}},
		{name: "setup/run_failed", know: world, act: func(s *stage) {
			s.watches(run(stands(setup.RunFailed), func(r *setup.Run) {
				r.Failure = &model.Failure{Kind: model.FailureInvalid, Operation: "write the journal", Subject: text("/home/alice/.local/state/peerdeck/runs/20261122-115818-7f3a.jsonl"), Cause: text("no space left on device"), Cure: "Make room on the disk, then R. Nothing is sent that cannot be written down first."}
			}))
		}},
		{name: "setup/cancelled", know: world, act: func(s *stage) {
			s.watches(run(step(setup.StepAssignment, func(st *setup.Step) { st.State, st.Wait = setup.StepCancelled, nil }), stands(setup.RunCancelled)))
		}},
		{name: "setup/filled", know: world, act: load},
		{name: "setup/from_stuck_peering", know: world, act: keys("j", "j", "j", "p")},
		{name: "setup/more_fields", know: world, act: func(s *stage) { load(s); s.keys("G", "enter", "j") }},
		{name: "setup/new_network", know: world, act: func(s *stage) {
			load(s)
			s.keys("M", "e", "ctrl+u", `"eu-new"`, "enter", `"10.192.0.0/20"`, "enter", `"northeurope"`, "enter")
		}},
		{name: "setup/new_network_wrong", know: world, act: func(s *stage) { load(s); s.keys("M", "j", "e", `"10.64.0.0/24"`, "enter", "esc", "k") }},
		{name: "setup/new_network_ask", know: world, act: func(s *stage) {
			load(s)
			s.keys("M", "e", "ctrl+u", `"eu-new"`, "enter", `"10.192.0.0/20"`, "enter", `"northeurope"`, "enter", "R")
		}},
		{name: "setup/new_network_waits", know: world, act: func(s *stage) {
			s.watches(run(func(r *setup.Run) {
				r.Request.Create = &setup.CreateNetwork{Region: text("northeurope"), CIDR: text("10.192.0.0/20")}
				r.Steps = append([]setup.Step{{
					ID: setup.StepNetwork, State: setup.StepWaiting, StartedAt: noon.Add(-12 * time.Minute),
					Wait: &model.Wait{Why: "Konnect makes the network, which takes 30 to 40 minutes; 12 min are over", Until: noon.Add(9 * time.Second)},
				}}, r.Steps...)
				for i := range r.Steps[1:] {
					r.Steps[i+1] = setup.Step{ID: r.Steps[i+1].ID, State: setup.StepPending}
				}
				r.Current = setup.StepNetwork
			}))
		}},
		{name: "setup/load_failed", know: world, act: keys("3", "o", `"missing.yaml"`, "enter")},
		{name: "setup/ask_run", know: world, act: func(s *stage) { load(s); s.keys("R") }},
		{name: "setup/handoff", know: world, act: func(s *stage) { load(s); s.keys("h") }},
		{name: "setup/read_only", know: world, edit: readOnly, act: func(s *stage) { load(s); s.keys("R") }},
		{name: "setup/running", know: world, act: func(s *stage) { s.watches(run()) }},
		{name: "setup/running_elsewhere", know: world, act: func(s *stage) { s.goes(waitsForConsent()) }},
		{name: "setup/preflight", know: world, act: func(s *stage) {
			s.watches(run(rewound(setup.StepPreflight), step(setup.StepPreflight, func(st *setup.Step) {
				st.State, st.StartedAt, st.Findings = setup.StepPerson, noon.Add(-4*time.Second), findings()
				st.Asks = &setup.Ask{Text: "One check could not tell. Go on anyway?", Options: []setup.RunCommandKind{setup.CommandContinue, setup.CommandRetry, setup.CommandCancel}}
			}), stands(setup.RunNeedsPerson), func(r *setup.Run) { r.Made = nil }))
		}},
		{name: "setup/consent", know: world, act: func(s *stage) {
			s.setup.lines = consentLog()
			s.watches(waitsForConsent())
		}},
		{name: "setup/consent_unreadable", know: world, act: func(s *stage) {
			s.setup.lines = consentLog()
			s.watches(run(rewound(setup.StepConsent), step(setup.StepConsent, consentAsks("Graph does not let this account look for Kong's application (403), so whether there is a consent cannot be told.", setup.CommandGivePrincipal, setup.CommandRetry, setup.CommandSkip)), stands(setup.RunNeedsPerson), func(r *setup.Run) { r.Made = nil }))
		}},
		{name: "setup/qr", know: world, act: func(s *stage) { s.watches(waitsForConsent()); s.keys("Q") }},
		{name: "setup/failed", know: world, act: func(s *stage) {
			s.watches(run(step(setup.StepAssignment, func(st *setup.Step) { st.State, st.Wait, st.Failure = setup.StepFailed, nil, noRights() }), stands(setup.RunFailed)))
		}},
		{name: "setup/ready", know: world, act: func(s *stage) {
			s.watches(run(step(setup.StepReady, halves(finding.Finding{Severity: model.SeverityWorking, Word: "working", Cause: "Kong has written Azure's half and waits for the other one.", Next: finding.Next{Kind: finding.NextWait, Text: "This takes some minutes, as a rule."}}, model.PeeringInitializing, connected))))
		}},
		{name: "setup/done", know: world, act: func(s *stage) { s.watches(run(allDone)) }},
		{name: "setup/dry_run", know: world, act: func(s *stage) { s.watches(run(dryRun)); s.keys("k", "k", "k", "k") }},
		{name: "setup/request", know: world, act: func(s *stage) { s.watches(run()); s.keys("v") }},
		{name: "setup/whole_step", know: world, act: func(s *stage) { s.watches(run()); s.keys("enter") }},
		{name: "setup/ask_cancel", know: world, act: func(s *stage) { s.watches(run()); s.keys("X") }},
		{name: "setup/ask_leave", know: world, act: func(s *stage) { s.watches(run()); s.keys("q") }},
		{name: "setup/log", know: world, act: func(s *stage) { s.watches(run()); s.keys("L") }},
		{name: "setup/earlier", know: world, act: func(s *stage) { s.setup.earlier = summaries(); s.keys("3", "E") }},
		{name: "setup/earlier_problem", know: world, act: func(s *stage) { s.setup.earlier = summaries(); s.keys("3", "E", "G") }},
		{name: "setup/earlier_open", know: world, act: func(s *stage) { s.setup.earlier = summaries(); s.keys("3", "E", "enter") }},
		{name: "setup/earlier_none", know: world, act: keys("3", "E")},
		{name: "setup/unfinished", know: world, edit: service(func(f *fakeSetup) { f.earlier = summaries() })},
		{name: "setup/journal", know: world, act: func(s *stage) { s.watches(run()); s.keys("J") }},
		{name: "setup/mend", know: world, act: func(s *stage) { s.watches(run(mends)) }},
		{name: "setup/mend_confirm", know: world, act: func(s *stage) { s.watches(run(mends)); s.keys("x", `"hub"`) }},
		{name: "setup/teardown", know: world, act: func(s *stage) { s.watches(run(tearsDown)) }},
		{name: "setup/teardown_confirm", know: world, act: func(s *stage) { s.watches(run(tearsDown)); s.keys("x", `"hub"`) }},
		{name: "setup/long_names", know: longNames, act: func(s *stage) { s.watches(hostileRun) }},
		{name: "setup/long_form", know: longNames, act: keys("p")},
		{name: "setup/ascii", know: world, edit: func(o *setting) { o.ASCII = true }, act: func(s *stage) { s.watches(run()) }},
	}
}

// mends is a run that mends: its plan is shown, and it asks once.
func mends(r *setup.Run) {
	r.Kind, r.Made, r.Writes = setup.RunMend, nil, 0
	r.Request.Mend = &setup.Mend{By: finding.MendRemake, Peering: text("p-1")}
	peering := model.Peering{ID: text("p-1"), Name: r.Request.Peering, VNet: r.Request.VNet}
	plan := setup.MendPlan{
		By: finding.MendRemake, Network: model.Network{Name: r.Request.Network}, Peering: peering, VNet: r.Request.VNet,
		Half: model.VNetPeering{ID: text("/x/kong-1"), Name: text("kong-1")},
		Writes: []model.Write{
			{Service: model.WriteKonnect, Method: "DELETE", URL: text("https://global.api.konghq.com/v2/cloud-gateways/networks/n-1/transit-gateways/p-1"), Makes: "the peering p-1 is deleted", Kind: model.ObjectPeering},
			{Service: model.WriteARM, Method: "DELETE", URL: text("https://management.azure.com/subscriptions/s/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub/virtualNetworkPeerings/kong-1?api-version=2025-05-01"), Makes: "the half kong-1 in vnet-hub is deleted", Kind: model.ObjectHalf},
		},
	}
	ask := plan.Ask()
	r.Steps = nil
	for _, id := range r.Request.Steps() {
		r.Steps = append(r.Steps, setup.Step{ID: id, State: setup.StepPending})
	}
	r.Steps[0].State, r.Steps[0].Asks, r.Steps[0].Plan, r.Steps[0].StartedAt = setup.StepPerson, &ask, plan.Writes, r.StartedAt
	r.State, r.Current = setup.RunNeedsPerson, setup.StepMend
}
