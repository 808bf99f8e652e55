package changes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Who made a change is said where a record names the thing in the time in which it was made,
// and else why nobody is named.
func TestAttribute(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	peering, half := "0d5c9e02-6b0a-4a40-9a0e-7f1f4b6b0001", "/subscriptions/s/resourcegroups/g/providers/microsoft.network/virtualnetworks/v"
	record := func(at time.Duration, who string, objects ...string) changes.Record {
		return changes.Record{At: noon.Add(at), Who: safe.New(who), From: safe.New("203.0.113.9"), Trace: safe.New("t1"), Objects: objects}
	}
	audit := func(list ...changes.Record) changes.Teller {
		return changes.Teller{Name: changes.AuditLog, Keeps: changes.AuditKeeps, Read: noon, From: noon.Add(-changes.AuditKeeps), List: list}
	}
	graph := func(list ...changes.Record) changes.Teller {
		return changes.Teller{Name: changes.ResourceGraph, Of: "t", Keeps: changes.GraphKeeps, Read: noon, From: noon.Add(-changes.GraphKeeps), List: list}
	}
	refused := &model.Failure{Kind: model.FailurePermission, Cause: safe.New("403"), Cure: model.CureAuditLog}
	broke := changes.Entry{At: noon, First: noon, Kind: changes.KindState, Network: safe.New("n"), Peering: safe.New(peering), Sense: changes.Broke}
	unseen := broke
	unseen.Unseen = true
	flapped := broke
	flapped.Times, flapped.First = 3, noon.Add(-time.Hour)
	old := broke
	old.At = noon.AddDate(0, 0, -20)
	old.First = old.At
	for name, c := range map[string]struct {
		entry   changes.Entry
		tellers []changes.Teller
		who     string
		says    []string
	}{
		"a peering of Konnect":      {broke, []changes.Teller{audit(record(-time.Minute, "maria", peering)), graph()}, "maria", nil},
		"the VNET in Azure":         {broke, []changes.Teller{audit(), graph(record(-time.Minute, "azadmin", half))}, "azadmin", nil},
		"the later of two":          {broke, []changes.Teller{audit(record(-time.Minute, "maria", peering)), graph(record(-2*time.Minute, "azadmin", half))}, "maria", nil},
		"another object":            {broke, []changes.Teller{audit(record(-time.Minute, "maria", "other")), graph()}, "", []string{"not known", "Konnect's audit log and Azure Resource Graph name no change", "may lag"}},
		"long before":               {broke, []changes.Teller{audit(record(-time.Hour, "maria", peering))}, "", []string{"names no change"}},
		"after it was seen":         {broke, []changes.Teller{audit(record(10*time.Minute, "maria", peering))}, "", []string{"names no change"}},
		"clocks that differ":        {broke, []changes.Teller{audit(record(time.Minute, "maria", peering))}, "maria", nil},
		"while nobody watched":      {unseen, []changes.Teller{audit(record(-30*time.Hour, "maria", peering))}, "maria", nil},
		"the first of many":         {flapped, []changes.Teller{audit(record(-61*time.Minute, "first", peering), record(-time.Minute, "later", peering))}, "first", nil},
		"refused":                   {broke, []changes.Teller{{Name: changes.AuditLog, Keeps: changes.AuditKeeps, Failure: refused}, graph()}, "", []string{"cannot be read: 403", "which role of Konnect that takes is not documented", "Azure Resource Graph names no change"}},
		"not read yet":              {broke, []changes.Teller{{Name: changes.AuditLog}}, "", []string{"was not read yet"}},
		"older than what is kept":   {old, []changes.Teller{audit(), graph()}, "", []string{"it keeps 7 days", "it keeps 14 days"}},
		"a tenant of somebody else": {broke, []changes.Teller{{Name: changes.ResourceGraph, Of: "other", Failure: refused}}, "", nil},
		"a failure after a good one": {broke, []changes.Teller{func() changes.Teller {
			a := audit(record(-time.Minute, "maria", peering))
			a.Failure = refused
			return a
		}()}, "maria", nil},
	} {
		v := changes.View{Entries: []changes.Entry{c.entry}}.Attribute(c.tellers, func(changes.Entry) changes.Thing {
			return changes.Thing{Konnect: []string{peering}, Azure: []string{half}, Tenant: "t"}
		})
		e := v.Entries[0]
		if e.By.Who.String() != c.who || (c.who == "") != e.By.IsZero() {
			t.Errorf("%s: %+v", name, e.By)
		}
		for _, want := range c.says {
			if !strings.Contains(e.Unknown, want) {
				t.Errorf("%s: %q does not say %q", name, e.Unknown, want)
			}
		}
		if len(c.says) == 0 && e.Unknown != "" {
			t.Errorf("%s: %q", name, e.Unknown)
		}
	}
}

// What was done while nobody watched was done after the last look, and not before it.
func TestAGapBoundsWhoMayHaveBeen(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	v := changes.View{Entries: []changes.Entry{
		{At: noon, First: noon, Kind: changes.KindState, Sense: changes.Broke, Unseen: true},
		{At: noon, First: noon.Add(-8 * time.Hour), Kind: changes.KindGap},
	}}
	of := func(changes.Entry) changes.Thing { return changes.Thing{Konnect: []string{"x"}} }
	for at, want := range map[time.Duration]string{-7 * time.Hour: "maria", -9 * time.Hour: ""} {
		teller := changes.Teller{Name: changes.AuditLog, Read: noon, From: noon.Add(-changes.AuditKeeps), List: []changes.Record{{At: noon.Add(at), Who: safe.New("maria"), Objects: []string{"x"}}}}
		if got := v.Attribute([]changes.Teller{teller}, of).Entries[0].By.Who.String(); got != want {
			t.Errorf("%v: %q", at, got)
		}
	}
	if !v.Entries[0].By.IsZero() {
		t.Error("a view was changed after it was made")
	}
}
