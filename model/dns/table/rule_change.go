package table

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// changeRules are about the table as a whole and about sending it.
func changeRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "T01"},
			table:    overlaps, needs: needsRangeAndVNets,
		},
		{
			RuleInfo: RuleInfo{ID: "T02"},
			table:    resolverState,
		},
		{
			RuleInfo: RuleInfo{ID: "T03"},
			table: func(f *finder) {
				switch {
				case !f.Changed:
				case f.ChangedAt.IsZero():
					f.whole("Changed by someone else since it was loaded. Review the merge.")
				default:
					f.whole("Changed by someone else at %s. Review the merge.", f.ChangedAt.Format("2006-01-02 15:04:05 MST"))
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "T04"},
			table:    removal,
		},
		{
			RuleInfo: RuleInfo{ID: "T05"},
			line:     worse,
		},
		{
			RuleInfo: RuleInfo{ID: "T06"},
			table:    untested,
		},
	}
}

// resolverState takes ready and error, the two states at rest. What Konnect may call a
// state tomorrow is not assumed to be one of them.
func resolverState(f *finder) {
	if f.Resolver == nil {
		return
	}
	switch f.Resolver.State {
	case model.PrivateDNSReady, model.PrivateDNSError:
	case model.PrivateDNSTerminated, model.PrivateDNSTerminating:
		f.whole("Resolver is %s; it takes no edits. Export the draft, or make a new resolver of it.", string(f.Resolver.State))
	default:
		if f.Resolver.Reason.IsEmpty() {
			f.whole("Resolver is %s; edits open when it is ready.", string(f.Resolver.State))
			return
		}
		f.whole("Resolver is %s (%s); edits open when it is ready.", string(f.Resolver.State), f.Resolver.Reason.String())
	}
}

// removal leaves the counting to the guard that asks for the number, so that the rule
// and the question never differ.
func removal(f *finder) {
	if f.Before == nil || f.asLoaded() {
		return
	}
	now := make([]string, len(f.lines))
	for i := range f.lines {
		if now[i] = f.lines[i].name.ASCII; now[i] == "" {
			now[i] = f.lines[i].row.Key.Raw()
		}
	}
	g := guardOf(f.labels, now)
	if n := g.Number(); n > 0 {
		f.whole("This removes %s. Type %s to confirm.", g.Words(), number(n))
	}
}

// asLoaded reports whether each domain stands where it was when the table was loaded.
func (f *finder) asLoaded() bool {
	if len(f.lines) != len(f.labels) {
		return false
	}
	for i := range f.lines {
		if f.lines[i].name.ASCII != f.labels[i] {
			return false
		}
	}
	return true
}

// worse compares a row with the one that was loaded for the same domain. A server
// counts when it is new in the row, or is asked first now and was not before.
func worse(f *finder, l *line) {
	at, there := f.before[l.name.ASCII]
	if !there || l.name.ASCII == "" || len(f.Probes) == 0 || sameServers(f.Before[at].Servers, l.row.Servers) {
		return
	}
	old := f.Before[at]
	answering := ""
	was := map[string]int{}
	for i, t := range old.Servers {
		label := serverLabel(t)
		was[label] = i
		if answering == "" && f.Probes[ProbeKey{l.name.ASCII, label}].Answered {
			answering = label
		}
	}
	if answering == "" {
		return
	}
	for i, s := range l.good {
		probe, known := f.Probes[ProbeKey{l.name.ASCII, s.label()}]
		at, before := was[s.label()]
		if !known || probe.Answered || before && (i > 0 || at == 0) {
			continue
		}
		f.at(l, s, "%s resolves today through %s; %s does not answer from %s.", l.shown(), answering, s.label(), safe.Clean(probe.Vantage))
	}
}

// untested speaks once of each new server, beside the first row that asks it.
func untested(f *finder) {
	if f.Probes == nil {
		return
	}
	known := map[*spot]bool{} // by what is known of the address, which is one thing for each
	for _, r := range f.Before {
		for _, t := range r.Servers {
			known[f.server(t.Raw()).at] = true
		}
	}
	for key, result := range f.Probes {
		if result.Answered {
			known[f.server(key.Server).at] = true
		}
	}
	for i := range f.lines {
		for _, s := range f.lines[i].good {
			if !known[s.at] {
				f.at(&f.lines[i], s, "Not yet tested: no probe of %s has succeeded. Probe it first.", s.label())
			}
			known[s.at] = true
		}
	}
}

// overlaps names the VNETs whose peering cannot be. A table that asks none of their
// servers loses nothing by it, and must stay open to edits.
func overlaps(f *finder) {
	for _, v := range f.VNets {
		for _, p := range v.Prefixes {
			if !p.Overlaps(f.Network) {
				continue
			}
			const text = "%s %s overlaps the gateway network %s; Azure refuses such a peering."
			found := f.whole(text, v.Name.String(), p.String(), f.Network.String())
			if !f.asks(v) {
				found.Severity = Warning
			}
		}
	}
}

// asks reports whether a row has a server in a VNET.
func (f *finder) asks(v NearVNet) bool {
	for _, l := range f.lines {
		for _, s := range l.servers {
			if s.fault == nil && slices.ContainsFunc(v.Prefixes, func(p model.Prefix) bool { return contains(p, s.addr) }) {
				return true
			}
		}
	}
	return false
}
