package command

import (
	"context"

	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/services/local/tell"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// notifyRules are those of the settings, for the terminal that is there: one that would
// print a notification gets none.
func (c *cli) notifyRules(s settings.Settings) telling.Rules {
	r := s.Notify
	switch {
	case r.Terminal == telling.Auto:
		r.Terminal = telling.Known(c.world.Getenv)
	case r.Terminal != telling.Off && !telling.Shows(c.world.Getenv):
		r.Terminal = telling.Off
	}
	return r
}

// tell runs the program of the person for one change.
func (s *session) tell(ctx context.Context, n telling.Notice) error {
	rules := s.settings.Notify
	return tell.Command{Argv: rules.Command, Limit: rules.Limit, Context: s.settings.Context.Name.String()}.Tell(ctx, n)
}
