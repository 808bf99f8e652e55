package setup

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// earlier is the list of the runs of which there is a journal.
type earlier struct {
	rows   earlierRows
	table  *widget.Table
	asked  bool // it is being read
	read   bool // it was read at least once
	err    *model.Failure
	from   part // what esc leads back to
	greets bool // the next answer is the first: what is unfinished is said
}

// earlierRuns brings the list.
type earlierRuns struct {
	list []setup.RunSummary
	err  error
}

// Start asks for the runs that are unfinished.
func (s *Screen) Start() tea.Cmd {
	s.earlier.greets = true
	return s.readEarlier()
}

func (s *Screen) readEarlier() tea.Cmd {
	s.earlier.asked = true
	ctx, service := s.ctx, s.service
	return func() tea.Msg {
		list, err := service.Earlier(ctx)
		return earlierRuns{list, err}
	}
}

func (s *Screen) receiveEarlier(msg earlierRuns) tea.Cmd {
	e := &s.earlier
	greets := e.greets
	e.asked, e.greets, e.err = false, false, nil
	if f, failed := model.AsFailure(msg.err); failed {
		e.err = &f
		if greets {
			return trouble(msg.err)
		}
		return nil
	}
	e.read = true
	e.rows.list = msg.list
	e.table.SetRows(&e.rows)
	if !greets {
		return nil
	}
	return s.greeting(msg.list)
}

// unfinished is what the greeting is about.
const unfinished = "set-ups that are unfinished"

// greeting says what is unfinished, and how to go on; nothing when nothing is.
func (s *Screen) greeting(list []setup.RunSummary) tea.Cmd {
	var open []setup.RunSummary
	for _, r := range list {
		if r.Unfinished() {
			open = append(open, r)
		}
	}
	if len(open) == 0 {
		return nil
	}
	r := open[0]
	_, word := runWord(r.State)
	text := fmt.Sprintf("Unfinished: %s, %s at %s.", target(r.Request), word, phrase.Lower(r.Last.Title()))
	if len(open) > 1 {
		text = fmt.Sprintf("%d set-ups are unfinished; the last one: %s, %s at %s.", len(open), target(r.Request), word, phrase.Lower(r.Last.Title()))
	}
	notice := screen.Toast{Text: text + " On Set-up (3), E lists it: R resumes, T tears down.", Trouble: true, About: unfinished}
	if !s.env.ReadOnly && r.Problem == "" && r.Kind != setup.RunTeardown {
		service := s.service
		notice.Text = text + " R resumes it; on Set-up (3), E lists what can be resumed or torn down."
		notice.Key, notice.Do = "R", tea.Batch(screen.Say(screen.GoTo{Tab: tab}), func() tea.Msg { return began{err: service.Resume(r.ID, setup.Options{})} })
	}
	return screen.Say(notice)
}

func (s *Screen) openEarlier() tea.Cmd {
	if s.part != partEarlier {
		s.earlier.from = s.part
	}
	s.part, s.failure = partEarlier, nil
	return tea.Batch(s.readEarlier(), screen.Say(screen.Withdraw{About: unfinished}))
}

// chosen is the selected run.
func (s *Screen) chosen() *setup.RunSummary {
	i := s.earlier.table.Index()
	if i >= len(s.earlier.rows.list) {
		return nil
	}
	return &s.earlier.rows.list[i]
}

func (s *Screen) earlierHead() screen.Head {
	h := screen.Head{Path: []string{tab, "earlier runs"}}
	if n := len(s.earlier.rows.list); n > 0 {
		h.Counts = []string{phrase.Count(n, "run")}
		open := 0
		for _, r := range s.earlier.rows.list {
			if r.Unfinished() {
				open++
			}
		}
		if open > 0 {
			h.Counts = append(h.Counts, fmt.Sprintf("%d unfinished", open))
		}
	}
	return h
}

// earlierActions lists what can be done with earlier runs.
func (s *Screen) earlierActions() []action.Action {
	t := s.earlier.table
	none := func() string {
		if s.chosen() == nil {
			return "no run is selected"
		}
		return ""
	}
	actions := []action.Action{
		{ID: "earlier.back", Name: "back", Keys: []string{"esc"}, Group: groupMore, Footer: 5, Help: "Back to the form or the run.", Run: func() tea.Cmd { s.part, s.failure = s.earlier.from, nil; return nil }},
		{ID: "earlier.open", Name: "open", Keys: []string{"enter", "d"}, Group: groupMore, Footer: 1, Help: "Show what the run was, where it stood and what it made.", Why: none, Run: s.describeEarlier},
		{ID: "earlier.resume", Name: "resume", Keys: []string{"R"}, Group: groupMore, Footer: 2, Help: "Go on with the run where it stood; what is done is found and left.", Why: s.noResume, Run: s.askResume},
		{ID: "earlier.teardown", Name: "tear down", Keys: []string{"T"}, Group: groupMore, Footer: 3, Danger: true, Help: "Remove what the run made, each thing with its name typed.", Why: s.noRemoval, Run: func() tea.Cmd {
			r := s.chosen()
			return s.askTeardown(r.ID, r.Request, len(r.Standing()))
		}},
		{ID: "earlier.journal", Name: "journal", Keys: []string{"J"}, Group: groupMore, Footer: 4, Help: "Show the journal of the run, as it is on the disk.", Why: none, Run: func() tea.Cmd { return s.openJournal(s.chosen().ID) }},
		{ID: "earlier.fill", Name: "fill the form", Keys: []string{"e"}, Group: groupMore, Footer: 6, Help: "Put the values of the run into the form; u on the form brings back what was there.", Why: none, Run: func() tea.Cmd {
			request := s.chosen().Request
			return func() tea.Msg { return filled{request} }
		}},
	}
	w := widget.MoveWords{Next: "Older run.", Before: "Newer run.", First: "Newest run.", Last: "Oldest run."}
	return append(actions, widget.Moves(groupMove, t, w, func(row int) tea.Cmd { t.MoveTo(row); return nil })...)
}

