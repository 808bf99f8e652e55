package near_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model/near"
)

func TestDomains(t *testing.T) {
	t.Parallel()
	mapped := []string{
		"corp.example.org", "hr.example.org", "orders.internal.example.org", "db.acme.internal", "acme.internal", "gitlab.com",
		"privatelink.blob.core.windows.net", "20.10.in-addr.arpa", "prod",
	}
	for typed, want := range map[string]string{
		"www.corp.exmaple.org":                "www.corp.example.org",          // letters swapped
		"www.crop.example.org":                "www.corp.example.org",          // in another label
		"www.corp.examlpe.og":                 "www.corp.example.org",          // two labels
		"www.corpexample.org":                 "www.corp.example.org",          // a dot is missing
		"www.corp-example.org":                "www.corp.example.org",          // a hyphen for a dot
		"www.co.rp.example.org":               "www.corp.example.org",          // a dot too many
		"www.corp.example.com":                "www.corp.example.org",          // another end
		"orders.example.org":                  "orders.internal.example.org",   // a label is missing
		"orders.internal.eu.example.org":      "orders.internal.example.org",   // one too many
		"a.orders.intrenal.example.org":       "a.orders.internal.example.org", // deeper
		"x.db.acme.intrenal":                  "x.db.acme.internal",
		"CORP.EXAMPEL.ORG":                    "corp.example.org", // the domain itself
		"a.privatelnik.blob.core.windows.net": "a.privatelink.blob.core.windows.net",

		// Names of their own.
		"www.example.org": "", "www.example.com": "", "github.com": "", "www.microsoft.com": "", "example.org": "",
		"account.blob.core.windows.net": "", "it.example.org": "", "5.0.30.10.in-addr.arpa": "", "localhost": "", "com": "", "": "",
	} {
		var got []string
		for _, d := range near.Domains(typed, mapped) {
			got = append(got, d.Name)
			if !slices.Contains(mapped, d.Domain) || !strings.HasSuffix(d.Name, d.Domain) {
				t.Errorf("%s: %+v", typed, d)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q may mean %q, want %q", typed, s, want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	networks := []string{"eu-prod", "eu-stage", "us-prod", "lab"}
	for typed, want := range map[string]string{
		"eu-prd": "eu-prod", "EU-PROD": "eu-prod", "eu-prdo": "eu-prod", "eu-satge": "eu-stage", "es-prod": "us-prod eu-prod", "lba": "lab",
		"la": "lab", "prod": "", "x": "", "": "", "jp-new": "", "customer-edge": "",
	} {
		got := near.Names(typed, networks)
		slices.Sort(got)
		wanted := strings.Fields(want)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("%q may mean %q, want %q", typed, got, want)
		}
	}
	if got := near.Names("prod-0", []string{"prod-1", "prod-2", "prod-3", "prod-4"}); len(got) != 3 {
		t.Errorf("offers %d", len(got))
	}
}

// What is mapped is never offered for itself, and what is offered lies in a domain that
// was given.
func TestWhatIsOfferedIsThere(t *testing.T) {
	t.Parallel()
	label := rapid.StringMatching(`[a-z0-9]{1,10}`)
	rapid.Check(t, func(t *rapid.T) {
		domain := strings.Join(rapid.SliceOfN(label, 1, 5).Draw(t, "domain"), ".")
		name := strings.Join(rapid.SliceOfN(label, 1, 6).Draw(t, "name"), ".")
		for _, typed := range []string{name, domain, "www." + domain} {
			for _, d := range near.Domains(typed, []string{domain}) {
				if d.Domain != domain || d.Name == typed || !strings.HasSuffix(d.Name, domain) {
					t.Fatalf("%q: %+v", typed, d)
				}
			}
		}
	})
}
