package dns

import (
	"fmt"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// notice is a line above the table: what a person must know before they edit.
type notice struct {
	tone theme.Tone
	text string
}

// banner draws the notices, a line each, and a second one where it is needed.
func (s *Screen) banner() []string {
	const most = 3
	network := s.network()
	if network == nil {
		return nil
	}
	var lines []string
	for _, n := range s.notices(network) {
		for i, part := range cell.Wrap(n.text, max(10, s.width-5), 2) {
			l := cell.NewLine(s.th, s.width).Space(1)
			if i == 0 {
				l.Put(n.tone, symbolOf(n.tone))
			}
			lines = append(lines, l.To(3).Put(theme.Plain, part).String())
		}
	}
	return lines[:min(len(lines), most)]
}

func symbolOf(tone theme.Tone) string {
	switch tone {
	case theme.Bad:
		return "✖"
	case theme.Warn:
		return "▲"
	case theme.Busy:
		return "◐"
	default:
		return "●"
	}
}

func (s *Screen) notices(network *workspace.Network) []notice {
	var out []notice
	if why := s.shut(); why != "" && (network.Ready() || s.env.ReadOnly) {
		out = append(out, notice{theme.Warn, "Nothing can be edited here: " + why + "."})
	}
	for _, t := range network.Tables() {
		switch {
		case t.Meanwhile():
			out = append(out, notice{theme.Warn, t.Name() + " was changed by someone else since these edits began. They are as they were; D shows both sides to merge."})
		case t.Unsaved() != nil && t.Changed():
			out = append(out, notice{theme.Warn, "The draft is not saved: " + t.Unsaved().Error() + "."})
		}
		if why := t.Closed(); why != "" {
			out = append(out, notice{theme.Busy, why + "."})
		}
		if f := t.Finding(); f.NeedsPerson() {
			out = append(out, notice{theme.Of(f.Severity), t.Name() + ": " + f.Cause})
		}
		for _, p := range t.Findings().Of(0) {
			// The state and the merge are told of above, the number is asked for when
			// it is applied.
			if p.Severity != dnstable.Note && !p.OfState() && p.Rule != "T04" {
				out = append(out, notice{problemTone(p), p.Text})
			}
		}
	}
	if s.work.Writing(s.chosen) {
		out = append(out, notice{theme.Busy, "The mappings are being written. A shows how it goes."})
	}
	if resumed := network.Resumed(); resumed != "" {
		out = append(out, notice{theme.Accent, resumed})
	}
	return out
}

// shut says why nothing of the network can be edited, empty when it can.
func (s *Screen) shut() string {
	if n := s.network(); n != nil {
		return n.Shut()
	}
	return "no network is shown"
}

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	n := s.network()
	if n == nil {
		return screen.Head{Path: []string{tab}}
	}
	h := screen.Head{Path: []string{tab, n.Name()}, Chip: s.filter.Chip(), Counts: s.counts(n)}
	switch {
	case s.sort == byProblems && s.reverse:
		h.Path = append(h.Path, "fewest problems first")
	case s.sort == byProblems:
		h.Path = append(h.Path, "problems first")
	}
	return h
}

// counts says how many rules there are and what is staged.
func (s *Screen) counts(network *workspace.Network) []string {
	if s.blankPage(network) {
		return nil
	}
	n := 0
	for i := range s.rows.all {
		if l := &s.rows.all[i]; !l.gone() && !l.zone && (!s.isTyped(l) || s.edit.id != 0) {
			n++
		}
	}
	// What is not applied stands first: the last ones go where there is no room, and this
	// must not.
	var parts []string
	if c := network.Changes(); c > 0 {
		parts = append(parts, phrase.Count(c, "change")+" not applied")
	}
	if marked := len(s.picked()); marked > 1 {
		parts = append(parts, fmt.Sprintf("%d selected", marked))
	}
	if s.filter.Hides() {
		n = len(s.rows.all)
	}
	parts = append(parts, s.filter.Count(len(s.rows.shown), n, "rule"))
	for _, t := range network.Tables() {
		if t.Meanwhile() {
			parts = append(parts, "changed by someone else")
			break
		}
	}
	errors, warnings := network.Counts()
	if errors > 0 {
		parts = append(parts, phrase.Count(errors, "error"))
	}
	if warnings > 0 {
		parts = append(parts, phrase.Count(warnings, "warning"))
	}
	return parts
}
