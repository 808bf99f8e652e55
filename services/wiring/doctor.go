package wiring

import (
	"context"
	"errors"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	modeldoctor "github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/doctor"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/watch/history"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// Seen is what the face of the program knows of where it runs.
type Seen struct {
	Settings modeldoctor.SettingsFacts
	Terminal modeldoctor.TerminalFacts
	Program  modeldoctor.ProgramFacts
	// NoToken says why there is no token of Konnect; nil where there is one.
	NoToken *modeldoctor.NoTokenFacts
	// RingAsked: the keyring was among the sources that were asked in vain.
	RingAsked bool
	// Env looks variables up, for where the keyring's session is.
	Env settings.Environment
	// StateBy is the variable that names where things are kept; empty for none.
	StateBy string
}

// Checks are those that need nobody's answer.
func (s Seen) Checks(stateDir string) []modeldoctor.Check {
	state := modeldoctor.StateFacts{Dir: safe.New(stateDir), From: safe.New(s.StateBy)}
	if stateDir != "" {
		p := keep.Look(stateDir)
		state.There, state.Parent, state.Writable = p.There, safe.New(p.Last), p.Err == nil
		if p.Err != nil {
			state.Why = safe.New(p.Err.Error())
		}
	}
	out := append(modeldoctor.Settings(s.Settings), modeldoctor.State(state), modeldoctor.Terminal(s.Terminal), modeldoctor.Program(s.Program))
	if s.NoToken != nil {
		out = append(out, modeldoctor.NoToken(*s.NoToken))
	}
	return out
}

// Doctor returns what makes a doctor for each look at every way in. Its clients ask once:
// what a second try would hide is what is looked for.
func (b *Bundle) Doctor(report func(work.Panic)) func(Seen) *doctor.Doctor {
	s := b.settings
	arm := azure.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sendTo(bundle.ARM), Log: b.requests(), Retry: transport.Once(), Now: s.Time.Clock().Now}
	graph := arm
	graph.Endpoint, graph.Sender = s.Graph, b.sendTo(bundle.Graph)
	networks, roles, directory := azure.New(arm), authorization.New(arm), entra.New(graph)
	b.forget = append(b.forget, networks.Forget, roles.Forget, directory.Forget)
	o := doctor.Options{
		Version: b.version, Now: s.Time.Now, Report: report, Hosts: b.hosts(), Tenants: tenantsOf(s),
		Azure: tenants{networks, roles, directory, b.Tokens},
	}
	if b.token.Source != nil {
		o.Source = safe.New(s.Token.Describe())
		o.Konnect = gateways{konnect.New(konnect.Options{
			Endpoint: s.Konnect, Token: s.Token, Sender: b.sendTo(bundle.Konnect), Log: b.requests(), Version: b.version, Retry: transport.Once(), Now: s.Time.Clock().Now,
		})}
	}
	if s.StateDir != "" {
		o.Known = history.Known(s.StateDir)
	}
	if s.DialDNS == nil {
		o.Hop = func(ctx context.Context) modeldoctor.Check { return hopCheck(ctx, s) }
	}
	return func(seen Seen) *doctor.Doctor {
		now := o
		now.Keyring = func(ctx context.Context) modeldoctor.Check { return modeldoctor.Keyring(b.keyring(ctx, seen)) }
		now.Ready, now.VNets = seen.Checks(s.StateDir), peered(b.Watcher.Latest())
		return doctor.New(now)
	}
}

// hosts are the services, each with something that answers to everybody.
func (b *Bundle) hosts() []doctor.Host {
	s := b.settings
	var out []doctor.Host
	for _, h := range []struct {
		service string
		at      endpoint.Endpoint
		usual   string
		path    string
	}{
		{"Konnect", s.Konnect, settings.DefaultKonnectURL, "/v2/cloud-gateways/availability.json"},
		{"Azure", s.ARM, s.Cloud.ARM(), "/subscriptions?api-version=2022-12-01"},
		{"Graph", s.Graph, s.Cloud.Graph(), "/v1.0/organization"},
		{"the sign-in", s.Login, s.Cloud.Login(), "/common/v2.0/.well-known/openid-configuration"},
	} {
		base := h.usual
		if !h.at.IsZero() {
			base = h.at.String()
		}
		address := strings.TrimRight(base, "/") + h.path
		out = append(out, doctor.Host{Name: h.service, Look: func(ctx context.Context) []modeldoctor.Check {
			return modeldoctor.ToService(b.sender.Look(ctx, h.service, address), s.Time.Now())
		}})
	}
	return out
}

