package changes

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Mark is how far the person has looked.
type Mark struct {
	At     time.Time // when; zero: never
	Number uint64    // of the last change then; 0 where only the time is known
}

// past reports whether a change came after the look. Numbers rise whatever the clock says,
// so they decide where there are some.
func (m Mark) past(e Entry) bool {
	switch {
	case m.At.IsZero():
		return false
	case m.Number > 0 && e.Number > 0:
		return e.Number > m.Number
	default:
		return e.At.After(m.At)
	}
}

// Make makes the time line of what a history has kept, the oldest first.
func Make(kept []model.Change, mark Mark) View {
	entries := fold(entriesOf(kept))
	v := View{Looked: mark.At}
	for i := range entries {
		e := &entries[i]
		if e.Kind == KindGap || !mark.past(*e) {
			continue
		}
		e.New = true
		v.News++
		switch e.Sense {
		case Broke:
			v.Broke++
		case Mended:
			v.Mended++
		case Neutral, Working:
			v.unwell = v.unwell || e.Severity >= model.SeverityUnknown
		}
	}
	slices.Reverse(entries)
	v.Entries = entries
	return v
}

// thing is what several changes of one moment are one entry of.
type thing struct {
	object safe.Text
	aspect model.Aspect // empty for the states of an object and its finding, which go together
}

func thingOf(c model.Change) thing {
	if c.Aspect.OfState() || c.Aspect == model.AspectFinding {
		return thing{object: c.Object}
	}
	return thing{c.Object, c.Aspect}
}

// entriesOf puts together what became other of one thing at one moment.
func entriesOf(kept []model.Change) []Entry {
	var (
		out    []Entry
		groups [][]model.Change
		in     = map[thing]int{}
		moment time.Time
		of     safe.Text
	)
	end := func() {
		for _, g := range groups {
			out = append(out, entryOf(g))
		}
		groups = groups[:0]
		clear(in)
	}
	for _, c := range kept {
		if !c.Event() {
			continue
		}
		if c.Network != of || !c.At.Equal(moment) {
			end()
			of, moment = c.Network, c.At
		}
		t := thingOf(c)
		at, open := in[t]
		if !open {
			at = len(groups)
			in[t] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], c)
	}
	end()
	return out
}

// entryOf makes one entry of the changes of one thing at one moment.
func entryOf(group []model.Change) Entry {
	c := group[0]
	e := Entry{
		Number: group[len(group)-1].Number, At: c.At, First: c.At, Network: c.Network, NetworkName: c.NetworkName, Peering: c.Object, Subject: c.ObjectName,
		Unseen: slices.ContainsFunc(group, func(c model.Change) bool { return c.Gap }),
	}
	if c.Here {
		e.By.Here = true
	}
	switch {
	case c.Aspect.OfState(), c.Aspect.OfFindings():
		ofThing(&e, group)
	case c.Aspect == model.AspectReading:
		ofReading(&e, c)
	case c.Aspect == model.AspectTableRows:
		ofRows(&e, group)
	case c.Aspect == model.AspectRun:
		ofRun(&e, c)
	case c.Aspect == model.AspectWatch:
		e.Kind, e.Plain, e.First = KindGap, true, c.Since
	case c.Aspect == model.AspectClock:
		e.Kind, e.Plain, e.Text = KindGap, true, clockText(c)
	default:
		e.Kind, e.Plain, e.Text = KindRecord, true, stateText(c)
	}
	return e
}
