package model_test

import (
	"strings"
	"testing"
	"testing/quick"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// What Konnect says beside a state is read by what it is about, whatever its case, its
// form and its words, and the step says who can do what, with which command to look.
func TestKonnectsOwnWord(t *testing.T) {
	judge := model.NewJudge()
	for reason, c := range map[string]struct {
		code    finding.Code
		says    string
		command string // a part of the command
	}{
		"VnetAddressSpacesOverlap: 10.0.0.0/16":                        {"peering-error-overlap", "overlap", "vnet peering list"},
		"The address spaces OVERLAP with an existing attachment":       {"peering-error-overlap", "overlap", "vnet peering list"},
		"LinkedAuthorizationFailed":                                    {"peering-error-rights", "one side only", "az role assignment list"},
		`{"error":{"code":"linkedauthorizationfailed","message":"x"}}`: {"peering-error-rights", "one side only", "az role assignment list"},
		"The client 'x' does not have authorization to perform action": {"peering-error-rights", "may not write", "az role assignment list"},
		"Forbidden":         {"peering-error-rights", "may not write", "az role assignment list"},
		"HTTP 403 from ARM": {"peering-error-rights", "may not write", "az role assignment list"},
		"insufficient permissions on the virtual network":                                {"peering-error-rights", "may not write", "az role assignment list"},
		"ReadOnlyDisabledSubscription":                                                   {"peering-error-subscription", "disabled or read-only", "az account show"},
		"The subscription 'x' is disabled and therefore marked as read only":             {"peering-error-subscription", "disabled or read-only", "az account show"},
		"RequestDisallowedByPolicy: x":                                                   {"peering-error-policy", "A policy", "az policy assignment list"},
		"resource creation was disallowed by policy no-peering":                          {"peering-error-policy", "A policy", "az policy assignment list"},
		"DenyAssignmentAuthorizationFailed":                                              {"peering-error-policy", "deny assignment", "denyAssignments"},
		"blocked by a deny assignment":                                                   {"peering-error-policy", "deny assignment", "denyAssignments"},
		"ScopeLocked":                                                                    {"peering-error-lock", "lock", "az lock list"},
		"The scope cannot perform write operation because following scope(s) are locked": {"peering-error-lock", "lock", "az lock list"},
		"PeeringLimitExceeded":                                                           {"peering-error-limit", "limit or quota", "length(@)"},
		"Quota of attachments reached":                                                   {"peering-error-limit", "limit or quota", "length(@)"},
		"maximum number of peerings (500) for this virtual network":                      {"peering-error-limit", "limit or quota", "length(@)"},
		"TooManyRequests":                                                                {"peering-error-busy", "fewer requests", ""},
		"429 from Azure: rate limit exceeded":                                            {"peering-error-busy", "fewer requests", ""},
		"request was throttled":                                                          {"peering-error-busy", "fewer requests", ""},
		"ResourceNotFound":                                                               {"peering-error-gone", "to you, and not to Kong", "az role assignment list"},
		"virtual network could not be found":                                             {"peering-error-gone", "to you, and not to Kong", "az role assignment list"},
		"ResourceGroupNotFound":                                                          {"peering-error-gone", "resource group", "az group show"},
		"Resource group 'x' could not be found.":                                         {"peering-error-gone", "resource group", "az group show"},
		"SubscriptionNotFound":                                                           {"peering-error-gone", "subscription", "az account show"},
		"AADSTS90002: Tenant not found":                                                  {"peering-error-gone", "tenant", "az account list"},
		"AADSTS700016: Application was not found in the directory":                       {"peering-error-consent", "application", "az ad sp list"},
		"PrincipalNotFound":                                                              {"peering-error-consent", "application", "az ad sp list"},
		"admin consent is missing":                                                       {"peering-error-consent", "application", "az ad sp list"},
		"the service principal is disabled":                                              {"peering-error-consent", "application", "az ad sp list"},
		"ReferencedResourceNotProvisioned":                                               {"peering-error-busy", "busy", ""},
		"AnotherOperationInProgress":                                                     {"peering-error-busy", "busy", ""},
		"RemotePeeringIsDisconnected":                                                    {"peering-error-old-half", "old half", "vnet peering list"},
		"AnotherPeeringAlreadyReferencesRemoteVnet":                                      {"peering-error-old-half", "Another peering", "vnet peering list"},
		"MissingSubscriptionRegistration":                                                {"peering-error-provider", "resource provider", "az provider register"},
		"context deadline exceeded":                                                      {"peering-error-busy", "in time", ""},
		"the operation timed out":                                                        {"peering-error-busy", "in time", ""},
		"InternalServerError":                                                            {"peering-error-busy", "failed while", ""},
		"":                                                                               {"peering-error", "gave no reason", "az role assignment list"},
		"E_4711":                                                                         {"peering-error", "E_4711", "az role assignment list"},
		"Das Peering konnte nicht angelegt werden":                                       {"peering-error", "Das Peering konnte", "az role assignment list"},
		"ピアリングを作成できません":                                                                  {"peering-error", "ピアリング", "az role assignment list"},
		// Names are no signs, and neither are parts of other words.
		"cannot use vnet-policy-lock in forbidden": {"peering-error", "vnet-policy-lock", "az role assignment list"},
		"blocked, interlocked":                     {"peering-error", "does not know", "az role assignment list"},
	} {
		for _, given := range []string{reason, strings.ToUpper(reason), strings.ToLower(reason)} {
			f := facts(konnect(model.PeeringError, given), func(f *model.PeeringFacts) {
				f.Azure = model.AzureHalf{Status: model.HalfAbsent}
				if strings.Contains(reason, "vnet-policy-lock") {
					f.Peering.VNet.Name, f.Peering.VNet.ResourceGroup = text("vnet-policy-lock"), text("forbidden")
				}
			})
			v := judge.Peering(f)
			if v.Code != c.code || v.Severity != model.SeverityBroken {
				t.Errorf("%q: %s, %s", given, v.Code, v.Severity)
			}
			if !strings.Contains(strings.ToLower(v.Cause), strings.ToLower(c.says)) || reason != "" && !strings.Contains(v.Cause, strings.TrimRight(given, ".")) {
				t.Errorf("%q: %s", given, v.Cause)
			}
			if !strings.Contains(v.Next.Command, c.command) || v.Next.Text == "" || strings.Contains(strings.ToLower(v.Next.Text), "mend what") || strings.Contains(v.Next.Command, "delete") {
				t.Errorf("%q: %q, %q", given, v.Next.Text, v.Next.Command)
			}
			// Whatever it is, the same reason beside a state that is no error is not lost.
			waits := judge.Peering(facts(konnect(model.PeeringPendingUserAction, given), half(model.HalfAbsent, nil), func(w *model.PeeringFacts) { w.Peering.VNet = f.Peering.VNet }))
			if waits.Severity < model.SeverityAttention || reason != "" && !strings.Contains(waits.Cause, strings.TrimRight(given, ".")) {
				t.Errorf("%q while Konnect waits: %s: %s", given, waits.Code, waits.Cause)
			}
		}
	}
}

// An error whose reason says nothing is followed by what was looked at, in order, and what
// is not known from here.
func TestWhatCanBeRuledOut(t *testing.T) {
	judge := model.NewJudge()
	for name, c := range map[string]struct {
		facts model.PeeringFacts
		says  []string
	}{
		"nothing written": {facts(konnect(model.PeeringError, ""), half(model.HalfAbsent, nil)), []string{"vnet-hub is there, no address ranges overlap and Kong has written no half there", "not known from here: Kong's consent and role"}},
		"half initiated":  {facts(konnect(model.PeeringError, "??"), state(model.VNetInitiated)), []string{"Azure's half is Initiated", "Konnect reported: ??"}},
		"not readable":    {facts(konnect(model.PeeringError, ""), half(model.HalfUnreadable, nil)), []string{"not known from here: whether vnet-hub is there, whether address ranges overlap, how Azure's half is and Kong's consent and role"}},
		"no VNET":         {facts(konnect(model.PeeringError, ""), half(model.HalfNoVNet, nil)), []string{"Azure shows you no vnet-hub"}},
		"no range known":  {facts(konnect(model.PeeringError, ""), half(model.HalfAbsent, nil), func(f *model.PeeringFacts) { f.Network.CIDR = model.Prefix{} }), []string{"whether address ranges overlap"}},
	} {
		v := judge.Peering(c.facts)
		for _, part := range c.says {
			if !strings.Contains(v.Cause, part) {
				t.Errorf("%s: %q does not say %q", name, v.Cause, part)
			}
		}
		if !strings.Contains(v.Next.Text, "support") || !strings.Contains(v.Next.Text, "p1") {
			t.Errorf("%s: there is nothing to send: %q", name, v.Next.Text)
		}
	}
}

// A reason may hold anything: it has a verdict that says what to do, and nothing that may
// be in use is offered for deletion.
func TestAnyReasonHasAStep(t *testing.T) {
	judge := model.NewJudge()
	check := func(status, reason string, which uint8) bool {
		states := []model.PeeringState{model.PeeringError, model.PeeringPendingUserAction, model.PeeringInitializing, model.PeeringTerminating, model.PeeringReady}
		v := judge.Peering(facts(konnect(states[int(which)%len(states)], reason), func(f *model.PeeringFacts) { f.Peering.ReportedStatus = text(status) }))
		n := judge.Network(model.NetworkFacts{Network: model.Network{State: model.NetworkReady, ReportedStatus: text(status), Reason: text(reason)}, Now: now})
		d := judge.PrivateDNS(model.PrivateDNSFacts{PrivateDNS: model.PrivateDNS{State: model.PrivateDNSError, ReportedStatus: text(status), Reason: text(reason)}, Now: now})
		for _, f := range []finding.Finding{v, n, d} {
			if f.Cause == "" || f.NeedsPerson() && f.Next.Text == "" || strings.Contains(f.Next.Command, "delete") {
				return false
			}
		}
		return true
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

func TestReasonsOfNetworksAndPrivateDNS(t *testing.T) {
	judge := model.NewJudge()
	for reason, c := range map[string]struct {
		state model.NetworkState
		code  finding.Code
		says  string
	}{
		"Quota Exceeded": {model.NetworkInitializing, "network-reason", "quota"},
		"ReadOnlySubscription: subscription is read only": {model.NetworkTerminating, "network-reason", "read-only"},
		"TooManyRequests":          {model.NetworkInitializing, "network-reports-trouble", "TooManyRequests"},
		"etwas ist schiefgelaufen": {model.NetworkReady, "network-reports-trouble", "schiefgelaufen"},
	} {
		v := judge.Network(model.NetworkFacts{Network: model.Network{ID: text("n1"), State: c.state, Reason: text(reason)}, Now: now})
		if v.Code != c.code || v.Severity != model.SeverityAttention || !strings.Contains(v.Cause, c.says) || !strings.Contains(v.Next.Text, "n1") {
			t.Errorf("%s: %+v", reason, v)
		}
	}
	dns := []model.DNSMapping{
		{Domains: named("example.org"), Servers: named("10.20.0.4")},
		{Domains: named("db.example.org"), Servers: named("10.20.0.4")},
		{Domains: named("corp.example.org"), Servers: named("10.20.0.5")},
	}
	for reason, c := range map[string]struct {
		state model.PrivateDNSState
		code  finding.Code
		says  string
	}{
		"Forwarding rule for db.example.org. could not be created": {model.PrivateDNSError, "dns-error-row", "db.example.org → 10.20.0.4"},
		"rule for EXAMPLE.ORG is wrong.":                           {model.PrivateDNSError, "dns-error-row", "row example.org"},
		"cannot reach 10.20.0.5":                                   {model.PrivateDNSError, "dns-error-row", "corp.example.org"},
		"cannot reach 10.20.0.4":                                   {model.PrivateDNSError, "dns-error", "10.20.0.4"},
		"rule for mydb.example.org.uk":                             {model.PrivateDNSError, "dns-error", "mydb"},
		"QuotaExceeded":                                            {model.PrivateDNSError, "dns-error", "limit or quota"},
		"":                                                         {model.PrivateDNSError, "dns-error", "no reason given"},
		"AuthorizationFailed":                                      {model.PrivateDNSPendingAssociation, "dns-reason", "may not write"},
		"something":                                                {model.PrivateDNSReady, "dns-reports-trouble", "something"},
	} {
		v := judge.PrivateDNS(model.PrivateDNSFacts{
			PrivateDNS: model.PrivateDNS{ID: text("d1"), Name: text("corp-dns"), Kind: model.KindAzureResolver, State: c.state, Reason: text(reason), DNS: dns},
			Network:    text("eu-prod"), Now: now,
		})
		if v.Code != c.code || v.Severity < model.SeverityAttention || !strings.Contains(v.Cause, c.says) || v.Next.Text == "" {
			t.Errorf("%s: %+v", reason, v)
		}
		if v.Next.Kind == finding.NextTable && v.Next.Command != "peerdeck dns lint --network eu-prod" {
			t.Errorf("%s: %q", reason, v.Next.Command)
		}
	}
}

func named(list ...string) []safe.Text {
	out := make([]safe.Text, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}
