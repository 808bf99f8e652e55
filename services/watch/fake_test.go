package watch_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/watch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func text(s string) safe.Text { return safe.New(s) }

// fake is both clouds in memory, for tests in virtual time. Every call takes
// its latency and is counted.
type fake struct {
	mu       sync.Mutex
	latency  time.Duration
	networks []model.Network
	peerings map[string][]model.Peering
	vnets    map[string]model.VNet
	calls    map[string]int
	order    []string // of the calls
	inFlight int
	most     int
	fail     func(call, key string) error
	dns      []model.PrivateDNS
	partial  bool          // lists of networks are not whole
	damage   model.Failure // of an item in every list; none while it has no kind

	unread          []safe.Text // what the damaged items of a list of peerings are
	planePerNetwork bool

	subscriptions []model.Subscription
	search        model.VNetSearch
}

func newFake(networks int) *fake {
	f := &fake{latency: 20 * time.Millisecond, peerings: map[string][]model.Peering{}, vnets: map[string]model.VNet{}, calls: map[string]int{}}
	for i := range networks {
		f.add(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)))
	}
	return f
}

// add makes a network with one healthy peering.
func (f *fake) add(name string) {
	cidr := model.NewPrefix(text("10.1.0.0/16"))
	f.networks = append(f.networks, model.Network{
		ID: text(name), Name: text(name), State: model.NetworkReady, CIDR: cidr, PeeringCount: 1,
		ProviderAccountID: text("account"), EntityVersion: 1, ConfigurationCount: 1,
	})
	ref := model.VNetRef{TenantID: text("t"), SubscriptionID: text("s"), ResourceGroup: text("g"), Name: text("v-" + name)}
	f.peerings[name] = []model.Peering{{ID: text("p-" + name), Name: text("hub"), Kind: model.KindAzureVNet, State: model.PeeringReady, VNet: ref}}
	f.vnets["v-"+name] = model.VNet{Name: ref.Name, Peerings: []model.VNetPeering{{
		ID: text("h"), State: model.VNetConnected, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded, Routed: []model.Prefix{cidr}, AllowAccess: model.Yes,
	}}}
}

func (f *fake) call(ctx context.Context, name, key string) error {
	f.mu.Lock()
	f.calls[name]++
	f.order = append(f.order, name+" "+key)
	f.inFlight++
	f.most = max(f.most, f.inFlight)
	fail := f.fail
	f.mu.Unlock()
	defer func() { f.mu.Lock(); f.inFlight--; f.mu.Unlock() }()
	select {
	case <-time.After(f.latency):
	case <-ctx.Done():
		return model.Failure{Kind: model.FailureCancelled}
	}
	if fail != nil {
		return fail(name, key)
	}
	return nil
}

func (f *fake) count(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[name]
}

func (f *fake) problems() []model.Failure {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.damage.Kind == "" {
		return nil
	}
	return []model.Failure{f.damage}
}

func (f *fake) edit(change func()) { f.mu.Lock(); defer f.mu.Unlock(); change() }

func (f *fake) Organization(ctx context.Context) (model.Organization, error) {
	return model.Organization{ID: text("org"), Name: text("acme")}, f.call(ctx, "organization", "")
}

func (f *fake) User(ctx context.Context) (model.User, error) {
	return model.User{Email: text("alice")}, f.call(ctx, "user", "")
}

func (f *fake) ProviderAccounts(ctx context.Context) (konnect.List[model.ProviderAccount], error) {
	list := []model.ProviderAccount{{ID: text("account"), Provider: model.ProviderAzure, AccountID: text("kong")}}
	return konnect.List[model.ProviderAccount]{Items: list, Complete: true}, f.call(ctx, "accounts", "")
}

