package paths

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The codes of what stands of the paths beside their hosts.
const (
	CodeRulesUnread  finding.Code = "path-rules-unread"
	CodeLastRead     finding.Code = "path-last-reading"
	subjectOfReading              = "last reading of paths"
)

// Standing is what the security groups and route tables around the peered VNETs say, which
// the watcher reads: where replies go another way, and where port 53 of a mapped server is
// closed. The same finding of several subnets is said once.
func Standing(n *model.NetworkStatus, vnets []VNet) []model.PathFinding {
	var out []model.PathFinding
	var read []VNet
	for _, v := range vnets {
		if !v.Unread {
			read = append(read, v)
			continue
		}
		name := v.Ref.Name.String()
		out = append(out, model.PathFinding{Subject: v.Ref.Name, ID: v.Peering, Finding: finding.Finding{
			Code: CodeRulesUnread, Severity: finding.Working, Word: "reading", Cause: "The security groups and route tables of the subnets of " + name + " are being read.",
			Next: finding.Next{Kind: finding.NextWait, Text: "Wait a moment."},
		}})
	}
	for _, w := range (Facts{Network: n, VNets: read}).WaysBack() {
		subject := w.VNet.Name.String()
		if !w.Subnet.IsEmpty() {
			subject += " › " + w.Subnet.String()
		}
		for _, f := range w.Findings {
			if f.NeedsPerson() && !said(out, w.Peering, f) {
				out = append(out, model.PathFinding{Subject: safe.New(subject), ID: w.Peering, Finding: f})
			}
		}
	}
	return out
}

// said reports whether a finding of a peering's VNET is in a list: the same one, or another
// that is not known for the same failure and is settled by the same step.
func said(list []model.PathFinding, peering safe.Text, f finding.Finding) bool {
	return slices.ContainsFunc(list, func(p model.PathFinding) bool {
		return p.ID == peering && p.Finding.Same(f) && (p.Finding.Cause == f.Cause || f.Because != "" && p.Finding.Because == f.Because)
	})
}

// Rests names what a reading of a network's paths rests on: once one of these is another,
// the reading says nothing of the present.
func Rests(n *model.NetworkStatus) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%s", n.State, n.CIDR.Text.Raw())
	for i := range n.Peerings {
		p := &n.Peerings[i]
		h := p.Azure.Peering
		fmt.Fprintf(&b, "|%s %s %d %s %s %s %s %s", p.ID.Raw(), p.State, p.Azure.Status, h.State, h.Sync, phrase.List(p.Azure.VNet.AddressPrefixes), phrase.List(h.Local), phrase.List(h.Routed))
		mapped(&b, p.DNS)
	}
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		fmt.Fprintf(&b, "|%s %s", d.ID.Raw(), d.State)
		mapped(&b, d.DNS)
	}
	for _, r := range n.References {
		fmt.Fprintf(&b, "|%s", r.ControlPlaneID.Raw())
	}
	return b.String()
}

func mapped(b *strings.Builder, list []model.DNSMapping) {
	for _, m := range list {
		fmt.Fprintf(b, ";%s>%s", phrase.List(m.Domains), phrase.List(m.Servers))
	}
}

// Kept is what is kept of a whole reading for the verdict of its network; false where it was
// not made to its end. A service that goes over the Internet is none that harms: public
// services are used on purpose, and the list of paths names them.
func (v View) Kept() (model.PathsRead, bool) {
	if v.State != Done || v.Network == nil || v.Failure != nil {
		return model.PathsRead{}, false
	}
	out := model.PathsRead{At: v.Begun, Services: len(v.Hosts), Rests: Rests(v.Network)}
	for _, h := range v.Hosts {
		f := harmful(h.Findings)
		if f.Severity >= finding.Attention {
			out.Faults = append(out.Faults, model.PathFault{Service: safe.New(h.Service.Label()), Code: f.Code, Severity: f.Severity})
		}
	}
	return out, true
}

// harmful is the most urgent finding that counts for the network.
func harmful(list []finding.Finding) finding.Finding {
	for _, f := range list {
		if f.Code != CodeInternet {
			return f
		}
	}
	return finding.Finding{}
}

// OfReading is what the last reading of the paths found.
func OfReading(n *model.NetworkStatus) []model.PathFinding {
	r := n.PathsRead
	if r == nil || len(r.Faults) == 0 {
		return nil
	}
	worst := finding.Attention
	var names []string
	for _, f := range r.Faults {
		worst = max(worst, f.Severity)
		if name := f.Service.String(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	const some = 3
	return []model.PathFinding{{Subject: safe.New(subjectOfReading), ID: n.ID, Finding: finding.Finding{
		Code: CodeLastRead, Severity: worst, Word: "paths", Confidence: finding.Likely,
		Cause: fmt.Sprintf("The last reading of its paths, at %s UTC, found something wrong with %d of %s: %s.",
			r.At.UTC().Format("2006-01-02 15:04"), len(r.Faults), phrase.Count(r.Services, "service"), phrase.Few(names, some)),
		Next: finding.Next{Kind: finding.NextCommand, Text: "Read them again: it says of each what is wrong, and what to do.", Command: "peerdeck paths --network " + model.ShellQuote(n.Name.Or(n.ID.Raw()).String())},
	}}}
}
