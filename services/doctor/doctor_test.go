package doctor_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	modeldoctor "github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/doctor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const latency = time.Second

// clouds answer each question after a second, in virtual time.
type clouds struct {
	mu    sync.Mutex
	asked map[string]int
	fails map[string]error
	hangs string
}

func (c *clouds) ask(ctx context.Context, what string) error {
	c.mu.Lock()
	if c.asked == nil {
		c.asked = map[string]int{}
	}
	c.asked[what]++
	hang, err := c.hangs != "" && strings.HasPrefix(what, c.hangs), c.fails[what]
	c.mu.Unlock()
	if hang {
		<-ctx.Done()
		return ctx.Err()
	}
	time.Sleep(latency)
	return err
}

func (c *clouds) Organization(ctx context.Context) (model.Organization, error) {
	return model.Organization{Name: safe.New("acme")}, c.ask(ctx, "organization")
}

func (c *clouds) User(ctx context.Context) (model.User, error) {
	return model.User{ID: safe.New("u"), Email: safe.New("alice@acme.example")}, c.ask(ctx, "user")
}

func (c *clouds) Roles(ctx context.Context, _ safe.Text) ([]model.KonnectRole, error) {
	return nil, c.ask(ctx, "roles")
}

func (c *clouds) Networks(ctx context.Context) ([]model.Network, error) {
	list := []model.Network{{ID: safe.New("n1")}, {ID: safe.New("n2")}, {ID: safe.New("gone"), State: model.NetworkTerminated}}
	return list, c.ask(ctx, "networks")
}

func (c *clouds) Peerings(ctx context.Context, n safe.Text) ([]model.Peering, error) {
	err := c.ask(ctx, "peerings of "+n.Raw())
	ref := model.VNetRef{TenantID: safe.New("t"), SubscriptionID: safe.New("s"), ResourceGroup: safe.New("g"), Name: safe.New("vnet-" + n.Raw())}
	return []model.Peering{{VNet: ref}}, err
}

func (c *clouds) PrivateDNS(ctx context.Context, n safe.Text) (int, error) {
	return 1, c.ask(ctx, "private DNS of "+n.Raw())
}

func (c *clouds) Subscriptions(ctx context.Context, t safe.Text) ([]model.Subscription, error) {
	return nil, c.ask(ctx, "subscriptions of "+t.Raw())
}

func (c *clouds) VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error) {
	return model.VNet{}, c.ask(ctx, "VNET "+ref.Name.Raw())
}

func (c *clouds) Permissions(ctx context.Context, _, _ safe.Text) ([]model.PermissionSet, error) {
	return nil, c.ask(ctx, "permissions")
}

func (c *clouds) Application(ctx context.Context, t safe.Text) (bool, error) {
	return true, c.ask(ctx, "application of "+t.Raw())
}

func (c *clouds) Identities() []model.Identity {
	return []model.Identity{{Service: model.WriteARM, Tenant: safe.New("t"), Source: model.FromAzureCLI, Account: safe.New("bob")}}
}

func options(c *clouds) doctor.Options {
	slow := func(topic string) func(ctx context.Context) []modeldoctor.Check {
		return func(ctx context.Context) []modeldoctor.Check {
			_ = c.ask(ctx, topic)
			return []modeldoctor.Check{modeldoctor.Hop(safe.New(topic), nil)}
		}
	}
	return doctor.Options{
		Ready: []modeldoctor.Check{modeldoctor.Program(modeldoctor.ProgramFacts{Version: "1"})}, Source: safe.New("KONNECT_TOKEN"),
		Konnect: c, Azure: c, Hosts: []doctor.Host{{Name: "the way", Look: slow("the way")}},
		Keyring: func(ctx context.Context) modeldoctor.Check { return slow("keyring")(ctx)[0] },
		Hop:     func(ctx context.Context) modeldoctor.Check { return slow("hop")(ctx)[0] },
		Now:     time.Now,
	}
}

// Everything is asked side by side: a look takes as many round trips as the longest chain
// of questions that wait for each other has, and one less for what was seen before.
func TestALookTakesTheLongestChain(t *testing.T) {
	t.Parallel()
	ref := model.VNetRef{TenantID: safe.New("t"), SubscriptionID: safe.New("s"), ResourceGroup: safe.New("g"), Name: safe.New("vnet-n1")}
	for name, c := range map[string]struct {
		change func(*doctor.Options)
		takes  time.Duration
	}{
		"nothing was seen before":     {func(*doctor.Options) {}, 3 * latency},
		"the networks were":           {func(o *doctor.Options) { o.Known = []safe.Text{safe.New("n1"), safe.New("n2"), safe.New("gone")} }, 2 * latency},
		"a VNET was, and one was not": {func(o *doctor.Options) { o.VNets = []model.VNetRef{ref} }, 3 * latency},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := &clouds{}
				o := options(w)
				c.change(&o)
				begun := time.Now()
				r := doctor.New(o).Look(t.Context(), nil)
				if took := time.Since(begun); took != c.takes || !r.Over || r.Cut || len(r.Open) > 0 {
					t.Errorf("%s, and %s is wanted; %+v", took, c.takes, r)
				}
				for what, n := range w.asked {
					if n != 1 && what != "permissions" {
						t.Errorf("%s: asked %d times", what, n)
					}
				}
				if len(r.Doors()) > 0 {
					t.Errorf("%+v", r.Doors())
				}
			})
		})
	}
}

// What fails says so and keeps nothing else from being looked at.
func TestAShutDoorHidesNoOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		shut := model.Failure{Kind: model.FailurePermission, Cause: safe.New("no"), Cure: "Ask."}
		w := &clouds{fails: map[string]error{"organization": shut, "peerings of n1": shut, "VNET vnet-n2": shut, "application of t": errors.New("odd")}}
		r := doctor.New(options(w)).Look(t.Context(), nil)
		var topics []string
		for _, c := range r.Doors() {
			topics = append(topics, c.Topic)
		}
		slices.Sort(topics)
		if want := []string{"VNET", "directory", "peerings", "token"}; !slices.Equal(topics, want) {
			t.Errorf("%v", topics)
		}
	})
}

// What does not answer in time is named, and the rest is said.
func TestALookThatIsCutShort(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		var last []string
		r := doctor.New(options(&clouds{hangs: "VNET"})).Look(ctx, func(r modeldoctor.Report) { last = append(last, strings.Join(r.Open, ",")) })
		cut := 0
		for _, c := range r.Checks {
			if c.Code == "doctor-cut" {
				cut++
			}
		}
		if !r.Cut || cut != 2 || !r.NeedsPerson() || last[len(last)-1] != "" || !strings.Contains(last[len(last)-2], "VNET vnet-n1") {
			t.Errorf("%d cut; %q", cut, last)
		}
	})
}

// The service looks once at a time, and its last report comes through.
func TestTheService(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &clouds{}
		s := doctor.NewService(t.Context(), func() *doctor.Doctor { return doctor.New(options(w)) }, nil)
		s.Look()
		s.Look()
		var r modeldoctor.Report
		for r = range s.Reports() {
			if r.Over {
				break
			}
		}
		if w.asked["organization"] != 1 || len(r.Checks) == 0 {
			t.Errorf("%v", w.asked)
		}
		s.Look()
		s.Close()
	})
}
