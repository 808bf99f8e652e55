package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Ranges is the document of "peerdeck ranges -o json". Its keys are stable.
type Ranges struct {
	GeneratedAt time.Time     `json:"generated_at"`
	Region      safe.Text     `json:"region"` // empty: what every region on Azure allows
	Size        string        `json:"size"`   // "/20"
	Allowed     RangesAllowed `json:"allowed"`
	Whole       bool          `json:"whole"` // everything that could be asked was read
	Conclusion  string        `json:"conclusion"`
	FreeCount   int           `json:"free_count"` // free ranges of the size
	Offers      []RangeOffer  `json:"offers"`
	Free        []string      `json:"free"` // all of it, in as few ranges as can be
	Check       *RangeCheck   `json:"check"`
	Unread      []RangeGap    `json:"unread"`
	Seen        RangesSeen    `json:"seen"`
	NotKnown    string        `json:"not_known"` // what no reading shows
}

// RangesAllowed is what Konnect takes.
type RangesAllowed struct {
	Blocks   []string `json:"blocks"`
	Reserved []string `json:"reserved"`
	BuiltIn  bool     `json:"built_in"`
	Source   string   `json:"source"`
}

// RangeOffer is a free range.
type RangeOffer struct {
	Range string      `json:"range"`
	Room  string      `json:"room"` // the free range around it
	Below *RangeTaken `json:"below"`
	Above *RangeTaken `json:"above"`
	Usual string      `json:"usual"` // who uses such a range by default
}

// RangeTaken is a range with its owner.
type RangeTaken struct {
	Range string `json:"range"`
	Kind  string `json:"kind"` // vnet, peering, hub, network, konnect
	Owner string `json:"owner"`
}

// RangeCheck is the answer for one range.
type RangeCheck struct {
	Range    string       `json:"range"`
	Free     bool         `json:"free"`
	Sentence string       `json:"sentence"`
	Refused  string       `json:"refused"` // why Konnect would not take it
	TakenBy  []RangeTaken `json:"taken_by"`
	Usual    string       `json:"usual"`
}

// RangeGap is something that was not read.
type RangeGap struct {
	What     string `json:"what"`
	Why      string `json:"why"`
	Code     string `json:"code"`
	NextStep string `json:"next_step"`
}

// RangesSeen counts what was read.
type RangesSeen struct {
	Networks      int `json:"networks"`
	VNets         int `json:"vnets"`
	Hubs          int `json:"hubs"`
	Subscriptions int `json:"subscriptions"`
	Tenants       int `json:"tenants"`
}

// NewRanges makes the document of a report, and of the answer for one range, if any.
func NewRanges(at time.Time, r *ranges.Report, check *ranges.Answer) Ranges {
	d := Ranges{
		GeneratedAt: at.UTC(), Region: r.Limits.Region, Size: fmt.Sprintf("/%d", r.Size), Whole: r.Whole(), Conclusion: r.Conclusion(),
		Allowed:   RangesAllowed{Blocks: phrase.Strings(r.Limits.Blocks), Reserved: phrase.Strings(r.Limits.Kept), BuiltIn: r.Limits.BuiltIn, Source: r.Limits.Source()},
		FreeCount: r.Count, Offers: make([]RangeOffer, 0, len(r.Offers)), Free: phrase.Strings(r.Free), Unread: make([]RangeGap, 0, len(r.Gaps)),
		Seen:     RangesSeen{Networks: r.Seen.Networks, VNets: r.Seen.VNets, Hubs: r.Seen.Hubs, Subscriptions: r.Seen.Subscriptions, Tenants: r.Seen.Tenants},
		NotKnown: ranges.Beyond,
	}
	for _, o := range r.Offers {
		d.Offers = append(d.Offers, RangeOffer{Range: o.Range.String(), Room: o.Room.String(), Below: taken(o.Below), Above: taken(o.Above), Usual: o.Usual})
	}
	for _, g := range r.Gaps {
		gap := RangeGap{What: g.What, Why: g.Reason()}
		if g.Why != nil {
			gap.Code, gap.NextStep = string(g.Why.FindingCode()), g.Why.Cure
		}
		d.Unread = append(d.Unread, gap)
	}
	if check != nil {
		c := RangeCheck{Range: check.Range.String(), Free: check.Free(), Sentence: check.Sentence(), Refused: check.Refused, TakenBy: []RangeTaken{}, Usual: check.Usual}
		for i := range check.By {
			c.TakenBy = append(c.TakenBy, *taken(&check.By[i]))
		}
		d.Check = &c
	}
	return d
}

func taken(t *ranges.Taken) *RangeTaken {
	if t == nil {
		return nil
	}
	return &RangeTaken{Range: t.Range.String(), Kind: string(t.Kind), Owner: t.Owner()}
}

// Text is the document for people, wrapped for a width in cells; 0 for the usual one.
func (d Ranges) Text(width int, ascii bool) string {
	if width <= 0 {
		width = doctorWide
	}
	p := paragraphs{width: width}
	if d.Check != nil {
		d.Check.say(&p)
	}
	p.say(0, d.Conclusion)
	for i, o := range d.Offers {
		if i == 0 {
			p.say(0, "")
		}
		o.say(&p)
	}
	if len(d.Unread) > 0 {
		p.say(0, "")
		p.say(0, "Not read, so what is offered may be taken there:")
	}
	for _, g := range d.Unread {
		p.say(2, "▲ "+g.What+": "+g.Why)
		if g.NextStep != "" {
			p.say(4, "→ "+g.NextStep)
		}
	}
	p.say(0, "")
	p.say(0, "Seen: "+d.seen()+". Allowed: "+d.Allowed.Source+".")
	p.say(0, d.NotKnown)
	if ascii {
		return theme.ASCII(p.text.String())
	}
	return p.text.String()
}

// paragraphs is a text that is wrapped.
type paragraphs struct {
	text  strings.Builder
	width int
}

// say adds a paragraph, set in by some cells.
func (p *paragraphs) say(indent int, text string) {
	for _, line := range cell.Wrap(text, max(40, p.width-indent), 0) {
		p.text.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+line, " ") + "\n")
	}
}

func (c RangeCheck) say(p *paragraphs) {
	p.say(0, c.verdict())
	for _, t := range c.TakenBy {
		p.say(4, t.Range+" "+t.Owner)
	}
	if c.Usual != "" {
		p.say(4, "Such a range is "+c.Usual+".")
	}
	p.say(0, "")
}

func (o RangeOffer) say(p *paragraphs) {
	p.say(0, o.Range)
	p.say(4, "above  "+beside(o.Above))
	p.say(4, "below  "+beside(o.Below))
	if o.Room != o.Range {
		p.say(4, "room   "+o.Room+" around it is free")
	}
	if o.Usual != "" {
		p.say(4, "usual  "+o.Usual)
	}
}

func (c RangeCheck) verdict() string {
	symbol := "●"
	if !c.Free {
		symbol = "▲"
	}
	return symbol + " " + c.Sentence
}

func (d Ranges) seen() string {
	s := d.Seen
	return ranges.Seen{Networks: s.Networks, VNets: s.VNets, Hubs: s.Hubs, Subscriptions: s.Subscriptions, Tenants: s.Tenants}.String()
}

func beside(t *RangeTaken) string {
	if t == nil {
		return "nothing that is known"
	}
	return t.Range + " " + t.Owner
}
