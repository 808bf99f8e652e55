package ticket_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/ticket"
)

func broken() finding.Finding {
	return finding.Finding{
		Code: "half-deleted", Severity: finding.Broken, Cause: "Kong's half of billing was deleted",
		Next: finding.Next{Text: "Delete the other half, too.", Command: "az network vnet peering delete --name x"},
	}
}

func TestATicketHasItsPartsInOrder(t *testing.T) {
	got := ticket.Ticket{
		Subject: "us-prod › billing", Findings: []finding.Finding{broken(), {Severity: finding.OK, Cause: "well"}, broken()},
		Since: "12 min", IDs: []ticket.Fact{ticket.Of("network", safe.New("n-1")), {Label: "empty"}}, Details: "State: ready\n  more",
	}.Markdown()
	want := "## us-prod › billing\n\n**Broken:** Kong's half of billing was deleted.\n\n**Since when:** 12 min\n\n**Next step:** Delete the other half, too.\n\n" +
		"```sh\naz network vnet peering delete --name x\n```\n\n| id | |\n| --- | --- |\n| finding | `half-deleted` |\n| network | `n-1` |\n\n### Details\n\n```text\nState: ready\n  more\n```\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestWhatIsNotKnownIsSaid(t *testing.T) {
	got := ticket.Ticket{Subject: "eu-prod"}.Markdown()
	for _, want := range []string{"Nothing is known of it yet.", "**Since when:** not known"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
	guess := broken()
	guess.Confidence, guess.Missing = finding.Likely, []string{"the other half: no right to read it"}
	got = ticket.Ticket{Subject: "x", Findings: []finding.Finding{guess}}.Markdown()
	for _, want := range []string{"(likely)", "- not known: The other half: no right to read it."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
}

// Names from outside begin no markup, call nobody, leave no fence and no cell.
func TestTextFromOutsideIsText(t *testing.T) {
	hostile := "# x\n```\n@everyone <img src=x> [a](b) | c | ``` \x1b[31m **"
	f := finding.Finding{Code: "c", Severity: finding.Broken, Cause: hostile, Next: finding.Next{Text: hostile, Command: hostile}}
	got := ticket.Ticket{Subject: hostile, Findings: []finding.Finding{f}, Conclusion: hostile, Since: hostile, IDs: []ticket.Fact{{Label: hostile, Value: hostile}}, Details: hostile}.Markdown()
	if strings.ContainsAny(got, "\x1b") {
		t.Errorf("a control character is in %q", got)
	}
	inside := ""
	for line := range strings.Lines(got) {
		line = strings.TrimSuffix(line, "\n")
		if ticks := len(line) - len(strings.TrimLeft(line, "`")); ticks >= 3 {
			fence := line[:ticks]
			switch {
			case inside == "" && ticks > 3:
				inside = fence
			case strings.HasPrefix(line, inside) && strings.Trim(line, "`") == "":
				inside = ""
			}
			continue
		}
		if inside != "" {
			continue
		}
		for _, markup := range []string{"@e", "<img", "[a](b)"} {
			if strings.Contains(strings.ReplaceAll(line, "\\"+markup, ""), markup) && !strings.HasPrefix(line, "| ") {
				t.Errorf("%q is markup in %q", markup, line)
			}
		}
		if strings.HasPrefix(line, "# ") {
			t.Errorf("a heading from outside: %q", line)
		}
	}
	if inside != "" {
		t.Errorf("a fence is open:\n%s", got)
	}
}
