package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestRollUp(t *testing.T) {
	judge := model.NewJudge()
	fine := finding.Finding{Severity: model.SeverityOK, Word: "ready", Cause: "Fine."}
	broken := finding.Finding{Severity: model.SeverityBroken, Word: "broken", Cause: "It broke.", Next: finding.Next{Text: "Mend it."}}
	read := model.Part{At: now}
	base := model.NetworkStatus{Network: model.Network{State: model.NetworkReady}, Own: fine, PeeringsRead: read}
	peering := func(name string, v finding.Finding) model.PeeringStatus {
		return model.PeeringStatus{Peering: model.Peering{ID: text("id-" + name), Name: text(name)}, Finding: v}
	}
	for name, c := range map[string]struct {
		edit     func(*model.NetworkStatus)
		severity model.Severity
		says     string
	}{
		"no peering":  {func(*model.NetworkStatus) {}, model.SeverityOK, "no peering"},
		"one peering": {func(n *model.NetworkStatus) { n.Peerings = []model.PeeringStatus{peering("a", fine)} }, model.SeverityOK, "its peering are ready"},
		"worst speaks": {func(n *model.NetworkStatus) {
			n.Peerings = []model.PeeringStatus{peering("a", fine), peering("b", broken)}
		}, model.SeverityBroken, "b: It broke."},
		"nameless": {func(n *model.NetworkStatus) {
			n.Peerings = []model.PeeringStatus{{Peering: model.Peering{ID: text("77")}, Finding: broken}}
		}, model.SeverityBroken, "77: It broke."},
		"DNS speaks": {func(n *model.NetworkStatus) {
			n.PrivateDNS = []model.PrivateDNSStatus{{PrivateDNS: model.PrivateDNS{Name: text("res")}, Finding: broken}}
		}, model.SeverityBroken, "res: It broke."},
		"not read yet": {func(n *model.NetworkStatus) { n.PeeringCount, n.PeeringsRead = 2, model.Part{} }, model.SeverityUnknown, "being read"},
		"not readable": {func(n *model.NetworkStatus) {
			n.PeeringCount, n.PeeringsRead = 2, model.Part{Failure: &model.Failure{Cause: text("denied")}}
		}, model.SeverityUnknown, "cannot be read: denied"},
		"stale is kept": {func(n *model.NetworkStatus) {
			n.PeeringCount, n.PeeringsRead.Failure = 2, &model.Failure{Cause: text("denied")}
		}, model.SeverityOK, "ready"},
	} {
		t.Run(name, func(t *testing.T) {
			n := base
			c.edit(&n)
			if v := judge.RollUp(n); v.Severity != c.severity || !strings.Contains(v.Cause, c.says) {
				t.Errorf("got %v, %q", v.Severity, v.Cause)
			}
		})
	}
}

func TestDNSRules(t *testing.T) {
	n := model.NetworkStatus{}
	if n.DNSRules() != -1 {
		t.Error("what was not read has no count")
	}
	n.PeeringsRead = model.Part{At: now}
	n.Peerings = []model.PeeringStatus{{Peering: model.Peering{DNS: []model.DNSMapping{{Domains: []safe.Text{text("a"), text("b")}}}}}}
	n.PrivateDNS = []model.PrivateDNSStatus{{PrivateDNS: model.PrivateDNS{DNS: []model.DNSMapping{{Domains: []safe.Text{text("c")}}}}}}
	if n.DNSRules() != 3 {
		t.Errorf("got %d", n.DNSRules())
	}
}

func TestStatesLeaveOutWhatIsNotKnown(t *testing.T) {
	n := model.NetworkStatus{Network: model.Network{ID: text("n"), State: model.NetworkReady}}
	n.Peerings = []model.PeeringStatus{
		{Peering: model.Peering{ID: text("a"), State: model.PeeringReady}, Azure: model.AzureHalf{Status: model.HalfUnreadable}},
		{Peering: model.Peering{ID: text("b"), State: model.PeeringReady}, Azure: model.AzureHalf{Status: model.HalfPresent, Peering: model.VNetPeering{State: model.VNetConnected, Sync: model.SyncFull}}},
		{Peering: model.Peering{ID: text("c"), State: model.PeeringReady}, Azure: model.AzureHalf{Status: model.HalfAbsent}},
	}
	var got []string
	for _, c := range model.States(n) {
		got = append(got, fmt.Sprintf("%s/%s=%s", c.Object, c.Aspect, c.To))
	}
	want := "/network=ready a/konnect=ready b/konnect=ready b/azure=Connected b/sync=FullyInSync c/konnect=ready c/azure=no peering from Kong"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestShellQuote(t *testing.T) {
	for in, want := range map[string]string{
		"vnet-hub_1.2/x": "vnet-hub_1.2/x", "": "''", "rg net": "'rg net'", "a'b": `'a'\''b'`, "$(rm)": "'$(rm)'", "a;b": "'a;b'", "ü": "'ü'", "~": "'~'",
	} {
		if got := model.ShellQuote(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestAsFailure(t *testing.T) {
	f := model.Failure{Kind: model.FailureNotFound, Operation: "read network", Subject: text("x\x1b"), Cause: text("gone")}
	wrapped := fmt.Errorf("while watching: %w", f)
	if got, ok := model.AsFailure(wrapped); !ok || got.Kind != model.FailureNotFound || got.Error() != `read network x\u{1b}: gone` {
		t.Errorf("got %+v", got)
	}
	if got, _ := model.AsFailure(errors.New("surprise")); got.Kind != model.FailureBug || got.Cause.Raw() != "surprise" {
		t.Errorf("got %+v", got)
	}
	if _, ok := model.AsFailure(nil); ok {
		t.Error("no error is no failure")
	}
}

func TestLabels(t *testing.T) {
	for _, k := range []model.PeeringKind{model.KindAzureVNet, model.KindAzureVHub, model.KindAWSTransitGateway, model.KindAWSVPCPeering, model.KindAWSResourceEndpoint, model.KindGCPVPCPeering} {
		if k.Label() == string(k) || k.Cloud().Label() == "unknown" {
			t.Errorf("%s has no label", k)
		}
	}
	if model.PeeringKind("ibm-x").Label() != "ibm-x" || model.Provider("ibm").Label() != "ibm" || model.PrivateDNSKind("z").Label() != "z" {
		t.Error("unknown kinds must be shown as they are")
	}
}

func TestSeverityOrder(t *testing.T) {
	s := model.Severities()
	for i := 1; i < len(s); i++ {
		if s[i-1] <= s[i] {
			t.Error("the most urgent comes first")
		}
	}
	if model.SeverityWorking.NeedsPerson() || !model.SeverityUnknown.NeedsPerson() {
		t.Error("a half that cannot be read needs a person, work in progress does not")
	}
}