func (s *Screen) noResume() string {
	r := s.chosen()
	switch {
	case r == nil:
		return "no run is selected"
	case r.Active:
		return "it goes on already; esc and w show it"
	case r.Elsewhere:
		return "another peerdeck on this machine works on it"
	case s.active():
		return "another run is in hand; it must end first"
	case s.env.ReadOnly && !r.DryRun:
		return "this is the read-only mode"
	case r.Kind == setup.RunTeardown && r.State == setup.RunDone:
		return "the teardown is done"
	default:
		return ""
	}
}

func (s *Screen) noRemoval() string {
	r := s.chosen()
	switch {
	case r == nil:
		return "no run is selected"
	case r.Active || r.Elsewhere:
		return "the run goes on; it must end first"
	case s.active():
		return "another run is in hand; it must end first"
	case s.env.ReadOnly:
		return "this is the read-only mode"
	case len(r.Standing()) == 0:
		return "nothing that it made is left"
	default:
		return ""
	}
}

func (s *Screen) askResume() tea.Cmd {
	r, service := *s.chosen(), s.service
	return s.ask(dialog.Question{
		Title: "Resume", Yes: "resume it", No: "not now",
		Text: resumeText(r),
		Do:   func() tea.Msg { return began{err: service.Resume(r.ID, setup.Options{DryRun: r.DryRun})} },
	})
}

// resumeText says what it means to go on with a run.
func resumeText(r setup.RunSummary) []string {
	return []string{
		target(r.Request) + " stood at " + phrase.Lower(r.Last.Title()) + ".",
		"Every step looks again first. What is done is left as it is; nothing is made twice.",
	}
}

// describeEarlier opens all that the journal tells of a run.
func (s *Screen) describeEarlier() tea.Cmd {
	r := *s.chosen()
	list := summaryFacts(r)
	return screen.Say(screen.Show{Dialog: dialog.NewText(target(r.Request), "the description of the run", dialog.Plain(list), func(width int) []string {
		return dialog.Facts(s.th, list, width)
	})})
}

func summaryFacts(r setup.RunSummary) [][2]string {
	_, word := runWord(r.State)
	if r.DryRun {
		word += ", a dry run"
	}
	list := [][2]string{
		{"Kind", string(r.Kind)},
		{"State", word},
		{"Stood at", r.Last.Title()},
		{"Began", r.StartedAt.Format(time.RFC3339)},
		{"Last entry", r.ChangedAt.Format(time.RFC3339)},
		{"Run", safe.Clean(r.ID)},
	}
	if r.Problem != "" {
		list = append(list, [2]string{"Journal", r.Problem})
	}
	if r.Elsewhere {
		list = append(list, [2]string{"Now", "another peerdeck on this machine works on it"})
	}
	list = append(list, [2]string{"Made", ""})
	for _, m := range r.Made {
		text := m.Name.String() + "  " + m.ID.String()
		switch {
		case m.Gone:
			text += "  (removed)"
		case m.Changed:
			text += "  (was there, changed)"
		}
		list = append(list, [2]string{phrase.Capital(string(m.Kind)), text})
	}
	if len(r.Made) == 0 {
		list = append(list, [2]string{"Nothing", "the run had made nothing"})
	}
	q := r.Request
	list = append(
		list, [2]string{"Request", ""}, [2]string{"Network", q.Network.String()}, [2]string{"Peering", q.Peering.String()},
		[2]string{"Tenant", q.VNet.TenantID.String()}, [2]string{"Subscription", q.VNet.SubscriptionID.String()},
		[2]string{"Resource group", q.VNet.ResourceGroup.String()}, [2]string{"VNET", q.VNet.Name.String()}, [2]string{"DNS", string(q.DNS)},
	)
	for _, m := range q.Mappings {
		list = append(list, [2]string{"Mapping", mappingText(m)})
	}
	return slices.DeleteFunc(list, func(f [2]string) bool {
		return f[1] == "" && f[0] != "Made" && f[0] != "Request"
	})
}

// earlierView draws the list, and the selected run below it.
func (s *Screen) earlierView(now time.Time) []string {
	e := &s.earlier
	e.rows.now = now
	var lines []string
	switch {
	case len(e.rows.list) > 0:
		lines = e.table.View(s.th)
	case e.err != nil:
		lines = append([]string{""}, failureLines(s.th, *e.err, s.width, s.height-1)...)
	case !e.read:
		lines = []string{"", cell.NewLine(s.th, s.width).Space(3).Put(theme.Busy, "◐ Reading the journals…").String()}
	default:
		lines = append([]string{""}, paragraph(s.th, theme.Muted, "No set-up was run on this machine so far. esc goes back to the form.", s.width)...)
	}
	for len(lines) < s.earlierListHeight() {
		lines = append(lines, "")
	}
	lines = append(lines, widget.Rule(s.th, s.width))
	return append(lines, s.earlierDetails(now)...)
}
