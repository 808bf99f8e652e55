package widget

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Blank collects the lines of a page that has nothing to list: why, and what to do.
type Blank struct {
	th    *theme.Theme
	width int
	lines []string
}

// NewBlank begins such a page.
func NewBlank(th *theme.Theme, width int) *Blank { return &Blank{th: th, width: width} }

// Put adds a paragraph.
func (b *Blank) Put(tone theme.Tone, text string) {
	const comfortable = 90
	for _, part := range cell.Wrap(text, min(b.width-6, comfortable), 4) {
		b.lines = append(b.lines, cell.NewLine(b.th, b.width).Space(3).Put(tone, part).String())
	}
}

// Gap adds a blank line.
func (b *Blank) Gap() { b.lines = append(b.lines, "") }

// Key adds a key that leads on, and what it does.
func (b *Blank) Key(key, text string) {
	b.lines = append(b.lines, cell.NewLine(b.th, b.width).Space(3).Put(theme.Accent, key).Space(2).Put(theme.Muted, text).String())
}

// Failure adds what went wrong, what to do, and what support asks for.
func (b *Blank) Failure(lead string, f model.Failure) {
	b.Put(theme.Bad, "✖ "+lead+f.Cause.String())
	b.Gap()
	b.Put(theme.Plain, f.Cure)
	if !f.TraceID.IsEmpty() {
		b.Put(theme.Muted, "Trace "+f.TraceID.String())
	}
}

// Lines returns them.
func (b *Blank) Lines() []string { return b.lines }

// NoNetwork says why there is no network to show something of: Konnect cannot be asked,
// there is none, or they are still asked for. None is what follows where there is none,
// asking what is being asked for.
func (b *Blank) NoNetwork(s *model.Snapshot, now time.Time, none, asking string) {
	b.Gap()
	k := s.Konnect
	switch {
	case k.Failure != nil && k.State != model.SourceLive:
		b.Put(theme.Bad, "✖ "+k.Failure.Cause.String())
		b.Gap()
		b.Put(theme.Plain, k.Failure.Cure)
		if wait := k.NextTry.Sub(now); wait > 0 {
			b.Gap()
			b.Put(theme.Muted, fmt.Sprintf("Next try in %s; r tries now.", phrase.Span(wait)))
		}
	case len(s.Networks) == 0 && s.Progress.ListedAll:
		b.Put(theme.Plain, "There is no network in this organization, so "+none+".")
		b.Gap()
		b.Put(theme.Muted, "Create one in Konnect at cloud.konghq.com/global/networks; it is here within a minute.")
	default:
		b.Put(theme.Busy, "◐ Asking Konnect for "+asking+"…")
	}
}
