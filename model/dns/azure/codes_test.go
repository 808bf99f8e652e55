package azure_test

import (
	"slices"
	"testing"

	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Each thing that is wrong around a server has its code, and only then.
func TestEachCheckHasItsCode(t *testing.T) {
	const domain = "privatelink.blob.core.windows.net"
	for code, c := range map[finding.Code]struct {
		ask    azuredns.Question
		change func(f *azuredns.Facts)
	}{
		"server-no-subnet":        {azuredns.Question{Server: text("10.20.0.100"), Domain: text(domain)}, func(*azuredns.Facts) {}},
		"server-address-reserved": {azuredns.Question{Server: text("10.20.0.1"), Domain: text(domain)}, func(*azuredns.Facts) {}},
		"server-loop": {question("corp.example.org"), func(f *azuredns.Facts) {
			f.Rulesets[0].Links = []azuredns.Link{{VNet: text(hub)}}
		}},
		"zone-link": {question(domain), func(f *azuredns.Facts) { f.Zones[0].Links[0].State = text("InProgress") }},
	} {
		f := facts(t)
		gives := func(q azuredns.Question) bool {
			return slices.ContainsFunc(f.Judge(q), func(c azuredns.Check) bool {
				return c.Finding.Code == code && c.Outcome != azuredns.Done && c.Finding.Next.Text != ""
			})
		}
		if gives(question(domain)) {
			t.Errorf("%s speaks where all is well", code)
		}
		c.change(&f)
		if !gives(c.ask) {
			t.Errorf("%s does not speak: %+v", code, f.Judge(c.ask))
		}
	}
}
