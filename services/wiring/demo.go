package wiring

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// demoSignIn is how long the demo takes to approve a device code: long enough to
// read it.
const demoSignIn = 12 * time.Second

// demoReplication is how long a write takes in the demo's Azure until everybody
// sees it: long enough to be met, short enough to be waited for.
const demoReplication = 4 * time.Second

// demoSeed is from which the demo's ids are made.
const demoSeed = 1

// Demo starts the embedded sandbox and returns the settings to use it with, and
// what ends it. The manner of the screen comes from the given settings; nothing
// is kept on disk, and no account of the user is touched.
func Demo(ctx context.Context, manner settings.Settings, report func(work.Panic)) (settings.Settings, func(), error) {
	world, err := sandbox.New(sandbox.Options{Seed: demoSeed, Story: true, SignInAfter: demoSignIn, Replication: demoReplication, RBACDelay: demoReplication})
	if err != nil {
		return settings.Settings{}, nil, err
	}
	server, err := sandbox.Listen(ctx, world, "127.0.0.1:0", report)
	if err != nil {
		return settings.Settings{}, nil, err
	}
	s := settings.Settings{
		SignIn: signin.DeviceCode, Mouse: manner.Mouse, ASCII: manner.ASCII, Theme: manner.Theme, ReadOnly: manner.ReadOnly, LogFile: manner.LogFile, Known: manner.Known,
		Token:      secret.Static{Value: secret.New(sandbox.Token), From: "the demo"},
		AzureToken: secret.New(world.HomeToken()), AzureTokens: map[string]secret.Secret{}, Lively: true,
		DialDNS: server.DialDNS,
	}
	for tenant, token := range world.GuestTokens() {
		s.AzureTokens[tenant] = secret.New(token)
	}
	for _, a := range []struct {
		to      *endpoint.Endpoint
		address string
	}{{&s.Konnect, server.Konnect}, {&s.ARM, server.ARM}, {&s.Graph, server.Graph}, {&s.Login, server.Login}} {
		if *a.to, err = endpoint.Parse("the sandbox", a.address); err != nil {
			server.Close()
			return settings.Settings{}, nil, err
		}
	}
	return s, server.Close, nil
}
