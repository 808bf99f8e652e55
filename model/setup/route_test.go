package setup_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

func plane(id, name, geo string) model.ControlPlane {
	return model.ControlPlane{ID: safe.New(id), Name: safe.New(name), Geo: safe.New(geo)}
}

func TestPlaneOf(t *testing.T) {
	t.Parallel()
	all := []model.ControlPlane{plane("1", "shop", "eu"), plane("2", "shop", "us"), plane("3", "labs", "eu")}
	for name, c := range map[string]struct {
		name, geo string
		planes    []model.ControlPlane
		want      string
		says      []string
	}{
		"by name":            {"labs", "", all, "3", nil},
		"by id":              {"2", "", all, "2", nil},
		"by name and region": {"shop", "US", all, "2", nil},
		"several":            {"shop", "", all, "", []string{"1 in eu", "2 in us", "route.geo"}},
		"another region":     {"labs", "us", all, "", []string{"no control plane", "labs in eu"}},
		"none of the name":   {"bank", "", all, "", []string{"no control plane", "shop in eu"}},
		"none at all":        {"shop", "", nil, "", []string{"no control plane runs", "eu-prod"}},
	} {
		got, f := setup.PlaneOf(gateway.Draft{Plane: safe.New(c.name), Geo: safe.New(c.geo)}, safe.New("eu-prod"), c.planes)
		if got.ID.Raw() != c.want || (f == nil) != (c.want != "") {
			t.Errorf("%s: %v, %v", name, got, f)
		}
		for _, part := range c.says {
			if text := f.Error() + " " + f.Cure; !strings.Contains(text, part) {
				t.Errorf("%s: %q does not say %q", name, text, part)
			}
		}
	}
}

// The rules of the form that makes one alone hold for the part of a set-up file.
func TestProblemsOfTheRoute(t *testing.T) {
	t.Parallel()
	r := setup.Request{DNS: setup.DNSNone, Route: &gateway.Draft{Plane: safe.New("shop"), Service: gateway.ServiceDraft{Name: safe.New("orders"), Host: safe.New("10.0.0.4"), Port: safe.New("0")}}}
	var errs, warnings []string
	for _, p := range r.Problems(dnstable.Surroundings{}) {
		switch {
		case !p.Field.IsRoute():
		case p.Fatal():
			errs = append(errs, string(p.Field))
		case p.Asks():
			warnings = append(warnings, string(p.Field))
		}
	}
	if strings.Join(errs, " ") != "route.route.paths" || strings.Join(warnings, " ") != "route.service.port" {
		t.Errorf("errors %v, warnings %v", errs, warnings)
	}
	steps := r.Steps()
	if steps[len(steps)-1] != setup.StepRoute {
		t.Errorf("steps %v", steps)
	}
}
