package pathmap_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths/picture"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/pathmap"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

func box(name string, mark model.Severity, word string, notes ...string) picture.Box {
	return picture.Box{Name: name, Mark: mark, Word: word, Notes: notes}
}

func aPicture() picture.Picture {
	const fine, warn, bad, unsure = model.SeverityOK, model.SeverityAttention, model.SeverityBroken, model.SeverityUnknown
	return picture.Picture{
		Entries: []picture.Box{
			box("the Internet", fine, "", "public listener of 1 group"),
			box("ilb-kong", warn, "stale backend", "10.20.6.4", "1 of 2 backends is no data plane"),
		},
		Gateway: box("eu-prod", fine, "ready", "10.0.0.0/16", "northeurope", "2 control planes", "data planes 10.0.1.4, 10.0.1.5 and 1 more"),
		Ways: []picture.Way{
			{
				Peering: box("hub-vnet", fine, "ready on both sides", "Konnect ready", "Azure connected, in sync"),
				VNet:    box("vnet-hub", fine, "", "10.20.0.0/16", "northeurope"),
				Servers: []picture.Box{box("10.20.0.4", fine, ""), box("10.20.0.5", bad, "silent")},
				Subnets: []picture.Subnet{
					{Box: box("snet-apps", fine, ""), Services: []picture.Box{box("orders", fine, "direct", "orders.corp.example.org:443"), box("crm", fine, "direct", "10.20.2.7:80")}},
					{Box: box("snet-ledger", warn, "appliance", "replies go to 10.20.9.4"), Services: []picture.Box{box("ledger", warn, "replies go elsewhere", "10.20.4.10:8080")}},
					{Box: box("snet-quiet", fine, "")},
				},
			},
			{
				Peering: box("billing", bad, "Azure disconnected", "Konnect ready"),
				VNet:    box("vnet-billing", unsure, "not read"),
			},
		},
		Outside: []picture.Box{box("billing", warn, "no rule", "billing.apps.example.net:443")},
		Nowhere: []picture.Box{box("partner", bad, "no peered range", "10.77.1.5:80")},
		Unknown: []picture.Box{box("control plane au-retail", unsure, "may not be read")},
		Broken: []picture.Fault{
			{Where: "ledger", Finding: finding.Finding{Severity: warn, Cause: "Replies of snet-ledger go to the appliance 10.20.9.4, questions do not pass it."}},
		},
	}
}

// The map says everything that is on it, at 80 cells and wider, and never becomes wider than
// it may.
func TestLines(t *testing.T) {
	t.Parallel()
	th := theme.New(theme.Dark, true)
	for _, width := range []int{60, 61, 80, 100, 120, 160, 240} {
		lines := pathmap.Lines(th, aPicture(), width)
		text := ansi.Strip(strings.Join(lines, "\n"))
		for _, l := range lines {
			if got := cell.Width(l); got > width {
				t.Errorf("at %d a line has %d cells: %q", width, got, ansi.Strip(l))
			}
		}
		for _, part := range []string{"eu-prod", "ilb-kong", "hub-vnet", "vnet-hub", "10.20.0.5 silent", "snet-ledger", "ledger", "billing", "no rule", "partner", "1 more subnet", "WHAT IS BROKEN"} {
			if !strings.Contains(text, part) {
				t.Errorf("at %d it does not say %q:\n%s", width, part, text)
			}
		}
	}
}

// A box of the map is closed at the same column from its first line to its last.
func TestLinesBoxesAreClosed(t *testing.T) {
	t.Parallel()
	p := aPicture()
	p.Ways[0].Subnets[0].Services[0].Name = strings.Repeat("名", 60)
	p.Gateway.Notes = append(p.Gateway.Notes, strings.Repeat("long ", 60))
	for _, width := range []int{60, 80, 160} {
		depth := 0
		for _, l := range pathmap.Lines(theme.New(theme.Mono, true), p, width) {
			plain := ansi.Strip(l)
			if strings.Contains(plain, "╭") {
				depth++
			}
			if depth > 0 && cell.Width(plain) != width {
				t.Errorf("at %d a line of a box has %d cells: %q", width, cell.Width(plain), plain)
			}
			if strings.Contains(plain, "╯") {
				depth--
			}
		}
	}
}
