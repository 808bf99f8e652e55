package model_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The finding of each situation in which whose a half is decides, by Konnect's state.
func TestWhoseVerdicts(t *testing.T) {
	t.Parallel()
	network := model.Network{ID: text("id-n"), Name: text("n"), CIDR: model.NewPrefix(text("10.4.0.0/16")), State: model.NetworkReady}
	named := network
	named.VPCID = remote("kong", "of-n")
	living := model.VNetPeering{ID: text("/h"), Name: text("to-kong"), RemoteVNetID: remote("kong", "x"), Routed: prefixes("10.4.0.0/16"), State: model.VNetConnected, Provisioning: model.ProvisioningSucceeded, Sync: model.SyncFull, AllowAccess: model.Yes}
	dead := living
	dead.State = model.VNetDisconnected
	spoke := living
	spoke.RemoteVNetID = remote("mine", "spoke")
	silent := living
	silent.Routed = nil
	part := living
	part.Routed = prefixes("10.4.0.0/17")
	whole := model.Around{Whole: true}
	two := neighbour("10.4.0.0/16")
	with := func(o ...model.Neighbour) model.Around { return model.Around{Whole: true, Others: o} }
	theirs := two
	theirs.VPCID = remote("kong", "x")
	unlisted, gone, unread := two, two, two
	notPeered(&unlisted)
	isDeleted(&gone)
	notRead(&unread)
	const ready, waits, starts, failed = model.PeeringReady, model.PeeringPendingUserAction, model.PeeringInitializing, model.PeeringError
	const inUse = "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: x"
	for name, c := range map[string]struct {
		network model.Network
		around  model.Around
		half    model.VNetPeering
		state   model.PeeringState
		reason  string
		code    finding.Code
		says    string // in the cause
		next    string // in the next step
		command string
	}{
		"two networks, one half":                {network, with(two), living, ready, "", "half-cannot-tell", "this network's or that of two cannot be told, and vnet-hub takes only one of them", "Which of the networks n (id-n) and two (id-two) has the VNET " + remote("kong", "x").Raw(), "peering show"},
		"two networks, one half, waiting":       {network, with(two), living, waits, "", "half-cannot-tell", "that of two", "Ask Kong", "peering show"},
		"two networks, one half, being made":    {network, with(two), living, starts, "", "starting", "setting the peering up", "", ""},
		"the half is proved to be the other's":  {network, with(theirs), living, ready, "", "half-range-taken", "is peered with two already", "make a new network with a range that is free", "peering list"},
		"the same, waiting":                     {network, with(theirs), living, waits, "", "half-range-taken", "is peered with two already", "peer another VNET", "peering list"},
		"the same, refused":                     {network, with(theirs), living, failed, inUse, "half-range-taken", "is peered with two already", "peer another VNET", "peering list"},
		"refused, and another has the range":    {network, with(two), living, failed, inUse, "half-range-taken", "and two has that range", "peer another VNET", "peering list"},
		"our own spoke has the range":           {network, whole, spoke, ready, "", "half-range-taken", "and not with this network", "peer another VNET", "peering list"},
		"another VNET than Konnect names":       {named, whole, living, ready, "", "half-named-elsewhere", "leads to the VNET x, and Konnect names of-n", "Is the VNET " + remote("kong", "x").Raw() + " that of the network n (id-n)?", "peering show"},
		"another VNET than named, waiting":      {named, whole, living, waits, "", "half-range-taken", "and not with this network", "peer another VNET", "peering list"},
		"the half of a network that is gone":    {named, whole, dead, waits, "", "half-left-over", "of a network that is gone, holds 10.4.0.0/16", "Konnect can then write its own", "peering delete"},
		"the same, beside one that is deleted":  {named, with(gone), dead, starts, "", "half-left-over", "of a network that is gone", "Delete it", "peering delete"},
		"the same, Konnect says ready":          {named, whole, dead, ready, "", "half-left-over", "of a network that is gone", "create it again", "peerdeck mend --network n --peering p-n"},
		"the same, in error":                    {named, whole, dead, failed, "RemotePeeringIsDisconnected", "half-left-over", "", "create it again", "peerdeck mend --network n --peering p-n"},
		"a dead half that may be another's":     {named, with(unlisted), dead, waits, "", "half-cannot-tell", "may be that of two", "Which of the networks", "peering show"},
		"a dead half that is another's":         {named, with(theirs), dead, waits, "", "half-range-taken", "is that of two, which is there", "peer another VNET", "peering list"},
		"its own dead half":                     {network, whole, dead, waits, "", "waiting-disconnected", "blocks", "Delete the old half", "peering delete"},
		"its own dead half, or another's":       {network, with(unlisted), dead, waits, "", "waiting-disconnected", "blocks", "Which of the networks", "peering show"},
		"its own dead half, Konnect says ready": {network, whole, dead, ready, "", "azure-disconnected", "disconnected", "", "peerdeck mend --network n --peering p-n"},
		"or another's, Konnect says ready":      {network, with(unlisted), dead, ready, "", "azure-disconnected", "disconnected", "two has its range too", "peering show"},
		"the other's peerings are not read":     {network, with(unread), living, ready, "", "half-others-unread", "two has its range too", "Konnect's lists are read", ""},
		"the networks are not read":             {network, model.Around{}, living, ready, "", "half-others-unread", "the list of networks was not read", "Konnect's lists are read", ""},
		"a half without a range":                {network, whole, silent, ready, "", "half-cannot-tell", "names no range", "Is the VNET", "peering show"},
		"a part of the range":                   {network, whole, part, ready, "", "azure-other-range", "", "", ""},
		"nobody else has the range":             {network, whole, living, ready, "", "azure-connected", "", "", ""},
		"others have it, with other VNETs":      {network, with(unlisted), living, ready, "", "azure-connected", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := judged(model.NewJudge(), c.network, c.around, c.half, model.Peering{State: c.state, Reason: text(c.reason)})
			if f.Code != c.code || !strings.Contains(f.Cause, c.says) || !strings.Contains(f.Next.Text, c.next) || !strings.Contains(f.Next.Command, c.command) {
				t.Errorf("got %s: %s\n→ %s\n  %s", f.Code, f.Cause, f.Next.Text, f.Next.Command)
			}
			if c.command == "peering show" && strings.Contains(f.Next.Command+f.Next.Text, "elete") {
				t.Errorf("it cannot be told, and the advice is %s %s", f.Next.Text, f.Next.Command)
			}
		})
	}
}

