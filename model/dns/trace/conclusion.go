package trace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Conclusion is what matters first about a trace: what is so, where, what to do now, and
// the command that does it.
type Conclusion struct {
	Severity   finding.Severity
	Code       finding.Code // of the finding that it is; empty where there is none
	Confidence finding.Confidence
	Cause      string // one sentence
	Where      string // the server with its place, or the object in the cloud
	Next       string
	Command    string
}

// Finding is the conclusion as a finding, for a ticket.
func (c Conclusion) Finding() finding.Finding {
	return finding.Finding{Code: c.Code, Severity: c.Severity, Confidence: c.Confidence, Cause: c.Cause, Next: finding.Next{Text: c.Next, Command: c.Command}}
}

// Conclusion returns what matters first. There is always something: that nothing is
// wrong, or what is waited for, where no finding speaks.
func (t Trace) Conclusion() Conclusion {
	switch f, found := t.chief(); {
	case !t.Query.OK():
		c := Conclusion{Severity: finding.Attention, Cause: t.Query.Problem}
		if t.Query.Offer != "" && !strings.Contains(c.Cause, t.Query.Offer) {
			c.Next = "Trace " + t.Query.Offer + "."
		}
		if offer := Read(t.Query.Offer); offer.OK() {
			c.Command = t.commandOf(offer, "")
		}
		return c
	case found && (t.Failure == nil || f.Severity > finding.Unknown):
		c := Conclusion{f.Severity, f.Code, f.Confidence, f.Cause, t.where(f), f.Next.Text, f.Next.Command}
		if c.Command == "" {
			c.Command = t.shows(f)
		}
		return c
	case t.Failure != nil:
		return Conclusion{Severity: finding.Broken, Cause: phrase.Capital(strings.TrimSuffix(t.Failure.Error(), ".")) + ".", Next: t.Failure.Cure}
	case !t.State.Over():
		return Conclusion{Severity: finding.Working, Cause: phrase.Capital(orElse(t.Doing, "it begins in a moment")) + "."}
	case t.byGateway() != "":
		return Conclusion{Severity: finding.OK, Cause: t.byGateway()}
	case !t.right():
		return Conclusion{Severity: finding.Unknown, Cause: "No server was asked."}
	default:
		return Conclusion{Severity: finding.OK, Cause: t.well()}
	}
}

// Next is the next step of the finding that the conclusion is of, as data; empty where it is
// of none.
func (t Trace) Next() finding.Next {
	if f, found := t.chief(); found && t.Query.OK() {
		return f.Next
	}
	return finding.Next{}
}

// chief is the finding that is to be looked at first: the first one, unless it is only
// worth a note.
func (t Trace) chief() (finding.Finding, bool) {
	for _, f := range t.Findings {
		if f.NeedsPerson() || t.stopped(f.Code) {
			return f, true
		}
	}
	return finding.Finding{}, false
}

// stopped reports whether a check failed by a finding.
func (t Trace) stopped(code finding.Code) bool {
	return slices.ContainsFunc(t.Checks(), func(r dnsverdict.Rung) bool { return r.State == dnsverdict.RungFailed && r.Code == code })
}

// Concluded reports whether the conclusion is a finding: while the trace runs, one that no
// answer can take back.
func (c Conclusion) Concluded() bool { return c.Code != "" }

// Also are the findings beside the conclusion.
func (t Trace) Also() []finding.Finding {
	f, found := t.chief()
	out := slices.Clone(t.Findings)
	if !found {
		return out
	}
	at := slices.IndexFunc(out, func(o finding.Finding) bool { return o.Same(f) && o.Cause == f.Cause })
	return slices.Delete(out, at, at+1)
}

// byGateway is what the gateway itself saw, where no server could be asked from here and
// nothing is wrong with it; empty for nothing.
func (t Trace) byGateway() string {
	at := slices.IndexFunc(t.Findings, func(f finding.Finding) bool {
		return f.Code == dnsverdict.CodeGatewayResolved && f.Severity == finding.OK
	})
	if at < 0 || slices.ContainsFunc(t.Servers, func(s Server) bool { return s.Report.Heard() }) {
		return ""
	}
	return t.Findings[at].Cause
}

