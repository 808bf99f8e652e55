package watch_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

func notThere(code string) model.Failure {
	return model.Failure{Kind: model.FailureNotFound, Code: text(code), Cause: text("not there")}
}

// moved is the VNET of the first network at another place.
func (f *fake) moved(guid string) model.VNet {
	ref := model.VNetRef{SubscriptionID: text("s2"), ResourceGroup: text("g2"), Name: text("v-aaa")}
	return model.VNet{ID: ref.ID(), Name: ref.Name, GUID: text(guid)}
}

// A VNET that was read once is known again by its resource GUID, wherever it is then; the
// search ends when it is back.
func TestAVNetThatWasMovedIsFoundByItsGUID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		v := f.vnets["v-aaa"]
		v.GUID = text("guid-1")
		f.vnets["v-aaa"] = v
		r := run(t, f)
		if s := r.after(time.Second); s.Networks[0].Finding.Severity != model.SeverityOK || f.count("search") != 0 {
			t.Fatalf("%+v, %d searches", s.Networks[0].Finding, f.count("search"))
		}
		f.edit(func() {
			f.fail = func(call, _ string) error {
				if call == "vnet" {
					return notThere("ResourceNotFound")
				}
				return nil
			}
			f.search = model.VNetSearch{Subscriptions: 2, VNets: []model.VNet{f.moved("GUID-1")}}
		})
		s := r.after(2 * time.Minute)
		p := s.Networks[0].Peerings[0]
		if p.Finding.Code != "azure-vnet-moved" || len(p.Azure.Place.Elsewhere) != 1 || !p.Azure.Place.Elsewhere[0].Same || f.count("search") != 1 {
			t.Errorf("%+v %+v, %d searches", p.Finding, p.Azure.Place.Elsewhere, f.count("search"))
		}
		f.edit(func() { f.fail = nil })
		if s := r.after(2 * time.Minute); s.Networks[0].Finding.Severity != model.SeverityOK || s.Networks[0].Peerings[0].Azure.Place.Searched {
			t.Errorf("it is back: %+v", s.Networks[0].Finding)
		}
		searches := f.count("search")
		r.after(time.Hour)
		if f.count("search") != searches {
			t.Error("it is looked for although it is back")
		}
	})
}

// What cannot be listed leaves the rest as it is: nothing is called unreadable for it.
func TestASearchThatFailsIsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		f.fail = func(call, _ string) error {
			switch call {
			case "vnet":
				return notThere("SubscriptionNotFound")
			case "search", "subscriptions":
				return model.Failure{Kind: model.FailurePermission, Cause: text("you may not")}
			}
			return nil
		}
		s := run(t, f).after(time.Second)
		if p := s.Networks[0].Peerings[0]; p.Finding.Code != "azure-subscription-missing" || p.Azure.Place.Searched || len(s.Failures) != 0 || s.Azure.State != model.SourceLive {
			t.Errorf("%+v, %+v, %v", p.Finding, s.Failures, s.Azure.State)
		}
	})
}

// One list tells the states of all subscriptions of a tenant.
func TestTheStateOfASubscription(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(3)
		f.subscriptions = []model.Subscription{{ID: text("other"), State: text("Disabled")}, {ID: text("S"), Name: text("acme"), State: text("Warned")}}
		s := run(t, f).after(time.Second)
		if got := s.Networks[2].Peerings[0].Finding.Code; got != "azure-subscription-warned" || f.count("subscriptions") != 1 {
			t.Errorf("%s, after %d lists", got, f.count("subscriptions"))
		}
	})
}
