package setup

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"

	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// journal brings the journal of a run.
type journal struct {
	lines []model.LogLine
	err   error
}

// openJournal asks for the journal of a run; its dialog opens when it is there.
func (s *Screen) openJournal(id string) tea.Cmd {
	ctx, service := s.ctx, s.service
	return func() tea.Msg {
		lines, err := service.Journal(ctx, id)
		return journal{lines, err}
	}
}

func (s *Screen) receiveJournal(msg journal) tea.Cmd {
	if msg.err != nil {
		return trouble(msg.err)
	}
	now := s.env.Now()
	return screen.Say(screen.Show{Dialog: dialog.NewText("Journal", "the journal", plainLog(msg.lines), func(width int) []string {
		if len(msg.lines) == 0 {
			return []string{"The journal holds nothing."}
		}
		return logLines(s.th, msg.lines, now, width)
	})})
}
