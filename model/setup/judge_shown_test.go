package setup_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

func labs() setup.Request {
	return setup.Request{
		Network: safe.New("uk-lab"), Peering: safe.New("labs"),
		VNet: model.VNetRef{TenantID: safe.New("t-1"), SubscriptionID: safe.New("s-1"), ResourceGroup: safe.New("rg"), Name: safe.New("vnet-labs")},
	}
}

// What a service says is there and no look shows is told with the looks, and with who can
// find it; nothing of it says that the thing is not there.
func TestWhatIsThereAndNotShown(t *testing.T) {
	looks := setup.Looks{
		Ways: []string{"the lists by name", "a read of the id"}, Places: []string{"acme-prod", "acme-data"},
		Unread: []safe.Text{safe.New("acme-audit")}, For: 5 * time.Minute,
	}
	said := model.Failure{Code: safe.New("RoleDefinitionWithSameNameExists"), RequestID: safe.New("req-7")}
	for kind, w := range map[model.ObjectKind]want{
		model.ObjectRole:       {"setup-exists-unseen attention asks", "RoleDefinitionWithSameNameExists, request req-7), and it is not shown by the lists by name and a read of the id in acme-prod and acme-data within 5 min; not looked in, because you may not read it: acme-audit.", "add /subscriptions/s-1 to its assignable scopes"},
		model.ObjectAssignment: {"setup-exists-unseen attention asks", "says Azure", "az role assignment list --scope"},
		model.ObjectPeering:    {"setup-exists-unseen attention asks", "says Konnect", "in Konnect, at the networking of uk-lab"},
		model.ObjectResolver:   {"setup-exists-unseen attention asks", "says Konnect", "Look again in some minutes"},
	} {
		w.of(t, setup.Unseen{Kind: kind, Name: safe.New("thing"), Said: said, Looks: looks, Request: labs()}.Judge())
	}
	want{"setup-answer-lost attention asks", "what became of that is not known: it is not shown by", "Look in Konnect before it is asked for again"}.
		of(t, setup.AnswerLost(model.ObjectPeering, safe.New("labs"), looks))
	want{"setup-shown-unsteadily attention", "30 of 60 looks in 5 min showed it: it is there", "sent again"}.
		of(t, setup.Unsteady(model.ObjectRole, safe.New("thing"), 30, 60, 5*time.Minute))
}

// The failures of a run that stand for something in the world have the code of it, and a
// way out.
func TestFailuresOfARun(t *testing.T) {
	looks := setup.Looks{Ways: []string{"a read of its id"}, For: 5 * time.Minute}
	mine := model.RoleAssignment{ID: safe.New("/x/a-1"), Scope: safe.New("/x"), PrincipalID: safe.New("p-1"), RoleDefinitionID: safe.New("/r/one")}
	other := mine
	other.PrincipalID, other.RoleDefinitionID = safe.New("p-2"), safe.New("/elsewhere/ONE")
	for _, c := range []struct {
		f     model.Failure
		code  finding.Code
		says  string
		again bool
	}{
		{setup.NotShown(model.ObjectRole, safe.New("thing"), looks), "setup-not-shown", "Azure took it, and it is not shown by a read of its id within 5 min", true},
		{setup.OtherAssignment(mine, other), "setup-assignment-other", "the principal is p-2 and not p-1", false},
		{setup.PeeringGone(safe.New("labs"), looks), "setup-peering-gone", "not there any more, not shown by a read of its id", false},
		{setup.NetworkGone(model.Failure{Kind: model.FailureNotFound}, safe.New("uk-lab")), "setup-network-gone", "the network is not there any more", false},
		{setup.StillThere(model.ObjectPeering, safe.New("labs"), 10*time.Minute), "setup-still-there", "still shown after 10 min", true},
		{setup.ListNotWhole("peerings of network", safe.New("uk-lab"), "a peering might be made twice"), "setup-list-not-whole", "not whole, so a peering might be made twice", true},
		{setup.NoNetwork(safe.New("uk-lap"), 5), "setup-network", "among the 5", false},
		{setup.SeveralNetworks(safe.New("uk-lab"), 2), "setup-network", "2 networks have the name", false},
		{setup.NothingToWatch(), "setup-without", "no peering to watch", false},
		{setup.TableTaken(safe.New("uk-lab"), "another peerdeck writes it", true), "setup-table-other", "another peerdeck", true},
		{setup.TableTaken(safe.New("uk-lab"), "the disk is full", false), "setup-table-other", "the disk is full", false},
		{setup.TableMoves(safe.New("uk-lab")), "setup-table-other", "each time before it was sent", true},
		{setup.TableDiffers(safe.New("labs-dns"), "It differs."), "setup-table-other", "It differs", false},
		{setup.ResolverAtWork(safe.New("labs-dns")), "setup-table-other", "at work", true},
		{setup.NothingToAssign(safe.New("vnet"), true), "setup-without", "no role to assign", false},
		{setup.NothingToAssign(safe.New("vnet"), false), "setup-without", "object id of Kong's application", false},
	} {
		if c.f.FindingCode() != c.code || !strings.Contains(c.f.Cause.String(), c.says) || c.f.Cure == "" || c.f.Retryable != c.again {
			t.Errorf("%s: %+v; want %s with %q", c.f.FindingCode(), c.f, c.code, c.says)
		}
		if _, found := finding.Lookup(string(c.f.FindingCode())); !found {
			t.Errorf("the catalogue has no %s", c.f.FindingCode())
		}
	}
	if f := setup.OtherAssignment(mine, other); strings.Contains(f.Cause.String(), "the role is") {
		t.Errorf("the same role by another path is told as another one: %s", f.Cause)
	}
	stopped := setup.Stopped("create peering", safe.New("labs"), setup.Checked{Finding: finding.Finding{Code: "setup-peering-name", Cause: "taken"}}, model.Failure{Status: 409, TraceID: safe.New("t-9")})
	if stopped.FindingCode() != "setup-peering-name" || stopped.TraceID.Raw() != "t-9" {
		t.Errorf("%+v", stopped)
	}
}

// What the finding of a peering tells of an overlap is not told again by the check of the
// ranges; anything else is.
func TestAnOverlapIsToldOnce(t *testing.T) {
	told := func(code finding.Code) []setup.Checked {
		return []setup.Checked{{Finding: finding.Finding{Code: code}}}
	}
	overlap := setup.Checked{Finding: finding.Finding{Code: "setup-overlap"}}
	for code, want := range map[finding.Code]bool{"peering-error-overlap": true, "starting-overlap": true, "waiting-overlap": true, "peering-error": false, "setup-peerings": false} {
		if overlap.Repeats(told(code)) != want {
			t.Errorf("after %s: %v", code, !want)
		}
	}
	if (setup.Checked{Finding: finding.Finding{Code: "setup-reserved"}}).Repeats(told("peering-error-overlap")) {
		t.Error("what lies in a reserved range is another thing")
	}
}
