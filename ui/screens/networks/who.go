package networks

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// who says who made the last change of what is shown, or why that is not known; empty where
// nothing of it needs a person, or the time line has nothing.
func who(v changes.View, n *model.NetworkStatus, p *model.PeeringStatus) string {
	if p != nil && p.Finding.NeedsPerson() {
		return v.Who(n.ID, p.ID)
	}
	if n != nil && n.Own.NeedsPerson() {
		return v.Who(n.ID, safe.Text{})
	}
	return ""
}

// whoSection draws it below both halves.
func whoSection(th *theme.Theme, v changes.View, n *model.NetworkStatus, p *model.PeeringStatus, width int) section {
	out := section{title: "WHO CHANGED IT"}
	text := who(v, n, p)
	if text == "" {
		return out
	}
	text = strings.TrimPrefix(text, "who changed it is ")
	for _, part := range cell.Wrap(text, width-4, 4) {
		out.lines = append(out.lines, cell.NewLine(th, width).Space(3).Put(theme.Plain, part).String())
	}
	return out
}
