package setup_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// What is destroyed has its name typed; what is not is asked about; and every sequence has
// steps, words and a question of its own.
func TestSequences(t *testing.T) {
	t.Parallel()
	p := model.Peering{ID: safe.New("p-1"), Name: safe.New("hub"), VNet: model.VNetRef{Name: safe.New("vnet-hub")}}
	half := model.VNetPeering{ID: safe.New("/x/kong"), Name: safe.New("kong"), GUID: safe.New("g-1")}
	asked := map[string]bool{}
	for _, by := range finding.Sequences() {
		if !by.OfPeering() {
			continue
		}
		plan := setup.MendPlan{By: by, Network: model.Network{Name: safe.New("eu-prod")}, Peering: p, VNet: p.VNet, Half: half}
		a := plan.Ask()
		if by.Destroys() != !a.Confirm.IsEmpty() || asked[a.Text] || by.Title() == string(by) {
			t.Errorf("%s asks %+v", by, a)
		}
		asked[a.Text] = true
		steps := setup.Request{Mend: &setup.Mend{By: by, Peering: p.ID}}.Steps()
		if steps[0] != setup.StepMend || steps[len(steps)-1] != setup.StepReady {
			t.Errorf("%s has the steps %v", by, steps)
		}
		if right, needed := plan.Right(); !needed || strings.HasSuffix(right.Action, "/delete") != by.Destroys() {
			t.Errorf("%s needs %+v", by, right)
		}
		for _, id := range steps {
			if id.Title() == string(id) || id.About() == "" {
				t.Errorf("the step %s has no words", id)
			}
		}
	}
}

// A half that was made anew under the same name is another one than was agreed to.
func TestAgreedHalf(t *testing.T) {
	t.Parallel()
	one := model.VNetPeering{ID: safe.New("/x/kong"), GUID: safe.New("g-1")}
	two := one
	two.GUID = safe.New("g-2")
	if setup.AgreedHalf(one) == setup.AgreedHalf(two) {
		t.Error("the consent to the one is that to the other")
	}
}

// The failures of a run that mends have the codes that explain tells of.
func TestFailuresOfMending(t *testing.T) {
	t.Parallel()
	half := model.VNetPeering{Name: safe.New("kong"), State: model.VNetConnected}
	for code, f := range map[finding.Code]model.Failure{
		"mend-half-lives":     setup.HalfLives(half, safe.New("vnet-hub")),
		"mend-half-unchanged": setup.HalfUnchanged(half, time.Minute),
		"mend-other-now":      setup.OtherNow(setup.Mend{By: finding.MendSync}, finding.Finding{Cause: "c"}, safe.New("hub")),
	} {
		if f.FindingCode() != code || f.Cause.IsEmpty() || f.Cure == "" && code != "mend-other-now" {
			t.Errorf("%s: %+v", code, f)
		}
	}
}

// A peering is mended with the values that Konnect has of it; without a known sequence it is not.
func TestMendOf(t *testing.T) {
	t.Parallel()
	status := model.PeeringStatus{Peering: model.Peering{
		ID: safe.New("p-1"), Name: safe.New("hub"), VNet: model.VNetRef{Name: safe.New("vnet-hub")},
		DNS: []model.DNSMapping{{Domains: []safe.Text{safe.New("a.example")}, Servers: []safe.Text{safe.New("10.0.0.4")}}},
	}}
	n := model.Network{ID: safe.New("n-1")}
	if _, ok := setup.MendOf(n, status); ok {
		t.Error("what no sequence mends is mended")
	}
	status.Finding.Next.Mend = finding.MendRemake
	r, ok := setup.MendOf(n, status)
	if !ok || r.Kind() != setup.RunMend || r.DNS != setup.DNSPeering || len(r.Mappings) != 1 || r.Network.Raw() != "n-1" || r.Key() == (setup.Request{Network: r.Network, VNet: r.VNet}).Key() {
		t.Errorf("%+v", r)
	}
}
