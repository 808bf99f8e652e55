package setup

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// aside tells, beside the form, what a run would do, and how the last one stands.
func (s *Screen) aside(now time.Time, width int) []string {
	lines := []string{widget.Section(s.th, "WHAT A RUN DOES", width), ""}
	for i, id := range s.form.request().Steps() {
		lines = append(lines, cell.NewLine(s.th, width).Space(1).Put(theme.Muted, fmt.Sprintf("%d ", i+1)).Put(theme.Plain, id.Title()).String())
		for _, part := range cell.Wrap(id.About(), width-5, 0) {
			lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, part).String())
		}
	}
	lines = append(lines, "")
	lines = append(lines, paragraph(s.th, theme.Muted, "Each step looks first and leaves alone what is done already: a run can be stopped, resumed and repeated.", width)...)
	if s.run != nil {
		state, title := stateNote(s.run, now), "LAST RUN"
		if s.active() {
			title = "RUN IN HAND"
		}
		lines = append(lines, "", widget.Section(s.th, title, width), "")
		l := cell.NewLine(s.th, width).Space(1).Put(theme.Of(state.severity), theme.Symbol(state.severity)).Put(theme.Plain, " "+target(s.run.Request)+"  ")
		lines = append(lines, l.Put(theme.Muted, state.text).Space(2).Put(theme.Accent, "w").Put(theme.Muted, " shows it").String())
	}
	return lines
}

// target names what a run is about.
func target(r setup.Request) string {
	return r.Network.Or("(no network)").String() + " › " + r.Peering.Or(r.VNet.Name.Or("(no name)").String()).String()
}