// well says that a name resolves, and to what.
func (t Trace) well() string {
	who := fmt.Sprintf("All %d servers answer ", len(t.Servers))
	switch len(t.Servers) {
	case 1:
		who = t.Servers[0].Report.Server.String() + " answers "
	case 2:
		who = "Both servers answer "
	}
	text := who + t.Servers[0].Report.Answer()
	if dnsverdict.PublicOnly(t.Servers[0].Report) {
		return text + ", which is public: the gateway goes there by its own way out, and not over a peering. That is right only if the name is meant to be public."
	}
	return text + ". Nothing is wrong with the name, as far as this place can tell."
}

// where says where the thing is that a finding is about.
func (t Trace) where(f finding.Finding) string {
	e, _ := finding.Lookup(string(f.Code))
	n := t.NetworkName.Or(t.Network.Raw()).String()
	p, peering := t.Facts.Peering.Get()
	d, resolver := t.Facts.Resolver.Get()
	switch {
	case len(f.Servers) > 0:
		return t.whereServers(f.Servers)
	case e.Subject == finding.OfPeering && peering:
		return "the peering " + p.Name.Or(p.ID.Raw()).String() + " of " + n + ofVNet(p)
	case e.Subject == finding.OfPrivateDNS && resolver:
		return "the resolver " + d.Name.Or(d.ID.Raw()).String() + " of " + n
	case e.Subject == finding.OfNetwork:
		return "the network " + n
	case f.Code == CodeStepsNotKnown || f.Code == CodeStepFailed:
		return t.whereServers(t.servers())
	default:
		return "the mapping table of " + n
	}
}

// ofVNet names the VNET of a peering by where it is in Azure.
func ofVNet(p model.PeeringStatus) string {
	if p.VNet.IsZero() {
		return ""
	}
	text := ", with the VNET " + p.VNet.Name.String()
	if !p.VNet.ResourceGroup.IsEmpty() {
		text += " (resource group " + p.VNet.ResourceGroup.String() + ")"
	}
	return text
}

// shows is the command that shows the thing that a finding is about, for a step that no
// command can do.
func (t Trace) shows(f finding.Finding) string {
	network := t.NetworkName.Or(t.Network.Raw())
	e, _ := finding.Lookup(string(f.Code))
	switch {
	case network.IsEmpty():
		return ""
	case e.Subject == finding.OfNetwork || e.Subject == finding.OfPeering || e.Subject == finding.OfPrivateDNS && f.Next.Kind != finding.NextTable:
		return "peerdeck status --network " + model.ShellQuote(network.String())
	case e.Subject == finding.OfServer && f.Next.Kind != finding.NextTable:
		return t.command(" --all")
	default:
		return "peerdeck dns list --network " + model.ShellQuote(network.String())
	}
}

// servers are those of the row.
func (t Trace) servers() []safe.Text {
	if w, found := t.Winner(); found {
		return w.Servers
	}
	return nil
}

// whereServers names servers with their places, and the row that they stand in.
func (t Trace) whereServers(servers []safe.Text) string {
	var order []string
	at := map[string][]string{}
	for _, s := range servers {
		f, place := t.Facts.Servers[s], ""
		switch {
		case !f.Subnet.IsEmpty() && !f.VNet.IsEmpty():
			place = " in the subnet " + f.Subnet.String() + " of " + f.VNet.String()
		case !f.VNet.IsEmpty():
			place = " in " + f.VNet.String()
		}
		if _, there := at[place]; !there {
			order = append(order, place)
		}
		at[place] = append(at[place], s.String())
	}
	var out []string
	for _, place := range order {
		out = append(out, phrase.And(at[place])+place)
	}
	text := strings.Join(out, ", ")
	w, found := t.Winner()
	switch {
	case !found:
		return text
	case text == "":
		return fmt.Sprintf("the row %s of the %s %s", w.Domain, w.Origin, w.From)
	default:
		return fmt.Sprintf("%s; the row %s of the %s %s", text, w.Domain, w.Origin, w.From)
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
