package app_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// A subject is shown where it is nearest, and esc leads back to where the person was.
func TestASubjectIsOpened(t *testing.T) {
	for name, c := range map[string]struct {
		open  screen.Open
		shows []string
	}{
		"a network by its id":     {screen.Open{Network: dnsWorld().Networks[7].ID}, []string{"Networks › us-prod", "esc back"}},
		"a network by its name":   {screen.Open{Network: text("us-prod")}, []string{"Networks › us-prod"}},
		"a peering by its name":   {screen.Open{Peering: text("billing"), Network: text("us-prod")}, []string{"Networks › us-prod"}},
		"a row":                   {screen.Open{Network: text("eu-prod"), Domain: text("pay.acme.internal")}, []string{"DNS › eu-prod", "▌· pay.acme.internal"}},
		"the row of a name":       {screen.Open{Domain: text("x.y.pay.acme.internal.")}, []string{"DNS › eu-prod", "▌· pay.acme.internal"}},
		"a finding of a mapping":  {screen.Open{Network: text("eu-prod"), Code: text("S01")}, []string{"DNS › eu-prod"}},
		"a finding of a path":     {screen.Open{Network: text("eu-prod"), Code: text("path-internet")}, []string{"Paths › eu-prod"}},
		"a request by its id":     {screen.Open{Request: text("req-4711")}, []string{"Activity › requests", "req-4711"}},
		"a request by its number": {screen.Open{Request: text("2")}, []string{"Activity › requests", "req-4711"}},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, 80, 24, func(s *stage) {
				s.log.add(model.Activity{Kind: model.ActivityNote, Service: "you", Text: "looked around"})
				s.log.add(model.Activity{Kind: model.ActivityRequest, Service: "Konnect", Method: "GET", Target: text("/v2/x"), Status: 200, Trace: text("req-4711")})
				s.log.add(model.Activity{Kind: model.ActivityNote, Service: "you", Text: "looked again"})
				s.know(dnsWorld())
				s.keys("3")
				before := s.frame()
				s.send(c.open)
				s.shows(c.shows...)
				if name == "a finding of a path" {
					return // esc would end the reading that the visit began
				}
				s.keys("esc")
				if s.frame() != before {
					t.Errorf("esc leads elsewhere:\n%s", s.frame())
				}
				s.keys("esc") // from where nobody was led, nothing leads back
				s.shows("Set-up")
			})
		})
	}
}

// What nothing shows is said, and the person stays.
func TestASubjectThatIsNotThere(t *testing.T) {
	for want, open := range map[string]screen.Open{
		"The network gone is not among those": {Network: text("gone")},
		"No request with the id 99":           {Request: text("99")},
		"No peering gone is in":               {Peering: text("gone")},
		"No network that was read maps":       {Domain: text("nowhere.example.org")},
	} {
		play(t, 80, 24, func(s *stage) {
			s.know(dnsWorld())
			s.keys("5")
			s.send(open)
			s.shows(want, "Activity › ")
		})
	}
}

// Ways back lie upon each other, and a page that was left by one is found as it was.
func TestWaysBackLieUponEachOther(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.send(screen.Open{Network: text("us-prod")})
		page := s.frame()
		s.send(screen.Open{Domain: text("pay.acme.internal")})
		s.shows("DNS › eu-prod")
		s.send(screen.Open{Network: text("eu-prod")})
		s.shows("Networks › eu-prod")
		s.send(screen.Open{Network: text("us-prod")}) // in the same tab, above another page
		s.shows("Networks › us-prod")
		s.keys("esc")
		s.shows("Networks › eu-prod")
		s.keys("esc")
		s.shows("DNS › eu-prod")
		s.keys("esc")
		if s.frame() != page {
			t.Errorf("not the page that was left:\n%s", s.frame())
		}
		s.keys("esc")
		s.hides("Networks › us-prod")
	})
}

// A filter is dropped before esc leads back, and who chooses a tab has come by no way.
func TestEscHasItsTurns(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.send(screen.Open{Domain: text("pay.acme.internal")})
		s.keys("/", `"corp"`, "enter", "esc")
		s.shows("DNS › eu-prod")
		s.hides("/ corp")
		s.keys("esc")
		s.shows("Networks")
		s.hides("DNS › eu-prod")
	})
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.send(screen.Open{Domain: text("pay.acme.internal")})
		s.keys("5", "2", "esc")
		s.shows("DNS › eu-prod")
	})
}

// A page that waits for the person to come back hears what happens meanwhile.
func TestAParkedPageHearsWhatHappens(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.send(screen.Open{Network: text("us-prod")})
		s.shows("Networks › us-prod")
		s.send(screen.Open{Network: text("eu-prod")})
		w := dnsWorld()
		kept := w.Networks[:0:0]
		for _, n := range w.Networks {
			if n.Name.String() != "us-prod" {
				kept = append(kept, n)
			}
		}
		w.Networks = kept
		s.know(w)
		s.keys("esc")
		s.shows("no longer in Konnect")
	})
}