func judged(judge *model.Judge, n model.Network, a model.Around, half model.VNetPeering, p model.Peering) finding.Finding {
	p.ID, p.Kind, p.VNet = text("p-n"), model.KindAzureVNet, ref()
	if a.Peering.ID.IsEmpty() {
		a.Peering = p
	}
	h, overlaps := model.HalfOf(n, a, model.VNetRead{VNet: model.VNet{ID: ref().ID(), Name: ref().Name, Peerings: []model.VNetPeering{half}}, Part: model.Part{At: now}})
	return judge.Peering(model.PeeringFacts{Network: n, Peering: p, Azure: h, Overlaps: overlaps, Now: now})
}

// world is a situation with what is true in it: whose the half is.
type world struct {
	owner string // n, two, gone, ours
	what  string
	n     model.Network
	a     model.Around
	half  model.VNetPeering
	p     model.Peering
}

// worlds is the product of whose the half is, its state and ranges, what the clouds tell of
// it, what other networks there are, and what Konnect says.
func worlds(visit func(world)) {
	ids := map[string]safe.Text{"n": remote("kong", "of-n"), "two": remote("kong", "of-two"), "gone": remote("kong", "of-none"), "ours": remote("mine", "spoke")}
	forms := map[string]func(safe.Text) safe.Text{
		"not told": func(safe.Text) safe.Text { return safe.Text{} },
		"whole":    func(id safe.Text) safe.Text { return text(strings.ToUpper(id.Raw()) + "/") },
		"name":     func(id safe.Text) safe.Text { return text(id.Raw()[strings.LastIndex(id.Raw(), "/")+1:]) },
	}
	seconds := map[string]func(*model.Neighbour){
		"none": nil, "peered": func(*model.Neighbour) {}, "not peered": notPeered, "not read": notRead, "refused": isRefused, "overlaps": func(o *model.Neighbour) { o.CIDR = model.NewPrefix(text("10.4.0.0/17")) },
		"on its way": func(o *model.Neighbour) { o.Peering.State = model.PeeringInitializing },
	}
	for owner, id := range ids {
		for form, write := range forms {
			for second, edit := range seconds {
				// What is not so cannot be the owner's: a half that lives is of a network that is peered.
				for _, state := range []model.VNetPeeringState{"Initiated", "Connected", "Disconnected", "", "Levitating"} {
					if owner == "two" && (edit == nil || (state != "Disconnected" && (second == "not peered" || second == "refused"))) {
						continue
					}
					if owner == "gone" && state != "Disconnected" {
						continue // no network is there that could be the other end
					}
					for _, ranges := range [][]model.Prefix{prefixes("10.4.0.0/16"), prefixes("10.4.0.0/17", "10.4.128.0/17"), prefixes("10.4.0.0/17"), prefixes("10.0.0.0/8"), nil} {
						for _, account := range []string{"", "kong", "0d0d0d0d-0000-0000-0000-000000000000", "prod account", "/subscriptions/kong/x"} {
							for _, konnect := range []model.PeeringState{"initializing", "pending-user-action", "ready", "error"} {
								w := world{owner: owner, what: fmt.Sprintf("%s's half, Konnect's id %s, the second %s, half %q %v, account %q, Konnect %s", owner, form, second, state, ranges, account, konnect)}
								w.n = model.Network{ID: text("id-n"), Name: text("n"), CIDR: model.NewPrefix(text("10.4.0.0/16")), State: model.NetworkReady, VPCID: write(ids["n"])}
								w.a = model.Around{Whole: true, Kong: text(account)}
								if edit != nil {
									o := neighbour("10.4.0.0/16", edit)
									o.VPCID = write(ids["two"])
									w.a.Others = []model.Neighbour{o}
								}
								w.half = model.VNetPeering{ID: text("/h"), Name: text("h"), RemoteVNetID: id, Routed: ranges, RemoteNow: ranges, State: state, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded, AllowAccess: model.Yes}
								w.p = model.Peering{State: konnect}
								visit(w)
							}
						}
					}
				}
			}
		}
	}
}

