package table_test

import (
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestPrivateUse(t *testing.T) {
	for name, want := range map[string]bool{
		"orders.corp.internal": true, "Internal.": true, "printer.lan": true, "x.home.arpa": true,
		"orders.corp.acme.net": false, "internal.acme.net": false, "": false, "arpa": false, "notinternal": false,
	} {
		if got := dnstable.PrivateUse(safe.New(name)); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
