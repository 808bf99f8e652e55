package wayin

import (
	"cmp"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The codes of the findings about a way in.
const (
	CodeStale        finding.Code = "entry-stale"
	CodeMissing      finding.Code = "entry-missing"
	CodeOtherNetwork finding.Code = "entry-other-network"
	CodeMixed        finding.Code = "entry-mixed"
	CodeNotPrivate   finding.Code = "entry-not-private"
	CodeGoing        finding.Code = "entry-going"
	CodeNobody       finding.Code = "entry-nobody"
	CodePort         finding.Code = "entry-port"
	CodeProbe        finding.Code = "entry-probe"
	CodeWaiting      finding.Code = "entry-waiting"
	CodeNotKnown     finding.Code = "entry-not-known"
)

// spoken gives an entry its words and its findings.
func (j judging) spoken(e Entry, v VNet) Entry {
	e.Word = e.word()
	c := about{judging: j, e: e, v: v}
	for _, rule := range []func() (finding.Finding, bool){c.stale, c.missing, c.other, c.mixed, c.notPrivate, c.going, c.nobody, c.cannotTell, c.port, c.probe} {
		if f, speaks := rule(); speaks {
			e.Findings = append(e.Findings, f)
		}
	}
	for _, w := range e.Ways {
		for _, s := range w.Passage.Steps {
			if s.Finding.Code != "" && s.Finding.Severity >= finding.Unknown {
				e.Findings = appendNew(e.Findings, s.Finding)
			}
		}
	}
	slices.SortStableFunc(e.Findings, func(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	e.Why = e.complete()
	if e.Kind == KindRecord && len(e.Findings) == 0 {
		e.Why += " Kong's documents let names that clients use lead to the edge before the gateway, and not to its addresses."
	}
	if len(e.Findings) > 0 {
		e.Why = e.Findings[0].Cause
	}
	return e
}

// about is an entry with what its rules look at.
type about struct {
	judging

	e Entry
	v VNet
}

func (a about) name() string { return a.network.Name.Or(a.network.ID.Raw()).String() }

// denies reports whether the entry is a rule that keeps traffic out: what it leaves out, or
// names in vain, does no harm.
func (a about) denies() bool {
	r, found := a.e.rule(a.v)
	return a.e.Kind == KindRule && found && safe.New("deny").EqualFold(r.Access)
}

// stale speaks where the entry names addresses that no data plane has.
func (a about) stale() (finding.Finding, bool) {
	stale := a.e.that(IsStale)
	if len(stale) == 0 || a.denies() {
		return finding.Finding{}, false
	}
	n := len(stale)
	f := finding.Finding{
		Code: CodeStale, Severity: finding.Attention, Word: "stale",
		Cause: phrase.Capital(a.e.what()) + " " + a.does() + " " + phrase.And(addressesOf(stale)) + ", which no data plane of " + a.name() + " has: " + phrase.Either(n, "the address is lost", "the addresses are lost") + " when a network is made anew.",
		Next:  finding.Next{Kind: finding.NextAdmin},
	}
	if stale[0].Whose != "" {
		f.Cause = phrase.Capital(a.e.what()) + " " + a.does() + " " + phrase.And(addressesOf(stale)) + ", which " + phrase.Either(n, "lies", "lie") + " in " + stale[0].Whose + ": no data plane of " + a.name() + " has " + phrase.Either(n, "it", "them") + "."
	}
	current := len(a.e.that(IsCurrent))
	if a.e.Kind != KindRule {
		switch {
		case current == 0:
			f.Severity = finding.Broken
			f.Cause += " Nobody answers there."
		case a.e.Kind == KindBalancer && !a.probed():
			f.Cause += " No probe takes " + phrase.Either(n, "it", "them") + " out: a part of the requests ends there."
		case a.e.Kind == KindRecord:
			f.Cause += " Clients that are given " + phrase.Either(n, "it", "one of them") + " reach nobody."
		}
	}
	f.Next.Text, f.Next.Command = a.replace(stale), a.e.mend(a.v)
	if f.Next.Command != "" {
		f.Next.Kind = finding.NextCommand
	}
	return f, true
}

// replace says what to do about addresses that are stale.
func (a about) replace(stale []Target) string {
	switch {
	case len(a.e.Missing) > 0:
		return "Let " + a.e.what() + " name " + phrase.And(missingOf(a.e.Missing)) + " in place of " + phrase.And(addressesOf(stale)) + "."
	case len(a.e.Planes) == 0 && len(a.Addresses()) > 0:
		return "Put the addresses of the control plane that it is for in their place; peerdeck paths addresses --network " + a.name() + " lists them."
	case len(a.e.Planes) == 0:
		return "Once data planes are there again, put their addresses in place of " + phrase.And(addressesOf(stale)) + "."
	default:
		return "It names all others already. " + phrase.And(addressesOf(stale)) + " can go once its owner knows of no other use; look at it first."
	}
}

// Addresses are those that can be pointed at.
func (a about) Addresses() []Address { return Report{Groups: a.groups}.Addresses() }

func (a about) probed() bool {
	return len(a.e.Ports) > 0 && !slices.ContainsFunc(a.e.Ports, func(p Port) bool { return !p.Probed })
}

// does is what the entry does with addresses, in a sentence.
func (a about) does() string {
	switch a.e.Kind {
	case KindBalancer, KindAppGateway:
		return "sends requests to"
	case KindRecord:
		return "leads to"
	case KindRule:
		return "is for"
	default:
		return "names"
	}
}

// missing speaks where the entry leaves out addresses of the control planes that it is for.
func (a about) missing() (finding.Finding, bool) {
	if len(a.e.Missing) == 0 || len(a.e.that(IsStale)) > 0 || len(a.e.Planes) == 0 || !a.misses() {
		return finding.Finding{}, false
	}
	n := len(a.e.Missing)
	f := finding.Finding{
		Code: CodeMissing, Severity: finding.Attention, Word: "not all",
		Cause: phrase.Capital(a.e.what()) + " leaves out " + phrase.And(missingOf(a.e.Missing)) + " of " + phrase.And(a.e.Planes) + ": " + phrase.Either(n, "that address gets", "those addresses get") + " no requests from there.",
		Next:  finding.Next{Kind: finding.NextCommand, Text: "Add " + phrase.And(missingOf(a.e.Missing)) + " to " + a.e.what() + ".", Command: a.e.mend(a.v)},
	}
	if a.e.Kind == KindRule {
		f.Cause = phrase.Capital(a.e.what()) + " leaves out " + phrase.And(missingOf(a.e.Missing)) + " of " + phrase.And(a.e.Planes) + ", and a rule behind it denies " + phrase.Either(n, "it", "them") + "."
	}
	if f.Next.Command == "" {
		f.Next.Kind = finding.NextAdmin
	}
	return f, true
}

// misses reports whether it matters that the entry leaves something out: a security rule
// that allows may be followed by another one that allows the rest.
func (a about) misses() bool {
	if a.e.Kind != KindRule {
		return true
	}
	r, found := a.e.rule(a.v)
	return found && !a.denies() && a.deniedLater(r)
}

// other speaks where the entry names addresses of another network.
func (a about) other() (finding.Finding, bool) {
	others := a.e.that(IsOther)
	if len(others) == 0 || a.e.Kind == KindRule {
		return finding.Finding{}, false
	}
	f := finding.Finding{
		Code: CodeOtherNetwork, Severity: finding.Attention, Word: "other network",
		Cause: phrase.Capital(a.e.what()) + " " + a.does() + " " + phrase.And(addressesOf(others)) + ", which " + phrase.Either(len(others), "belongs", "belong") + " to " + others[0].Whose + " and not to " + a.name() + ".",
		Next:  finding.Next{Kind: finding.NextAdmin, Text: "Find out which network it is for. The addresses of " + a.name() + " are listed by the command.", Command: "peerdeck paths addresses --network " + quote(a.network.Name.Or(a.network.ID.Raw()))},
	}
	if len(a.e.that(IsCurrent)) == 0 {
		f.Severity = finding.Broken
		f.Cause += " The VNET is not peered with that network: nobody answers there."
	}
	f.Next.Kind = finding.NextCommand
	return f, true
}

// mixed speaks where one pool or name leads to data planes of several control planes.
func (a about) mixed() (finding.Finding, bool) {
	if len(a.e.Planes) < 2 || a.e.Kind == KindRule {
		return finding.Finding{}, false
	}
	return finding.Finding{
		Code: CodeMixed, Severity: finding.Attention, Word: "mixed",
		Cause: phrase.Capital(a.e.what()) + " " + a.does() + " data planes of " + phrase.And(a.e.Planes) + ": each has services and routes of its own, and chance decides which of them answers.",
		Next:  finding.Next{Kind: finding.NextCommand, Text: "Give each control plane a pool and a name of its own.", Command: a.e.show()},
	}, true
}

// notPrivate speaks where the entry names data planes that have public access alone.
func (a about) notPrivate() (finding.Finding, bool) {
	list := a.e.that(IsPublicOnly)
	if len(list) == 0 || a.e.Kind == KindRule { // a rule may be for what they ask
		return finding.Finding{}, false
	}
	return finding.Finding{
		Code: CodeNotPrivate, Severity: finding.Attention, Word: "not private",
		Cause: phrase.Capital(a.e.what()) + " " + a.does() + " " + phrase.And(addressesOf(list)) + " of " + list[0].Whose + ", whose configuration has public access alone.",
		Next:  finding.Next{Kind: finding.NextKonnect, Text: "Give the configuration of " + list[0].Whose + " private access in Konnect (api_access private or private+public), or let requests go to its public name."},
	}, true
}

// going speaks where the entry names data planes that are being taken away.
func (a about) going() (finding.Finding, bool) {
	list := a.e.that(IsGoing)
	if len(list) == 0 || a.denies() {
		return finding.Finding{}, false
	}
	return finding.Finding{
		Code: CodeGoing, Severity: finding.Attention, Word: "going",
		Cause: phrase.Capital(a.e.what()) + " " + a.does() + " " + phrase.And(addressesOf(list)) + " of a group of data planes of " + list[0].Whose + " that is being taken away.",
		Next:  finding.Next{Kind: finding.NextCommand, Text: "Put the addresses of the group that takes its place there; the command lists those that stay.", Command: "peerdeck paths addresses --network " + quote(a.network.Name.Or(a.network.ID.Raw()))},
	}, true
}

// nobody speaks where a backend is in nobody's range that can be seen.
func (a about) nobody() (finding.Finding, bool) {
	list := a.e.that(IsNobody)
	if len(list) == 0 || a.e.Kind == KindRule || a.e.Kind == KindRecord {
		return finding.Finding{}, false
	}
	return finding.Finding{
		Code: CodeNobody, Severity: finding.Unknown, Word: "nobody's",
		Cause:   phrase.Capital(a.e.what()) + " " + a.does() + " " + phrase.And(addressesOf(list)) + ", which lies in no range of the VNET, of its peerings or of a network that can be seen.",
		Next:    finding.Next{Kind: finding.NextCommand, Text: "Ask its owner what was there: a network that is gone, or something behind the VNET's gateway. The command shows whether it answers.", Command: a.e.health()},
		Missing: []string{"whose the address is: no network and no peering that can be read has it"},
	}, true
}

// cannotTell speaks where it is not known whose an address of the entry is, or where a name
// leads.
func (a about) cannotTell() (finding.Finding, bool) {
	list := a.e.that(IsNotKnown)
	if len(list) == 0 {
		return finding.Finding{}, false
	}
	f := finding.Finding{
		Code: CodeNotKnown, Severity: finding.Unknown, Word: "not known",
		Cause: "Whether " + a.e.what() + " names data planes of " + a.name() + " with " + phrase.And(addressesOf(list)) + " cannot be told" + a.because(list[0]) + ".",
		Next:  finding.Next{Kind: finding.NextWait, Text: "Look again once Konnect tells of all data planes of " + a.name() + "."},
	}
	if part := a.network.ReferencesRead; part.Failure != nil {
		f.Because, f.Next = part.Failure.FindingCode(), finding.Next{Kind: finding.NextKonnect, Text: part.Failure.Cure}
	}
	if list[0].Address.IsEmpty() {
		f.Next = finding.Next{Kind: finding.NextCommand, Text: "Look from a machine of the VNET where the name leads.", Command: "dig +short " + quote(list[0].Host)}
	}
	return f, true
}

func (a about) because(t Target) string {
	switch part := a.network.ReferencesRead; {
	case t.Address.IsEmpty() && t.Whose != "":
		return ": it is " + t.Whose + ", and where that leads inside the VNET is not known"
	case t.Whose != "":
		return ": " + t.Whose
	case part.Failure != nil:
		return ": " + part.Failure.Cause.String()
	case !part.Read():
		return ": Konnect's configurations were not read yet"
	default:
		return ": some data planes have no addresses yet"
	}
}
