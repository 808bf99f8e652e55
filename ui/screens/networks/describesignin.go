package networks

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
)

// signInFacts tells with which credential both clouds were asked, and which ways to sign
// in gave none.
func signInFacts(list *sheet, a subject) {
	if a.snapshot == nil {
		return
	}
	who := []model.Identity{a.snapshot.SignedIn}
	if a.peering != nil {
		for _, t := range a.snapshot.Tenants {
			if t.ID.EqualFold(a.peering.VNet.TenantID) {
				who = append(who, t.Identity)
			}
		}
	}
	for _, i := range who {
		if !i.IsKnown() {
			continue
		}
		list.head("Sign-in to " + strings.TrimSpace(string(i.Service)+" "+i.Tenant.String()))
		if i.Failure != nil {
			list.add("Failure", i.Failure.Cause.String()+" (finding "+string(i.Failure.FindingCode())+")")
			list.add("Cure", i.Failure.Cure)
		} else {
			list.text("Account", i.Account)
		}
		list.add("By", i.From.Or(i.Source.Words()).String())
		list.time("Holds until", i.Until)
		for _, t := range i.Tried {
			list.add("Tried "+t.From.String(), t.Failure.Cause.String()+" (finding "+string(t.Failure.FindingCode())+")")
		}
	}
}
