package widget

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// PeeringView says what to draw of a peering.
type PeeringView struct {
	Network *model.NetworkStatus
	Peering *model.PeeringStatus
	Number  int // from 1, of Of
	Of      int
	Keys    NextKeys
	Now     time.Time
}

// NextKeys are the keys that carry out a next step, empty where there is none.
type NextKeys struct {
	SetUp, SignIn, Command, Mend string
}

// Of returns the key that carries out a next step. A command has none: its key copies it,
// and stands beside it.
func (k NextKeys) Of(next finding.Next) string {
	if next.Mend != "" && k.Mend != "" {
		return k.Mend
	}
	switch next.Kind {
	case finding.NextTable:
		return k.Mend
	case finding.NextSetUp:
		return k.SetUp
	case finding.NextSignIn:
		return k.SignIn
	case finding.NextNone, finding.NextCommand, finding.NextWait, finding.NextKonnect, finding.NextAdmin, finding.NextSupport:
		return ""
	default:
		return ""
	}
}

// PeeringHead draws a peering's title, both halves, the verdict, the next step
// and the drawing, in at most height lines. Where there is not room for all, the
// drawing goes first, and before it the command of the next step, which a key
// copies anyway.
func PeeringHead(th *theme.Theme, v PeeringView, width, height int) []string {
	height = max(0, height) // a notice can leave no room at all
	lines := peeringText(th, v, width, height)
	drawing := Drawing(th, v.Network, v.Peering, width)
	room := height - len(lines) - len(drawing)
	if command := commandLine(th, v.Peering.Finding.Next, v.Keys, width); command != "" && (room > 0 || len(lines) < height && room < 0) {
		lines = append(lines, command)
		room--
	}
	if room < 0 || len(drawing) == 0 {
		return lines[:min(len(lines), height)]
	}
	if room > 0 {
		lines = append(lines, "")
	}
	return append(lines, drawing...)
}

// peeringText is the part of the head that is words.
func peeringText(th *theme.Theme, v PeeringView, width, height int) []string {
	p := v.Peering
	title := cell.NewLine(th, width)
	right := p.Finding.Label()
	if lasts := p.Since.Text(v.Now); lasts != "" && p.Finding.Severity != model.SeverityOK {
		right += " for " + lasts
	}
	place := ""
	if v.Of > 1 {
		place = fmt.Sprintf("  %d of %d", v.Number, v.Of)
	}
	name := cell.Cut(v.Network.Name.Or("(no name)").String()+" › "+p.Name.Or("(no name)").String(), width-cell.Width(right)-len(place)-4)
	title.Space(1).Put(theme.Strong, name).Put(theme.Muted, place)
	title.To(width-cell.Width(right)-1).Put(theme.OfFinding(p.Finding), right)
	lines := []string{title.String()}
	lines = append(lines, halves(th, p, v.Now, width)...)
	lines = append(lines, sentence(th, p.Finding.Cause, width, height)...)
	if p.Finding.Known != nil {
		for _, part := range cell.Wrap(known.Sentence(*p.Finding.Known, v.Now), width-4, 2) {
			lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Muted, part).String())
		}
	}
	lines = append(lines, nextText(th, p.Finding.Next, v.Keys, width, height)...)
	return lines[:min(len(lines), height)]
}

// halves draws what each cloud says, beside each other where there is room.
func halves(th *theme.Theme, p *model.PeeringStatus, now time.Time, width int) []string {
	konnect := p.State.Severity()
	state := string(p.State)
	if state == "" {
		state = "no state given"
	}
	l := cell.NewLine(th, width)
	l.Space(3).Put(theme.Muted, "Konnect  ").Put(theme.Of(konnect), theme.Symbol(konnect)+" "+state)
	if p.Azure.Status == model.HalfNotApplicable && p.Kind.Cloud() != model.ProviderAzure {
		l.To(width/2).Put(theme.Muted, p.Kind.Label())
		return []string{l.String()}
	}
	azure, text := p.Azure.Summary()
	if p.Azure.Failure != nil && p.Azure.Known() {
		text += " (" + phrase.Age(p.Azure.ReadAt, now) + ")"
	}
	const side = 40
	if width >= 2*side-10 {
		l.To(width/2).Put(theme.Muted, "Azure  ").Put(theme.Of(azure), theme.Symbol(azure)+" "+text)
		return []string{l.String()}
	}
	m := cell.NewLine(th, width)
	m.Space(3).Put(theme.Muted, "Azure    ").Put(theme.Of(azure), theme.Symbol(azure)+" "+text)
	return []string{l.String(), m.String()}
}

// sentenceLines is how many lines a verdict or a step may take: two, or six where a page
// has room, since a step may hold a text that is to be sent as it is.
func sentenceLines(height int) int {
	if height >= 16 {
		return 6
	}
	return 2
}

// sentence is a verdict.
func sentence(th *theme.Theme, text string, width, height int) []string {
	var lines []string
	for _, s := range cell.Wrap(text, width-4, sentenceLines(height)) {
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Plain, s).String())
	}
	return lines
}

// NextLines draws a next step, its key first, and the command where it has one
// and there is room.
func NextLines(th *theme.Theme, next finding.Next, keys NextKeys, width, height int) []string {
	lines := nextText(th, next, keys, width, height)
	if command := commandLine(th, next, keys, width); command != "" && len(lines) < height {
		lines = append(lines, command)
	}
	return lines[:min(len(lines), max(0, height))]
}

func nextText(th *theme.Theme, next finding.Next, keys NextKeys, width, height int) []string {
	return nextWithin(th, next, keys, width, sentenceLines(height))
}

// nextWithin is the text of a next step in at most so many lines.
func nextWithin(th *theme.Theme, next finding.Next, keys NextKeys, width, most int) []string {
	if next.Text == "" || most <= 0 {
		return nil
	}
	var lines []string
	key := keys.Of(next)
	lead := leadOf(key)
	for i, s := range cell.Wrap(next.Text, width-4-lead, most) {
		l := cell.NewLine(th, width)
		l.Space(3)
		if i == 0 {
			l.Put(theme.Accent, "→ ")
			if key != "" {
				l.Put(theme.Accent, key)
			}
		}
		lines = append(lines, l.To(3+lead).Put(theme.Plain, s).String())
	}
	return lines
}

func commandLine(th *theme.Theme, next finding.Next, keys NextKeys, width int) string {
	if next.Command == "" {
		return ""
	}
	l := cell.NewLine(th, width).Space(3 + leadOf(keys.Of(next)))
	if keys.Command != "" {
		l.Put(theme.Accent, keys.Command).Put(theme.Muted, " copies  ")
	}
	return l.Put(theme.Muted, next.Command).String()
}

// leadOf is the room before the text of a next step.
func leadOf(key string) int {
	const arrow = 2
	if key == "" {
		return arrow
	}
	return arrow + cell.Width(key) + 2
}
