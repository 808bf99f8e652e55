package azurenet

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// carried holds a step of replies that no user's route leads away to what Azure's half of
// the peering really routes: it keeps the ranges that it had when it was last in sync, and
// what lies beside them is dropped.
func (a at) carried(s Step, what string, far, peered []model.Prefix) Step {
	want := spansOf(rangesOf(far)...)
	in, out := want.split(spansOf(rangesOf(peered)...))
	if s.Outcome != Open || len(peered) == 0 || len(out) == 0 {
		return s
	}
	why := "Azure's half of the peering routes " + phrase.List(peered) + ", and not " + out.name() + " of the network: " + what + "that are dropped"
	if len(in) == 0 {
		why = "Azure's half of the peering routes " + phrase.List(peered) + ", and nothing of " + whole(far) + ": " + what + "it are dropped"
	}
	step := closed(StepBack, CodeNotRouted, why, "Ask Kong which range the network has.")
	step.Finding.Next.Kind = finding.NextSupport
	if len(in) > 0 {
		step.Outcome = Partly
	}
	half, found := find(a.facts.VNet.Peerings, func(p model.VNetPeering) bool { return model.SameRanges(p.Routed, peered) })
	subscription, group, vnet, ok := Place(a.facts.VNet.ID)
	if found && ok && spansOf(rangesOf(half.RemoteNow)...).holds(out) {
		step.Finding.Next.Text = "Sync your half of the peering, which takes the network's present ranges; it causes no interruption."
		step = step.run(Az("network vnet peering sync", "--subscription", subscription, "--resource-group", group, "--vnet-name", vnet, "--name", half.Name.String()))
	}
	return step.by(half.ID, half.Name)
}
