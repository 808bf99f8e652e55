package table

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// harmful are the warnings that say, of a table that is in force, that names do not
// resolve, or may go to the wrong server. The others are advice for whoever edits it.
func harmful(rule string) bool {
	return slices.Contains([]string{"D23", "D24", "D27", "D28", "S10", "S12", "S17", "S19"}, rule)
}

// Standing judges the tables of a network as they are in Konnect: what in them keeps
// names from resolving, and how many rules could not look for want of facts. What is
// about a change, and what a peering or a resolver says of itself, is not among it.
func Standing(n *model.NetworkStatus) (found []model.MappingFinding, unchecked int) {
	return NewRulebook().Standing(n)
}

// Standing is [Standing], for whoever judges one network after the other.
func (b *Rulebook) Standing(n *model.NetworkStatus) (found []model.MappingFinding, unchecked int) {
	missing := map[string]bool{}
	look := func(name, id, own safe.Text, mappings []model.DNSMapping, said finding.Code) {
		rows := NewDraft(FromMappings(mappings)).Rows() // which numbers them
		s := SurroundingsOf(n, id)
		s.Own, s.Before = own, rows
		s.Peerings = slices.DeleteFunc(s.Peerings, func(e Elsewhere) bool { return e.ID == own })
		f := newFinder(rows, s)
		problems := slices.DeleteFunc(b.check(f), func(p Problem) bool {
			return p.OfState() || strings.HasPrefix(p.Rule, "T") || p.Severity == Note || p.Severity == Warning && !harmful(p.Rule) ||
				p.Rule == "S08" && said == "dns-error-target" || p.Rule == "D27" && !own.IsEmpty() // said of the resolver
		})
		on := id
		if !own.IsEmpty() {
			on = safe.Text{} // a peering's own table cannot be changed
		}
		for _, one := range b.standing(n, name, on, rows, problems) {
			found = append(found, model.MappingFinding{Table: name, TableID: id, Finding: one})
		}
		for _, u := range b.unchecked(f) {
			missing[u.Rule] = true
		}
	}
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		if d.Kind == model.KindAzureResolver && d.State != model.PrivateDNSTerminated && d.State != model.PrivateDNSTerminating && len(d.DNS) > 0 {
			look(d.Name.Or(d.ID.Raw()), d.ID, safe.Text{}, d.DNS, d.Finding.Code)
		}
	}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p.Kind.Cloud() == model.ProviderAzure && p.State != model.PeeringTerminated && p.State != model.PeeringTerminating && len(p.DNS) > 0 {
			look(p.Name.Or(p.ID.Raw()), p.ID, p.ID, p.DNS, "")
		}
	}
	return found, len(missing)
}

// standing makes one finding of all problems of one rule in a table. On is the resolver in
// whose table they are.
func (b *Rulebook) standing(n *model.NetworkStatus, table, on safe.Text, rows []Row, problems []Problem) []finding.Finding {
	domains := map[RowID]string{}
	for _, r := range rows {
		domains[r.ID] = r.Key.String()
	}
	var order []string
	byRule := map[string][]Problem{}
	for _, p := range problems {
		if len(byRule[p.Rule]) == 0 {
			order = append(order, p.Rule)
		}
		byRule[p.Rule] = append(byRule[p.Rule], p)
	}
	out := make([]finding.Finding, 0, len(order))
	for _, rule := range order {
		first := byRule[rule][0]
		var names []string
		for _, p := range byRule[rule] {
			if d := domains[p.Row]; d != "" && !slices.Contains(names, d) {
				names = append(names, d)
			}
		}
		f := finding.Finding{Code: finding.Code(rule), Severity: model.SeverityAttention, Word: "DNS mapping"}
		if first.Severity == Error {
			f.Severity = model.SeverityBroken
		}
		f.Cause = fmt.Sprintf("The table of %s: %s", table, first.Text)
		if len(names) > 0 {
			const some = 3
			f.Cause = fmt.Sprintf("The table of %s, %s %s: %s", table, phrase.Noun(len(names), "row"), phrase.Few(names, some), first.Text)
		}
		f.Next = finding.Next{Kind: finding.NextTable, Text: b.next[rule], Command: "peerdeck dns lint --network " + model.ShellQuote(n.Name.Or(n.ID.Raw()).String())}
		if f.Next.Text == "" {
			f.Next.Text = "Look at the table, and change the row."
		}
		if change, determined := fixing(on, rows, byRule[rule]); determined {
			f.Next.Mend, f.Next.Change = finding.MendRow, change
		}
		out = append(out, f)
	}
	return out
}

// fixing is the change of the first row of which a rule knows how it is to be: one row after
// the other is mended. What has another domain then is another row, and for a person.
func fixing(on safe.Text, rows []Row, problems []Problem) (finding.Change, bool) {
	for _, p := range problems {
		at := slices.IndexFunc(rows, func(r Row) bool { return r.ID == p.Row })
		if at >= 0 && p.Fix != nil && p.Fix.Domain == "" && !on.IsEmpty() && (p.Fix.Remove || len(p.Fix.Servers) > 0) {
			return finding.Change{On: on, Domain: rows[at].Key, Was: rows[at].Servers, Servers: safe.Texts(p.Fix.Servers...)}, true
		}
	}
	return finding.Change{}, false
}
