package model_test

import (
	"strings"
	"testing"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// What an answer proves about the server that gave it.
func TestProbeServes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer model.ProbeAnswer
		serves bool
		says   string
	}{
		"a record":              {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NOERROR"), Records: 1}, true, "answers for it"},
		"a record and more":     {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NOERROR"), Records: 1, Addresses: []safe.Text{safe.New("10.1.0.4")}}, true, "10.1.0.4"},
		"no such record":        {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NOERROR"), Zone: safe.New("example")}, true, "answers for it"},
		"a referral":            {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NOERROR"), Referral: true}, false, "other servers"},
		"nothing, of the zone":  {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NXDOMAIN"), Zone: safe.New("Corp.Example")}, true, "answers for it"},
		"nothing, from below":   {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NXDOMAIN"), Zone: safe.New("eu.corp.example")}, true, "answers for it"},
		"nothing, from above":   {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NXDOMAIN"), Zone: safe.New("example")}, false, "no such domain"},
		"nothing, from beside":  {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NXDOMAIN"), Zone: safe.New("badcorp.example")}, false, "no such domain"},
		"nothing, from nowhere": {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("NXDOMAIN")}, false, "no such domain"},
		"a failure":             {model.ProbeAnswer{Outcome: model.ProbeAnswered, RCode: safe.New("SERVFAIL")}, false, "SERVFAIL"},
		"a refusal":             {model.ProbeAnswer{Outcome: model.ProbeRefused, RCode: safe.New("REFUSED")}, false, "REFUSED"},
		"silence":               {model.ProbeAnswer{Outcome: model.ProbeSilent, RCode: safe.New("NOERROR"), Records: 1}, false, "from here"},
		"no way":                {model.ProbeAnswer{Outcome: model.ProbeUnreachable, Reason: safe.New("no route")}, false, "no route"},
		"something else":        {model.ProbeAnswer{Outcome: "puzzled"}, false, "puzzled"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.answer.Domain = safe.New("corp.example")
			if c.answer.Serves() != c.serves || !strings.Contains(c.answer.Words(), c.says) {
				t.Errorf("serves %v: %s", c.answer.Serves(), c.answer.Words())
			}
			// Nothing that may be the way from here is called broken, and only proof is called good.
			if s := c.answer.Severity(); (s == model.SeverityOK) != c.serves || s == model.SeverityBroken {
				t.Errorf("severity %s", s)
			}
		})
	}
}

func TestAvailabilityFindsRegions(t *testing.T) {
	t.Parallel()
	a := model.Availability{Regions: []model.CloudRegion{{Provider: "aws", ID: safe.New("west")}, {Provider: "azure", ID: safe.New("west"), Name: safe.New("West")}}}
	if r, ok := a.Region("azure", safe.New("WEST")); !ok || r.Name.Raw() != "West" {
		t.Errorf("%+v, %v", r, ok)
	}
	if _, ok := a.Region("gcp", safe.New("west")); ok {
		t.Error("a region of another provider was found")
	}
}

// A role that is widened keeps all that it had.
func TestWithKeepsDataActions(t *testing.T) {
	t.Parallel()
	had := model.PermissionSet{Actions: []safe.Text{safe.New("a/read")}, NotActions: []safe.Text{safe.New("b/read")}, DataActions: []safe.Text{safe.New("c/read")}, NotDataActions: []safe.Text{safe.New("d/read")}}
	d := model.RoleDefinition{Permissions: []model.PermissionSet{had}}.With(safe.New("sub"), model.PeeringActions())
	if len(d.Permissions) != 1 || d.Permissions[0].DataActions[0].Raw() != "c/read" || d.Permissions[0].NotDataActions[0].Raw() != "d/read" || d.Permissions[0].NotActions[0].Raw() != "b/read" {
		t.Errorf("got %+v", d.Permissions)
	}
	if missing := d.Missing(model.PeeringActions()); len(missing) != 0 {
		t.Errorf("still missing %v", missing)
	}
}
