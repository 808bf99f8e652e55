package model_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

func TestQuery(t *testing.T) {
	network := &model.NetworkStatus{
		Network:  model.Network{Name: text("eu-Prod"), Region: text("northeurope"), CIDR: model.NewPrefix(text("10.0.0.0/16")), State: model.NetworkReady},
		Provider: model.ProviderAzure,
		Peerings: []model.PeeringStatus{{
			Peering: model.Peering{Name: text("big hub"), State: model.PeeringError, VNet: model.VNetRef{Name: text("vnet-ü")}},
			Finding: finding.Finding{Word: "broken"},
		}},
		Finding: finding.Finding{Severity: model.SeverityBroken, Word: "broken"},
	}
	for query, want := range map[string]bool{
		"":                       true,
		"   ":                    true,
		"prod":                   true,
		"PROD north":             true,
		"prod westus":            false,
		"!westus":                true,
		"!prod":                  false,
		"region:north":           true,
		"!region:north":          false,
		"name:north":             false,
		"severity:broken":        true,
		"severity:BR":            true,
		"severity:ok":            false, // although it is in "broken"
		"!severity:ok":           true,
		"state:error":            true,
		"state:ready":            true,
		"state:creat":            false,
		"provider:azure":         true,
		`"big hub"`:              true,
		`peering:"big hub"`:      true,
		`"big  hub"`:             false,
		`"!prod"`:                false, // in quotes the mark is plain text
		`!"big hub"`:             false,
		"!":                      true,
		"!!prod":                 true,
		"vnet:Ü":                 true,
		"10.0.0.0/16":            true,
		"10:00":                  false, // no key, so it is searched as it stands
		`"region:north"`:         false, // quotes before the colon make it plain text
		`peering:"unfinished hu`: false,
		"region:":                true, // a key still being typed filters nothing
	} {
		q, err := model.ParseQuery(query, model.NetworkKeys())
		if err != nil {
			t.Errorf("%q: %v", query, err)
			continue
		}
		if got := q.Match(func(k string) []string { return model.NetworkFields(network, k) }); got != want {
			t.Errorf("%q matched: %v", query, got)
		}
	}
}

func TestQueryNamesTheKeys(t *testing.T) {
	_, err := model.ParseQuery("regoin:", model.NetworkKeys())
	if err == nil || !strings.Contains(err.Error(), `"regoin"`) || !strings.Contains(err.Error(), "region") {
		t.Errorf("got %v", err)
	}
}

func TestEveryKeyHasFields(t *testing.T) {
	n := &model.NetworkStatus{Peerings: []model.PeeringStatus{{}}, ControlPlanes: []model.ControlPlane{{}}}
	for _, key := range model.NetworkKeys() {
		if model.NetworkFields(n, key) == nil {
			t.Errorf("key %s looks nowhere", key)
		}
	}
	if model.NetworkFields(n, "nonsense") != nil {
		t.Error("a key that is none must look nowhere")
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"", "a", `!"x y"`, "name:", `state:"r`, "::", "!!", `"`, "ü:ö", "name:\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := model.ParseQuery(s, model.NetworkKeys())
		if err != nil {
			if !strings.Contains(err.Error(), "no key") || (utf8.ValidString(s) && !utf8.ValidString(err.Error())) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if strings.TrimSpace(s) == "" && !q.IsEmpty() {
			t.Fatalf("%q is not empty", s)
		}
		q.Match(func(string) []string { return []string{s, "x"} })
	})
}
