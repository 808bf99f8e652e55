package probe

import (
	"context"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

// Trial is what came of one question over one connection.
type Trial struct {
	Outcome    dnsverdict.Outcome
	Message    []byte // the reply as it came; nil unless it was answered
	Reason     string // in a few words, empty for an answer
	Took       time.Duration
	Foreign    int // messages that were no answer to the question
	ForeignWhy string
}

// Question is one message to a server.
type Question struct {
	Over     dnsverdict.Transport
	Server   string // an address with its port
	Message  *dns.Msg
	Patience time.Duration // how long an answer is waited for
}

// Wire asks one question over a connection of its own.
type Wire func(ctx context.Context, q Question) Trial

// tried is the wire of the prober's own connections.
func (p *Prober) tried(ctx context.Context, q Question) Trial {
	t := p.direct(ctx, q.Over, q.Server, q.Message, q.Patience)
	return Trial{t.outcome, t.message, t.reason, t.took, t.foreign, t.foreignWhy}
}

// once asks a question once. An answer that somebody has kept is held against the question
// like one that came just now.
func (p *Prober) once(ctx context.Context, over dnsverdict.Transport, server string, question *dns.Msg, patience time.Duration) trial {
	if p.wire == nil {
		return p.direct(ctx, over, server, question, patience)
	}
	w := p.wire(ctx, Question{over, server, question, patience})
	t := trial{outcome: w.Outcome, reason: w.Reason, took: w.Took, foreign: w.Foreign, foreignWhy: w.ForeignWhy}
	if w.Outcome != dnsverdict.OutcomeAnswered {
		return t
	}
	reply, why := judge(w.Message, question)
	if reply == nil {
		t.outcome, t.reason, t.foreign, t.foreignWhy = dnsverdict.OutcomeForeign, why, t.foreign+1, why
		return t
	}
	t.reply, t.size = reply, len(w.Message)
	return t
}
