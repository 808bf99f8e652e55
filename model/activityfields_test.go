package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestActivityTrouble(t *testing.T) {
	for _, c := range []struct {
		of   model.Activity
		want bool
	}{
		{model.Activity{Kind: model.ActivityProblem}, true},
		{model.Activity{Kind: model.ActivityChange}, false},
		{model.Activity{Kind: model.ActivityNote, Status: 500}, false},
		{model.Activity{Kind: model.ActivityRequest, Status: 200}, false},
		{model.Activity{Kind: model.ActivityRequest, Status: 399}, false},
		{model.Activity{Kind: model.ActivityRequest, Status: 400}, true},
		{model.Activity{Kind: model.ActivityRequest}, true}, // no answer
	} {
		if got := c.of.Trouble(); got != c.want {
			t.Errorf("%s %d: %v", c.of.Kind, c.of.Status, got)
		}
	}
}

func TestActivityFields(t *testing.T) {
	a := model.Activity{
		Kind: model.ActivityRequest, Service: "Konnect", Method: "GET", Target: safe.New("/x"), Status: 404,
		Network: safe.New("eu-prod"), Object: safe.New("hub"), Trace: safe.New("t-1"),
	}
	for key, want := range map[string]string{"kind": "request", "service": "Konnect", "network": "eu-prod", "peering": "hub", "status": "404", "id": "t-1"} {
		if got := a.Field(key); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
		if !slices.Contains(model.ActivityKeys(), key) {
			t.Errorf("%s is no key of a filter", key)
		}
	}
	for _, part := range []string{"404", "eu-prod", "hub", "Konnect"} {
		if !strings.Contains(strings.Join(a.Field(""), " "), part) {
			t.Errorf("a plain word is not searched in %q", part)
		}
	}
}

func TestWhereAnEntryIs(t *testing.T) {
	for want, a := range map[string]model.Activity{
		"Konnect":       {Service: "Konnect"},
		"eu-prod":       {Service: "Konnect", Network: safe.New("eu-prod")},
		"eu-prod › hub": {Service: "Konnect", Network: safe.New("eu-prod"), Object: safe.New("hub")},
	} {
		if got := a.Where(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