// tenantsOf are the tenants that the settings name, which need no word of Konnect.
func tenantsOf(s settings.Settings) []safe.Text {
	var out []safe.Text
	for tenant := range s.AzureTokens {
		out = append(out, safe.New(tenant))
	}
	if s.Tenant != "" {
		out = append(out, safe.New(s.Tenant))
	}
	return out
}

// peered are the VNETs that the watcher has learned of: they need not be asked for again
// before the rest can be.
func peered(s model.Snapshot) []model.VNetRef {
	var out []model.VNetRef
	for _, n := range s.Networks {
		for i := range n.Peerings {
			if ref := n.Peerings[i].VNet; !ref.TenantID.IsEmpty() {
				out = append(out, ref)
			}
		}
	}
	return out
}

// keyring asks the keyring for the entry that Konnect's token would have.
func (b *Bundle) keyring(ctx context.Context, seen Seen) modeldoctor.KeyringFacts {
	s := b.settings
	ring, used := b.token.Source.(secret.Keyring)
	if !used {
		ring = secret.Keyring{Service: "peerdeck", User: s.Konnect.Host(), Env: seen.Env}
	}
	f := modeldoctor.KeyringFacts{Entry: safe.New("entry of the service " + ring.Service + ", user " + ring.User), Needed: used || seen.RingAsked, Skipped: s.DialDNS != nil}
	if f.Skipped {
		return f // the demo has its own
	}
	_, err := ring.Token(ctx)
	switch {
	case err == nil:
		f.Found = true
	case errors.Is(err, secret.ErrNone):
		f.Empty = true
	default:
		f.Why = safe.New(err.Error())
	}
	return f
}

// hopCheck looks whether the hop lets through. What lies behind it does not matter: even a
// refusal of the address shows that the hop was there to be asked.
func hopCheck(ctx context.Context, s settings.Settings) modeldoctor.Check {
	if s.DNSVia == nil {
		return modeldoctor.Hop(safe.Text{}, nil)
	}
	err := s.DNSVia.Check(ctx)
	if f, failed := model.AsFailure(err); failed {
		return modeldoctor.Hop(safe.New(s.DNSVia.String()), &f)
	}
	return modeldoctor.Hop(safe.New(s.DNSVia.String()), nil)
}

// gateways is Konnect as the doctor asks it.
type gateways struct{ *konnect.Client }

// Networks reads all networks.
func (g gateways) Networks(ctx context.Context) ([]model.Network, error) {
	list, err := g.Client.Networks(ctx, nil)
	return list.Items, err
}

// Peerings reads the peerings of a network.
func (g gateways) Peerings(ctx context.Context, network safe.Text) ([]model.Peering, error) {
	list, err := g.Client.Peerings(ctx, network)
	return list.Items, err
}

// PrivateDNS counts the private DNS of a network.
func (g gateways) PrivateDNS(ctx context.Context, network safe.Text) (int, error) {
	list, err := g.Client.PrivateDNS(ctx, network)
	return len(list.Items), err
}

// tenants is Azure as the doctor asks it.
type tenants struct {
	*azure.Client
	roles     *authorization.Client
	directory *entra.Client
	tokens    *signin.Tokens
}

// Permissions reads what the account may do at a scope.
func (t tenants) Permissions(ctx context.Context, tenant, scope safe.Text) ([]model.PermissionSet, error) {
	return t.roles.Permissions(ctx, tenant, scope)
}

// Application reports whether Kong's application is in a tenant.
func (t tenants) Application(ctx context.Context, tenant safe.Text) (bool, error) {
	_, found, err := t.directory.Principal(ctx, tenant, safe.New(setup.KongAppID))
	return found, err
}

// Identities are the sign-ins that were asked for.
func (t tenants) Identities() []model.Identity { return t.tokens.Identities() }
