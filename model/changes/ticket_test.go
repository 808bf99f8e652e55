package changes_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestAChangeIsATicketAsAllOthers(t *testing.T) {
	at := time.Date(2026, 11, 28, 14, 2, 0, 0, time.UTC)
	e := changes.Entry{
		At: at, First: at.Add(-time.Hour), Times: 3, Kind: changes.KindFinding, Sense: changes.Broke, Severity: model.SeverityBroken,
		Network: safe.New("n-1"), NetworkName: safe.New("us_prod"), Subject: safe.New("billing"), Peering: safe.New("p-1"),
		Code: "half-deleted", Text: "Kong's half was deleted", Cause: "somebody deleted it",
		By: changes.Actor{Who: safe.New("alice"), Trace: safe.New("t-1"), Source: safe.New("Konnect's audit log")},
	}
	now := &finding.Finding{
		Code: "half-deleted", Severity: finding.Broken, Cause: "one half is missing",
		Next: finding.Next{Text: "Delete the other half, too.", Command: "az network vnet peering delete --name x"},
	}
	want := "## us\\_prod › billing\n\nFlapped 3 ×, now: Kong's half was deleted, by alice.\n\n**Broken:** One half is missing.\n\n" +
		"**Since when:** seen 2026-11-28T14:02:00Z, first 2026-11-28T13:02:00Z\n\n**Next step:** Delete the other half, too.\n\n" +
		"```sh\naz network vnet peering delete --name x\n```\n\n" +
		"| id | |\n| --- | --- |\n| finding | `half-deleted` |\n| network | `n-1` |\n| object | `p-1` |\n| trace | `t-1` |\n\n" +
		"### Details\n\n```text\nNetwork: us_prod\nChanged by: alice, says Konnect's audit log\nCause: somebody deleted it\n```\n"
	if got := e.Ticket(now).Markdown(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	gap := changes.Entry{At: at, Kind: changes.KindGap}
	want = "## The time line of peerdeck\n\nWatching began; nothing is known from before.\n\n**Since when:** seen 2026-11-28T14:02:00Z\n"
	if got := gap.Ticket(nil).Markdown(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
