package handoff_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/model/setup/handoff"
)

// A remark that a window wraps looks, in its second line, like a command.
func TestRemarksAreNarrow(t *testing.T) {
	t.Parallel()
	const most = 70
	h := handoff.Handoff{
		Request: setup.Request{
			Network: safe.New("eu-prod"), Peering: safe.New("hub-vnet"), DNS: setup.DNSNone,
			VNet: model.VNetRef{
				TenantID: safe.New("11111111-2222-3333-4444-555555555555"), SubscriptionID: safe.New("22222222-2222-3333-4444-555555555555"),
				ResourceGroup: safe.New("rg-network-northeurope-production"), Name: safe.New("vnet-hub-northeurope-production"),
			},
		},
		NetworkName: safe.New("eu-prod"), NetworkCIDR: model.NewPrefix(safe.New("10.0.0.0/16")), SubscriptionName: safe.New("acme-prod"),
		Link: safe.New("https://login.example/consent"),
	}
	remarks := 0
	for line := range strings.Lines(handoff.Script(h)) {
		line = strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    ")
		_, _, inside := strings.Cut(line, " # ")
		if !inside && !strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		remarks++
		if n := utf8.RuneCountInString(line); n > most {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if remarks < 30 {
		t.Errorf("%d remarks: the script has more", remarks)
	}
}
