package ranges

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Actions lists what can be done here.
func (p *Page) Actions() []action.Action {
	const group, moves = "Free ranges", "Move"
	list := []action.Action{
		{ID: "ranges.back", Name: "back", Keys: []string{"esc", "q"}, Group: moves, Footer: 1, Help: "Back to the list.", Run: func() tea.Cmd { p.service.Cancel(); return screen.Say(screen.Pop{}) }},
		{ID: "ranges.use", Name: "set up", Keys: []string{"enter"}, Group: group, Footer: 2, Help: "Begin a set-up that makes a new network with the range.", Why: p.noOffer, Run: p.use},
		{ID: "ranges.copy", Name: "copy", Keys: []string{"y"}, Group: group, Footer: 3, Help: "Copy the range.", Why: p.noOffer, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the range", Text: p.offer().Range.String()})
		}},
		{ID: "ranges.wider", Name: "wider", Keys: []string{"+", "="}, Group: group, Footer: 4, Help: "Look for ranges of twice the size.", Why: p.widest, Run: func() tea.Cmd { p.size--; p.find(); return nil }},
		{ID: "ranges.narrower", Name: "narrower", Keys: []string{"-"}, Group: group, Footer: 4, Help: "Look for ranges of half the size.", Why: p.narrowest, Run: func() tea.Cmd { p.size++; p.find(); return nil }},
		{ID: "ranges.region", Name: "region", Keys: []string{"o"}, Group: group, Footer: 5, Help: "Choose the region on Azure that the network is for.", Why: p.noRegions, Run: p.pickRegion},
		{ID: "ranges.check", Name: "is it free", Keys: []string{"/"}, Group: group, Footer: 5, Help: "Ask whether a range is free, and if not, who has it.", Why: p.unread, Run: p.askRange},
		{ID: "ranges.describe", Name: "describe", Keys: []string{"d"}, Group: group, Footer: 8, Help: "Show all that was read: who has which range, and what was not read.", Why: p.unread, Run: p.describe},
		{ID: "ranges.ticket", Name: "ticket", Keys: []string{"Y"}, Group: group, Help: "Copy a ticket in Markdown: the offers, and who has which range.", Why: p.unread, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "a ticket about free ranges", Text: p.ticket().Markdown()})
		}},
		{ID: "ranges.read", Name: "read again", Keys: []string{"r"}, Group: group, Footer: 7, Help: "Read who has which ranges once more.", Why: p.goes, Run: func() tea.Cmd { p.look(); return nil }},
		{ID: "ranges.stop", Name: "stop", Keys: []string{"x"}, Group: group, Help: "Stop the reading. What is known stays.", Why: p.rests, Run: func() tea.Cmd { p.service.Cancel(); return nil }},
	}
	w := widget.MoveWords{Next: "Next range.", Before: "Range before.", First: "First range.", Last: "Last range."}
	return append(list, widget.Moves(moves, p.table, w, func(row int) tea.Cmd { p.table.MoveTo(row); return nil })...)
}

func (p *Page) noOffer() string {
	if p.offer() == nil {
		return "there is no range to choose"
	}
	return ""
}

func (p *Page) unread() string {
	if p.report == nil {
		return "nothing was read yet"
	}
	return ""
}

func (p *Page) widest() string {
	if p.size <= ranges.Widest {
		return fmt.Sprintf("Konnect takes no range wider than /%d", ranges.Widest)
	}
	return ""
}

func (p *Page) narrowest() string {
	if p.size >= ranges.Narrowest {
		return fmt.Sprintf("Konnect takes no range narrower than /%d", ranges.Narrowest)
	}
	return ""
}

func (p *Page) goes() string {
	if !p.view.Over() {
		return "it is being read"
	}
	return ""
}

func (p *Page) rests() string {
	if p.view.Over() {
		return "nothing is being read"
	}
	return ""
}

func (p *Page) noRegions() string {
	if len(p.regions()) == 0 {
		return "the regions are not known; peerdeck ranges --region takes one"
	}
	return ""
}

// regions are those on Azure that Konnect has.
func (p *Page) regions() []model.CloudRegion {
	var out []model.CloudRegion
	for _, r := range p.view.Read.Availability.Regions {
		if r.Provider == model.ProviderAzure {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b model.CloudRegion) int { return a.ID.Compare(b.ID) })
	return out
}

// pickRegion lets a person pick the region.
func (p *Page) pickRegion() tea.Cmd {
	choose := func(id safe.Text) func() { return func() { p.region = id; p.find() } }
	items := []dialog.Item{{Name: "any", Note: "what every region on Azure allows", Do: choose(safe.Text{})}}
	for _, r := range p.regions() {
		note := ""
		if r.Name != r.ID {
			note = r.Name.String()
		}
		items = append(items, dialog.Item{Name: r.ID.String(), Note: note, Do: choose(r.ID)})
	}
	d, load := dialog.NewPick(p.ctx, p.th, dialog.List{
		Title: "Regions on Azure", Empty: "Konnect tells none.", Only: true,
		Load: func(context.Context) ([]dialog.Item, error) { return items, nil },
	})
	return screen.Say(screen.Show{Dialog: d, Then: load})
}

// askRange asks for a range, and says whether it is free.
func (p *Page) askRange() tea.Cmd {
	return screen.Say(screen.Show{Dialog: dialog.NewInput(p.th, dialog.Field{
		Title: "Is a range free?", Text: "An address range such as 10.20.0.0/20.", What: "ask",
		Check: func(text string) string {
			if _, err := ranges.ParseRange(text); err != nil {
				return err.Error()
			}
			return ""
		},
		Do: func(text string) tea.Cmd { p.ask(text); return nil },
	})})
}

// use begins a set-up with a new network of the range.
func (p *Page) use() tea.Cmd {
	cidr := safe.New(p.offer().Range.String())
	r := setup.Request{DNS: setup.DNSResolver, Create: &setup.CreateNetwork{CIDR: cidr, Region: p.region}}
	why := "The run makes a network with " + cidr.String() + " first, which takes 30 to 40 minutes. Give it a name, and the VNET that it is to be peered with."
	return screen.Say(screen.Pop{Then: screen.Say(screen.SetUp{Request: r, Why: why})})
}

// describe shows all that was read.
func (p *Page) describe() tea.Cmd {
	text := p.text()
	return screen.Say(screen.Show{Dialog: dialog.NewText("Who has which range", "who has which range", strings.Join(text, "\n")+"\n", func(width int) []string {
		var lines []string
		for _, line := range text {
			lines = append(lines, cell.Wrap(line, width, 0)...)
		}
		return lines
	})})
}

// text is all that was read, for a window and for a ticket.
func (p *Page) text() []string {
	r := p.report
	lines := []string{r.Conclusion()}
	for _, o := range r.Offers {
		lines = append(lines, "  "+o.Range.String()+"  below "+beside(o.Below)+"; above "+beside(o.Above))
	}
	if len(r.Gaps) > 0 {
		lines = append(lines, "", "Not read")
	}
	for _, g := range r.Gaps {
		lines = append(lines, "  "+g.What+": "+g.Reason())
		if g.Why != nil && g.Why.Cure != "" {
			lines = append(lines, "    → "+g.Why.Cure)
		}
	}
	lines = append(lines, "", "Taken")
	for _, t := range r.Taken {
		lines = append(lines, "  "+t.String())
	}
	lines = append(lines, "", "Seen: "+r.Seen.String()+".", ranges.Beyond)
	for i := range lines {
		lines[i] = safe.Clean(lines[i])
	}
	return lines
}
