package networks

import (
	"slices"
	"strconv"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// notRead is why nothing can be done with a network that is only remembered.
const notRead = "it is not read yet: what is shown is remembered"

// recalled are the rows of an earlier program. They are grey, each says that it is
// remembered and of when, and none of them is a network that a key could act on.
type recalled struct {
	list  *model.Remembered // nil: there is something better, or nothing
	shown []model.RememberedNetwork
	now   time.Time
}

func recalledColumns(longest int) []widget.Column {
	return []widget.Column{
		{ID: colName, Title: "NETWORK", Min: 15, Max: min(max(15, longest+2), 42)},
		{ID: "was", Title: "REMEMBERED AS", Min: 16, Max: 30, Rank: 1},
		{ID: "read", Title: "READ", Min: 10, Max: 18, Rank: 1},
		{ID: colRegion, Title: "REGION", Min: 13, Max: 18, Rank: 2},
		{ID: colCIDR, Title: "CIDR", Min: 14, Max: 18, Rank: 2},
		{ID: colPeerings, Title: "PEERINGS", Min: 8, Right: true, Rank: 3},
		{ID: colState, Title: "KONNECT SAID", Min: 14, Max: 20, Rank: 4},
		{ID: colProvider, Title: "CLOUD", Min: 6, Max: 7, Rank: 4},
	}
}

func (r *recalled) set(s *model.Snapshot, sort string, reverse bool) {
	*r = recalled{now: s.At}
	if s.Remembered != nil && len(s.Networks) == 0 {
		r.list, r.shown = s.Remembered, s.Remembered.Sorted(model.NetworkOrder(sort), reverse)
	}
}

// recalls reports whether remembered networks stand in for those that are asked for.
func (s *Screen) recalls() bool { return len(s.recalled.shown) > 0 }

// Len is the number of rows.
func (r *recalled) Len() int { return len(r.shown) }

// ID is the id of a row's network.
func (r *recalled) ID(i int) safe.Text { return r.shown[i].ID }

// Cells fills the cells of a row. The mark is that of what is not known: how the network
// stands now is not.
func (r *recalled) Cells(i int, into []widget.Cell) {
	n := r.shown[i]
	for c, text := range []string{
		nameOf(n.Name), "was " + n.Word.Or("not known").String(), phrase.Age(n.ReadAt, r.now), n.Region.String(), n.CIDR.String(), countOf(n.Peerings), n.State.String(), model.Provider(n.Provider.String()).Label(),
	} {
		into[c] = widget.Cell{Text: text, Tone: theme.Muted}
	}
	into[0].Lead, into[0].LeadTone = theme.Symbol(model.SeverityUnknown)+" ", theme.Muted
}

func countOf(peerings int) string {
	if peerings < 0 {
		return "–"
	}
	return strconv.Itoa(peerings)
}

// longest is the width of the longest name, as far as a column cares.
func (r *recalled) longest() int {
	most := 0
	for i := 0; i < len(r.shown) && most <= 42; i++ {
		most = max(most, cell.Width(nameOf(r.shown[i].Name)))
	}
	return most
}

// recalledHead says how old the rows are, and that those of now are on their way or are not.
func (s *Screen) recalledHead(now time.Time) screen.Head {
	state := "reading …"
	if s.failing() {
		state = "not read: " + s.snapshot.Konnect.State.String()
	}
	return screen.Head{
		Path:   []string{"Networks, remembered"},
		Counts: []string{"as of " + asOf(s.recalled.list.At, now), state, phrase.Count(s.recalled.Len(), "network")},
	}
}

// asOf is when something was read, and how long ago. A clock that was set back since then
// cannot tell how long.
func asOf(at, now time.Time) string {
	if at.After(now.Add(time.Minute)) {
		return changes.Moment(at, now) + ", by a clock that was ahead"
	}
	return changes.Moment(at, now) + " (" + phrase.Age(at, now) + ")"
}

// recalledDetails say in the place of the details why there are none.
func (s *Screen) recalledDetails(now time.Time, width, height int) []string {
	const word = "remembered"
	n := s.recalled.shown[min(s.table.Index(), s.recalled.Len()-1)]
	lines := []string{cell.NewLine(s.th, width).Space(1).Put(theme.Strong, cell.Cut(nameOf(n.Name), width-len(word)-4)).To(width-len(word)-1).Put(theme.Muted, word).String()}
	why := s.unanswered(now, width)
	if height < comfortable {
		why = slices.DeleteFunc(why, func(line string) bool { return line == "" })
	}
	lines = append(lines, why...)
	lines = append(lines, s.said(theme.Muted, "Last known: "+n.Word.Or("not known").String()+", "+asOf(n.ReadAt, now)+". How it is now is not read yet; nothing can be started from here before Konnect answers.", width)...)
	if whose := s.recalled.list.Organization.Name; !s.recalled.list.Of(s.snapshot.Organization) {
		lines = append(lines, s.said(theme.Muted, "These networks are of "+whose.Or("an organization without a name").String()+"; whose the token is, is not known yet.", width)...)
	}
	return lines[:max(0, min(len(lines), height))]
}
