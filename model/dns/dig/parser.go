package dig

import (
	"strings"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// section is the part of an answer in which the next record stands.
type section int

const (
	sectionNone section = iota
	sectionQuestion
	sectionAnswer
	sectionAuthority
	sectionAdditional
	sectionOPT
)

// parser reads lines into exchanges. At most one exchange is open at a time.
type parser struct {
	result *Result
	cmd    args  // of the last command that was seen
	echoed bool  // it is from dig's own first line, and holds for one answer
	open   bool  // something of an exchange was read
	b      block // the open exchange
}

// block is an exchange that is being read.
type block struct {
	server, name, kind string
	over               dnsverdict.Transport
	patience           time.Duration // of each try
	banner             bool          // dig's first line was seen
	reply              bool          // the header of an answer was seen
	closed             bool          // the lines at its end were seen
	flags              map[string]bool
	r                  dnsverdict.Reply
	took               time.Duration
	section            section
	answers            []dnsverdict.Record
	servers            []safe.Text // of NS records, should it be a referral
	outcome            dnsverdict.Outcome
	reason             string
	tries, lost        int
	foreign            int
	foreignWhy         string
	cut                bool // UDP said "truncated", TCP came after
	joined             string
	joinedLines        int
}

func (p *parser) lines(text string) {
	for line := range strings.Lines(text) {
		p.line(strings.TrimSuffix(line, "\n"))
	}
}

func (p *parser) line(line string) {
	trimmed := strings.TrimSpace(line)
	if a, ok := command(trimmed); ok {
		p.end()
		p.cmd, p.echoed = a, false
		if a.short || a.other {
			p.result.notef("dig was run with +%s; run it without: the code, the flags and the server are needed", a.form())
		}
		return
	}
	if p.b.joined != "" {
		p.join(trimmed)
		return
	}
	switch {
	case strings.HasPrefix(trimmed, "; <<>> DiG"):
		p.banner(trimmed)
	case header(trimmed):
		p.header(trimmed)
	case strings.HasPrefix(trimmed, ";"):
		if !p.trouble(trimmed) && p.open {
			p.comment(trimmed)
		}
	case trimmed == "" || !p.open:
	default:
		p.record(trimmed)
	}
}

// banner reads dig's first line, which repeats its arguments. Trouble stands before it.
func (p *parser) banner(line string) {
	if p.b.banner || p.b.reply {
		p.end()
	}
	if _, rest, ok := strings.Cut(strings.TrimPrefix(line, "; <<>>"), "<<>>"); ok {
		p.cmd, p.echoed = parseArgs(strings.Fields(rest)), true
	}
	p.b.banner, p.open = true, true
}

// header begins an answer.
func header(line string) bool {
	return strings.HasPrefix(line, ";; ->>HEADER<<-") || strings.HasPrefix(line, ";; opcode:")
}

func (p *parser) header(line string) {
	if p.b.reply {
		was := p.b
		p.end()
		if !was.closed { // another answer of the same command
			p.b.banner = was.banner
		}
	}
	p.open, p.b.reply, p.b.section = true, true, sectionNone
	if code := field(line, "status:"); code != "" {
		p.b.r.Code = dnsverdict.RCode(safe.Clean(strings.ToUpper(code)))
	}
}

// field returns the word behind a label, without what ends it.
func field(line, label string) string {
	_, rest, ok := strings.Cut(line, label)
	if !ok {
		return ""
	}
	rest = strings.TrimSpace(rest)
	if i := strings.IndexAny(rest, ",; \t"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// end closes the open exchange and keeps it.
func (p *parser) end() {
	b, opened := p.b, p.open
	p.b, p.open = block{}, false
	if !opened {
		return
	}
	defer func() {
		if p.echoed {
			p.cmd, p.echoed = args{}, false
		}
	}()
	if b.joined != "" {
		p.result.notef("the text ends inside a record of %s", b.name)
	}
	if len(p.result.Exchanges) >= maxExchanges {
		p.result.notef("only the first %d answers were read", maxExchanges)
		return
	}
	p.result.Exchanges = append(p.result.Exchanges, p.exchanges(b)...)
}

// exchanges makes of a block what a prober would have made.
func (p *parser) exchanges(b block) []dnsverdict.Exchange {
	if !b.reply && b.outcome == "" && b.foreign == 0 {
		return nil // a banner, and nothing came of it
	}
	e := dnsverdict.Exchange{
		Server: safe.New(first(b.server, p.cmd.server)), Name: safe.New(strings.TrimSuffix(first(b.name, p.cmd.name), ".")), Type: first(b.kind, p.cmd.kind),
		Recursion: !p.cmd.noRecursion, Transport: b.over, Took: b.took, Sent: max(1, b.tries), Lost: b.lost, Waited: b.took,
		Foreign: b.foreign, ForeignWhy: b.foreignWhy,
	}
	if e.Type == "" && p.cmd.name != "" {
		e.Type = "A" // as dig does
	}
	if !p.cmd.seen && b.reply {
		e.Recursion = b.flags["rd"]
	}
	if e.Transport == "" {
		e.Transport = p.cmd.over()
	}
	e.Waited += time.Duration(b.lost) * first(b.patience, p.cmd.patience, usualPatience)
	if !p.cmd.noEDNS {
		e.EDNS = dnsverdict.EDNSUsed
	}
	e.Step = step(e.Name.Raw(), e.Type, e.Recursion)
	switch {
	case b.reply && !b.flags["qr"]:
		e.Outcome, e.Reason = dnsverdict.OutcomeForeign, safe.New("the message is no reply")
		e.Foreign, e.ForeignWhy = max(1, e.Foreign), "the message is no reply"
	case b.reply:
		e.Outcome, e.Reply, e.Sent = dnsverdict.OutcomeAnswered, b.finish(), max(e.Sent, b.lost+1)
	case b.foreign > 0:
		e.Outcome, e.Reason = dnsverdict.OutcomeForeign, safe.New(b.foreignWhy)
	default:
		e.Outcome, e.Reason = b.outcome, safe.New(b.reason)
	}
	if !b.cut {
		return []dnsverdict.Exchange{e}
	}
	cut := e
	cut.Transport, cut.Outcome, cut.Reason = dnsverdict.UDP, dnsverdict.OutcomeAnswered, safe.Text{}
	cut.Reply = dnsverdict.Reply{Code: first(e.Reply.Code, dnsverdict.NoError), TC: true, AA: e.Reply.AA, RA: e.Reply.RA}
	cut.Took, cut.Waited, cut.Sent, cut.Lost = 0, 0, 1, 0
	e.Transport = dnsverdict.TCP
	return []dnsverdict.Exchange{cut, e}
}

func first[T comparable](list ...T) T {
	var zero T
	for _, v := range list {
		if v != zero {
			return v
		}
	}
	return zero
}

// finish closes the reply of a block.
func (b *block) finish() dnsverdict.Reply {
	r := b.r
	r.AA, r.RA, r.TC = b.flags["aa"], b.flags["ra"], b.flags["tc"]
	if r.Code == "" {
		r.Code = dnsverdict.NoError
	}
	if len(b.answers) == 0 {
		r.Elsewhere = b.servers
	}
	r.Answers, r.More, r.Sum = dnsverdict.Compact(b.answers)
	r.Cover = dnsverdict.CoverOf(b.answers)
	return r
}
