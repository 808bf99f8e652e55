package azure_test

import (
	"testing"

	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Every code that Azure's facts give is in the catalogue.
func TestTheCatalogueKnowsTheCodes(t *testing.T) {
	known := map[finding.Code]finding.Entry{}
	for _, e := range finding.Entries() {
		known[e.Code] = e
	}
	for _, code := range azuredns.Codes() {
		e, there := known[code]
		if !there || e.Title == "" || e.Means == "" || e.Reads == "" || e.Source == "" || e.Retired() {
			t.Errorf("%s: %+v", code, e)
		}
	}
}
