package verdict_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Every symptom is in the catalogue with what it says, every number that ever was too, and
// what no symptom gives any more names those that speak in its place.
func TestTheCatalogueKnowsTheSymptoms(t *testing.T) {
	t.Parallel()
	given := dnsverdict.Codes()
	known := map[finding.Code]finding.Entry{}
	for _, e := range finding.Entries() {
		known[e.Code] = e
	}
	for number := 1; number <= 51; number++ {
		code := finding.Code(fmt.Sprintf("N%02d", number))
		e, there := known[code]
		if !there || e.Subject != finding.OfName || e.Title == "" || e.Means == "" || e.Retired() == slices.Contains(given, code) {
			t.Errorf("%s: %+v", code, e)
		}
		if !e.Retired() && (e.Reads == "" || e.Source == "" || len(e.Severities) == 0) {
			t.Errorf("%s: %+v", code, e)
		}
	}
	cases := readings()
	maps.Copy(cases, moreReadings())
	for about, r := range cases {
		for _, f := range dnsverdict.Diagnose(r.it) {
			if e, there := known[f.Code]; f.Code != "" && (!there || !slices.Contains(e.Severities, f.Severity)) {
				t.Errorf("%s: %s is %s, and the catalogue says %v", about, f.Code, f.Severity, e.Severities)
			}
		}
	}
}