func (f *fake) Networks(ctx context.Context, onPage func([]model.Network, int)) (konnect.List[model.Network], error) {
	f.mu.Lock()
	all := append([]model.Network(nil), f.networks...)
	partial := f.partial
	f.mu.Unlock()
	for first := 0; first == 0 || first < len(all); first += 100 {
		if err := f.call(ctx, "networks", ""); err != nil {
			return konnect.List[model.Network]{}, err
		}
		onPage(all[first:min(first+100, len(all))], len(all))
	}
	return konnect.List[model.Network]{Items: all, Total: len(all), Complete: !partial, Problems: f.problems(), Nameless: len(f.problems())}, nil
}

func (f *fake) Peerings(ctx context.Context, n safe.Text) (konnect.List[model.Peering], error) {
	err := f.call(ctx, "peerings", n.Raw())
	problems := f.problems()
	f.mu.Lock()
	defer f.mu.Unlock()
	return konnect.List[model.Peering]{Items: f.peerings[n.Raw()], Complete: true, Problems: problems, Unread: f.unread, Nameless: max(0, len(problems)-len(f.unread))}, err
}

func (f *fake) PrivateDNS(ctx context.Context, n safe.Text) (konnect.List[model.PrivateDNS], error) {
	err := f.call(ctx, "dns", n.Raw())
	f.mu.Lock()
	defer f.mu.Unlock()
	return konnect.List[model.PrivateDNS]{Items: f.dns, Complete: true}, err
}

func (f *fake) References(ctx context.Context, n safe.Text) (konnect.List[model.ConfigurationReference], error) {
	plane := "plane"
	if f.planePerNetwork {
		plane += " of " + n.Raw()
	}
	list := []model.ConfigurationReference{{ID: text("r"), ControlPlaneID: text(plane), Geo: text("eu")}}
	return konnect.List[model.ConfigurationReference]{Items: list, Complete: true}, f.call(ctx, "references", n.Raw())
}

func (f *fake) ControlPlanes(ctx context.Context, geo safe.Text, ids []safe.Text) ([]model.ControlPlane, error) {
	var planes []model.ControlPlane
	for _, id := range ids {
		planes = append(planes, model.ControlPlane{ID: id, Geo: geo, Name: text("plane-eu")})
	}
	return planes, f.call(ctx, "planes", geo.Raw())
}

func (f *fake) VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error) {
	err := f.call(ctx, "vnet", ref.Name.Raw())
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.vnets[ref.Name.Raw()], err
}

func (f *fake) Subscriptions(ctx context.Context, tenant safe.Text) ([]model.Subscription, error) {
	err := f.call(ctx, "subscriptions", tenant.Raw())
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.subscriptions, err
}

func (f *fake) Search(ctx context.Context, tenant safe.Text) (model.VNetSearch, error) {
	err := f.call(ctx, "search", tenant.Raw())
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.search, err
}

func (f *fake) Identity(tenant safe.Text) model.Identity {
	return model.Identity{Service: model.WriteARM, Tenant: tenant, Source: model.FromAzureCLI, Account: text("alice")}
}

func (f *fake) SignedIn() model.Identity {
	return model.Identity{Service: model.WriteKonnect, Source: model.FromVariable, From: text("KONNECT_TOKEN")}
}
func (f *fake) Forget() {}

// running is a watcher at work in a bubble of virtual time.
type running struct {
	*watch.Watcher
	log  *activity.Log
	last model.Snapshot
	t    *testing.T
}

func run(t *testing.T, f *fake, edit ...func(*watch.Options)) *running {
	t.Helper()
	r := &running{log: activity.New(), t: t}
	o := watch.Options{Konnect: f, Azure: f, Log: r.log, Pace: watch.DefaultPace(), Seed: 1, Report: func(p work.Panic) { t.Errorf("%v %v\n%s", p, p.Value, p.Stack) }}
	for _, e := range edit {
		e(&o)
	}
	r.Watcher = watch.New(o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return r
}

// after lets virtual time pass and returns what is known then.
func (r *running) after(d time.Duration) model.Snapshot {
	r.t.Helper()
	end := time.After(d)
	for {
		select {
		case s, open := <-r.Snapshots():
			if !open {
				r.t.Fatal("the watcher ended")
			}
			r.last = s
		case <-end:
			return r.last
		}
	}
}
