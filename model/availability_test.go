package model_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

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
