package setup

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// RoutePlan is what becomes of a route that drops what goes to the gateways, as it was seen
// at the last look.
type RoutePlan struct {
	Mend    *Mend
	Dropped azurenet.Dropped
	Kept    azurenet.Kept
	VNet    model.VNet
	Writes  []model.Write
}

// Agreed is the deletion that a person agrees to, as the journal writes it down: a route of
// that name that says something else is another one, and so is one that other subnets have
// got meanwhile.
func (p RoutePlan) Agreed() []string {
	c := p.Mend.Change
	return []string{strings.Join([]string{"mend: route", c.On.Raw(), c.Route.Raw(), c.Prefix.Raw(), c.Hop.Raw(), strings.Join(p.with(), ", ")}, " ")}
}

// with names each subnet that has the table.
func (p RoutePlan) with() []string {
	var out []string
	for _, s := range p.Dropped.Subnets {
		out = append(out, "the subnet "+s.String())
	}
	return append(out, p.Kept.Elsewhere(p.VNet.ID)...)
}

// Ask is the one question of the run: what goes, whom that touches, and how it comes back.
func (p RoutePlan) Ask() Ask {
	c := p.Mend.Change
	text := "This deletes a route of the route table " + model.LastSegment(c.On).String() + ": " + c.Route.String() + ", which leads " + c.Prefix.String() + " to the next hop " + c.Hop.String() + ". By it nothing gets to the gateways, and nothing that is in use goes over it; without it the peering's own route counts, for all that has the table: " + phrase.And(p.with()) + "."
	if why := p.Kept.Automation(); why != "" {
		text += " Mind that " + why + ": it may make the route again at its next run, so have it taken out of its code too."
	}
	return confirm(text+" To have it back: "+azurenet.PutRoute(c)+". If the route is there to keep the gateways out, leave it. Type the name of the route to begin.", c.Route)
}

// routeWords is a route as a difference: "- kong 10.0.0.0/16 → None".
func routeWords(c finding.Change) string {
	return "- " + c.Route.String() + " " + c.Prefix.String() + " → " + c.Hop.String()
}

// Right is what the signed-in account needs for it.
func (p RoutePlan) Right() Right {
	table := p.Mend.Change.On
	return Right{"Microsoft.Network/routeTables/routes/delete", table, model.LastSegment(table).String(), "delete a route of the route table"}
}

// RouteOther is the failure for a route that is not what it was when it was found wrong.
func RouteOther(p RoutePlan) model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "delete the route", Subject: p.Mend.Change.Route, Finding: "mend-other-now",
		Cause: safe.New("the route leads " + p.Dropped.Route.Prefix.String() + " to " + p.Dropped.Route.NextHop.Or("nobody knows where").String() + " " + p.Dropped.Route.Address.String() + " now: somebody else has changed it, so nothing is changed"),
		Cure:  "Look at the way back again; what is wrong by now is told there.",
	}
}

// NotByRoute is the failure for replies that do not go back for another reason than the route,
// with the step that says why.
func NotByRoute(m *Mend, s azurenet.Step) model.Failure {
	cause, cure := s.Finding.Cause, s.Finding.Next.Line()
	if cause == "" {
		cause = azurenet.Sentence(s.Why)
	}
	if cure == "" {
		cure = "Look at the way back again; what is wrong by now is told there."
	}
	return model.Failure{
		Kind: model.FailureConflict, Operation: "delete the route", Subject: m.Change.Route, Finding: "mend-not-possible",
		Cause: safe.New("The route is not what keeps replies from going back, so nothing more is changed. " + cause), Cure: cure,
	}
}

// RouteStays is the failure for a route whose deletion Azure took, and that is still shown.
func RouteStays(m *Mend) model.Failure {
	return model.Failure{
		Kind: model.FailureTimeout, Operation: "delete the route", Subject: m.Change.Route, Finding: "mend-no-effect", Retryable: true,
		Cause: safe.New("Azure took the deletion, and the route is there by now"), Cure: "Look at the route table's activity log for the reason; then retry.",
	}
}
