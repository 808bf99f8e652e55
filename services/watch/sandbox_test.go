package watch_test

import (
	"context"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/watch"
)

// realWatcher makes a watcher with the real clients on a sandbox.
func realWatcher(tb testing.TB, s *sandbox.Server) *watch.Watcher {
	tb.Helper()
	sender := transport.New()
	tb.Cleanup(sender.Close)
	return watcherThrough(tb, s, sender)
}

// hubs reads virtual hubs by the two clients that do.
type hubs struct {
	*azure.Client
	facts *netfacts.Client
}

func (h hubs) HubWays(ctx context.Context, ref model.HubRef, hub model.VirtualHub, effective bool, w attempt.Waiter) model.HubWays {
	return h.facts.HubWays(ctx, ref, hub, effective, w)
}

// watcherThrough makes such a watcher that sends through a transport.
func watcherThrough(tb testing.TB, s *sandbox.Server, sender policy.Transporter, edit ...func(*watch.Options)) *watch.Watcher {
	tb.Helper()
	log := activity.New()
	tokens := signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(s.World.HomeToken()), Sender: sender})
	reads := azure.New(azure.Options{Tokens: tokens, Endpoint: sandboxtest.Endpoint(tb, s.ARM), Sender: sender, Log: log})
	o := watch.Options{
		Konnect: konnect.New(konnect.Options{
			Endpoint: sandboxtest.Endpoint(tb, s.Konnect), Sender: sender, Log: log, Version: "test",
			Token: secret.Static{Value: secret.New(sandbox.Token), From: "a test"},
		}),
		Azure: reads,
		Hubs:  hubs{reads, netfacts.New(rest.Options{Tokens: tokens, Endpoint: sandboxtest.Endpoint(tb, s.ARM), Sender: sender, Log: log, Retry: transport.Once()}, reads)},
		Log:   log, Pace: watch.DefaultPace(), Report: func(p work.Panic) { tb.Errorf("%v %v\n%s", p, p.Value, p.Stack) },
	}
	for _, e := range edit {
		e(&o)
	}
	return watch.New(o)
}

// The world has everything that an operator meets; each of it has its verdict.
func TestTheWorldIsJudged(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	snapshot := realWatcher(t, s).Collect(context.Background())
	if !snapshot.Progress.Complete() || len(snapshot.Failures) > 0 {
		t.Fatalf("%+v %+v", snapshot.Progress, snapshot.Failures)
	}
	got := map[string]string{}
	for _, n := range snapshot.Networks {
		got[n.Name.Raw()] = string(n.Finding.Code)
		for _, p := range n.Peerings {
			got[n.Name.Raw()+"/"+p.Name.Raw()] = string(p.Finding.Code)
		}
	}
	for name, rule := range map[string]string{
		"eu-prod": "network-ready", "eu-prod/hub-vnet": "azure-connected", "eu-prod/shared-services": "azure-connected",
		"eu-stage": "waiting-not-written", "eu-stage/stage-apps": "azure-connected", "eu-stage/stage-hub": "waiting-not-written",
		"de-core": "dns-error-target", "de-core/core-services": "azure-connected",
		"fr-pay": "azure-signed-out", "fr-pay/partner-bank": "azure-signed-out", "fr-pay/vault": "azure-unreadable",
		"uk-lab": "network-ready", "uk-spare": "network-offline", "jp-new": "network-initializing",
		"us-prod": "peering-error-overlap", "us-prod/orders": "azure-connected", "us-prod/billing": "peering-error-overlap",
		"us-west": "network-ready", "us-west/inventory": "azure-connected", "ca-data": "azure-remote-behind",
		"au-edge": "azure-disconnected", "uae-hub": "network-ready", "uae-hub/virtual-wan": "azure-hub-connected",
		"aws-legacy": "network-ready", "aws-legacy/core-tgw": "ready-konnect-only", "aws-shop": "waiting-acceptance", "gcp-lab": "network-ready",
	} {
		if got[name] != rule {
			t.Errorf("%s: %s, want %s", name, got[name], rule)
		}
	}
}

// The demo's promise: within a minute something becomes ready, something breaks,
// and something waits for the person.
func TestTheStoryOfTheDemo(t *testing.T) {
	clock := sandbox.NewManualClock(time.Now())
	s := sandboxtest.Start(t, sandbox.Options{Story: true, Clock: clock})
	rules := func() map[string]string {
		out := map[string]string{}
		for _, n := range realWatcher(t, s).Collect(context.Background()).Networks {
			for _, p := range n.Peerings {
				out[p.Name.Raw()] = string(p.Finding.Code)
			}
		}
		return out
	}
	if got := rules(); got["inventory"] != "azure-connected" || got["tokyo"] != "" || got["lab"] != "" {
		t.Fatalf("at the start: %v", got)
	}
	clock.Advance(30 * time.Second)
	if got := rules(); got["inventory"] != "azure-disconnected" || got["tokyo"] != "half-writing" || got["lab"] != "starting" {
		t.Errorf("after half a minute: %v", got)
	}
	clock.Advance(30 * time.Second)
	if got := rules(); got["inventory"] != "peering-error-old-half" || got["tokyo"] != "azure-connected" || got["lab"] != "waiting-not-written" {
		t.Errorf("after a minute: %v", got)
	}
	clock.Advance(150 * time.Second)
	s.World.CatchUp()
	s.World.ClearFaults() // the request for patience has a test of its own
	if got := rules(); got["inventory"] != "azure-connected" {
		t.Errorf("it is mended in the end: %v", got)
	}
}

func TestHalvesByEveryMeans(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	how := map[string]string{}
	for _, n := range realWatcher(t, s).Collect(context.Background()).Networks {
		for _, p := range n.Peerings {
			if p.Azure.Status == model.HalfPresent {
				how[p.Name.Raw()] = p.Azure.How
			}
		}
	}
	if how["hub-vnet"] != "its remote VNET is the one that Konnect names for this network" || how["orders"] != "its range is 10.8.0.0/16, and no other network that can be seen may be meant" {
		t.Errorf("got %v", how)
	}
}

// Where one network is asked for, nothing is read of the others but the list.
func TestOneNetworkAlone(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Networks: 60})
	all := s.World.NetworkCount()
	snapshot := realWatcher(t, s).CollectOne(context.Background(), safe.New("eu-prod"))
	read := 0
	for _, n := range snapshot.Networks {
		if n.PrivateDNSRead.Read() {
			read++
			if n.Name.Raw() != "eu-prod" || len(n.Peerings) != 2 || n.Peerings[0].Azure.Status != model.HalfPresent {
				t.Errorf("%s: %d peerings", n.Name, len(n.Peerings))
			}
		}
	}
	if read != 1 || len(snapshot.Networks) != all {
		t.Errorf("%d of %d networks were read", read, len(snapshot.Networks))
	}
	if n := s.World.Requests("konnect"); n > 15 {
		t.Errorf("%d requests for one network of %d", n, all)
	}
}