// Whatever the clouds tell of a half: no green unless it is this network's, no deletion of
// one that lives, or that a network which is there may own, and never no verdict.
func TestNoHalfMakesAnothersPeeringGreenNorIsDeletedInUse(t *testing.T) {
	t.Parallel()
	judge := model.NewJudge()
	seen, count := map[finding.Code]int{}, 0
	worlds(func(w world) {
		count++
		f := judged(judge, w.n, w.a, w.half, w.p)
		seen[f.Code]++
		if f.Code == "none" || f.Cause == "" || (f.NeedsPerson() && f.Next.Text == "") {
			t.Fatalf("%s:\nno verdict: %+v", w.what, f)
		}
		if f.Severity == model.SeverityOK && w.owner != "n" {
			t.Fatalf("%s:\nis called %s", w.what, f.Code)
		}
		if strings.Contains(f.Next.Command, "peering delete") && (w.half.State != model.VNetDisconnected || w.owner == "two" || w.owner == "ours") {
			t.Fatalf("%s:\n%s says %s %s", w.what, f.Code, f.Next.Text, f.Next.Command)
		}
	})
	for _, code := range []finding.Code{"azure-connected", "azure-disconnected", "half-range-taken", "half-left-over", "half-cannot-tell", "half-others-unread", "waiting-disconnected", "azure-absent"} {
		if seen[code] == 0 {
			t.Errorf("of %d situations none is %s: %v", count, code, seen)
		}
	}
}

// A hint that does not match takes nothing away that is known without it.
func TestAHintThatDoesNotMatchTakesNothingAway(t *testing.T) {
	t.Parallel()
	judge := model.NewJudge()
	worlds(func(w world) {
		if w.a.Kong != (safe.Text{}) || w.p.State != model.PeeringReady {
			return
		}
		without := judged(judge, w.n, w.a, w.half, w.p)
		for _, account := range []string{"0d0d0d0d-0000-0000-0000-000000000000", "prod account", "/subscriptions/other/x"} {
			w.a.Kong = text(account)
			if with := judged(judge, w.n, w.a, w.half, w.p); !with.Same(without) || with.Cause != without.Cause {
				t.Fatalf("%s: with the account %q\n%s %s\nand without\n%s %s", w.what, account, with.Code, with.Cause, without.Code, without.Cause)
			}
		}
		if w.n.VPCID.IsEmpty() {
			w.a.Kong, w.n.VPCID = safe.Text{}, text("a name of nobody")
			if with := judged(judge, w.n, w.a, w.half, w.p); !with.Same(without) {
				t.Fatalf("%s: with a name that does not match %s, and without %s", w.what, with.Code, without.Code)
			}
		}
	})
}
