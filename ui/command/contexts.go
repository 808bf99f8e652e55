package command

import (
	"context"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/app"
)

// prepared are settings that were loaded before they are used: what a helper has given
// once is not asked for twice.
type prepared struct {
	mu       sync.Mutex
	name     string
	settings settings.Settings
}

// load finds the settings, or takes those that were prepared for the context.
func (c *cli) load(ctx context.Context) (settings.Settings, error) {
	p := &c.prepared
	p.mu.Lock()
	defer p.mu.Unlock()
	if name := p.name; name != "" {
		p.name = ""
		if name == c.flags.Context {
			return p.settings, nil
		}
	}
	return settings.Load(ctx, c.flags, c.world.Getenv)
}

// contexts are those that the dashboard can change to, or why it cannot.
func (c *cli) contexts(s *session) (list app.Contexts, why string) {
	switch {
	case c.demo:
		return nil, "the demo has no contexts"
	case c.replay != "":
		return nil, "what is replayed was recorded in one context"
	default:
		return &otherContexts{cli: c, now: s.contextNow(), flags: c.flags}, ""
	}
}

// otherContexts are the contexts of the configuration file, beside the one that is shown.
type otherContexts struct {
	cli   *cli
	now   string
	flags settings.Flags
}

// List reads the file anew. The top of the file can be gone back to as well.
func (o *otherContexts) List(ctx context.Context) ([]model.Context, error) {
	f := o.flags
	f.Context = o.now
	list, err := settings.Contexts(ctx, f, o.cli.world.Getenv)
	if err != nil || len(list) == 0 {
		return list, err
	}
	return append(list, model.Context{Name: safe.New(settings.NoContext), Token: safe.New("no context: the top of the configuration file"), Current: o.now == settings.NoContext}), nil
}

// Prepare loads the settings of a context, with its token.
func (o *otherContexts) Prepare(ctx context.Context, name string) error {
	f := o.flags
	f.Context = name
	s, err := settings.Load(ctx, f, o.cli.world.Getenv)
	if err != nil {
		return err
	}
	p := &o.cli.prepared
	p.mu.Lock()
	defer p.mu.Unlock()
	p.name, p.settings = name, s
	return nil
}
