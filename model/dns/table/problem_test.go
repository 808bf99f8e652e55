package table_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// That somebody else has changed the table, or that its resolver is at work, is how it
// stands: the rules say so, and it is counted as no error of the table.
func TestHowATableStandsIsNoErrorOfIt(t *testing.T) {
	around := dnstable.Surroundings{Changed: true, Resolver: &model.PrivateDNS{State: model.PrivateDNSInitializing}}
	found := dnstable.Check(table("corp.example.org 10.1.0.4 10.1.0.5", "x 10.1.0.4", "bad..example.org 10.1.0.4"), around)
	state := 0
	for _, p := range found {
		if p.OfState() {
			state++
		}
	}
	if state != 2 {
		t.Fatalf("%d problems say how the table stands: %v", state, found)
	}
	plain, _ := dnstable.CountProblems(dnstable.Check(table("corp.example.org 10.1.0.4 10.1.0.5", "x 10.1.0.4", "bad..example.org 10.1.0.4"), dnstable.Surroundings{}))
	errors, _ := dnstable.CountProblems(found)
	if errors != plain || errors == 0 {
		t.Errorf("%d errors, and %d without the conflict", errors, plain)
	}
}
