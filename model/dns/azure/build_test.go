package azure_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
)

func text(s string) safe.Text { return safe.New(s) }

func texts(list ...string) []safe.Text {
	var out []safe.Text
	for _, s := range list {
		out = append(out, safe.New(s))
	}
	return out
}

func prefix(s string) model.Prefix { return model.NewPrefix(safe.New(s)) }

// rule makes an inbound rule from "name priority access protocol source port"; commas
// part several sources or ports, and a source in square brackets is a group.
func rule(t *testing.T, line string) azurenet.Rule {
	t.Helper()
	w := strings.Fields(line)
	if len(w) != 6 {
		t.Fatalf("%q has %d words", line, len(w))
	}
	priority := 0
	for _, c := range w[1] {
		priority = priority*10 + int(c-'0')
	}
	r := azurenet.Rule{
		Name: text(w[0]), Priority: priority, Direction: text("Inbound"), Access: text(w[2]), Protocol: text(w[3]),
		SourcePorts: texts("*"), Destinations: texts("*"), Ports: texts(strings.Split(w[5], ",")...),
	}
	for s := range strings.SplitSeq(w[4], ",") {
		if group, is := strings.CutPrefix(s, "asg:"); is {
			r.SourceGroups = append(r.SourceGroups, text("/x/applicationSecurityGroups/"+group))
		} else {
			r.Sources = append(r.Sources, text(s))
		}
	}
	return r
}

func group(t *testing.T, lines ...string) azurenet.SecurityGroup {
	t.Helper()
	g := azurenet.SecurityGroup{ID: text("/x/networkSecurityGroups/nsg-dns"), Name: text("nsg-dns")}
	for _, l := range lines {
		g.Rules = append(g.Rules, rule(t, l))
	}
	return g
}

// has fails the test unless a finding is of an outcome and says all the words.
func has(t *testing.T, f azuredns.Check, outcome azuredns.Outcome, words ...string) {
	t.Helper()
	if f.Outcome != outcome {
		t.Errorf("%s: %s, want %s: %s", f.ID, f.Outcome, outcome, f.Why)
	}
	for _, w := range words {
		if !strings.Contains(f.Why+" "+f.Finding.Next.Text, w) {
			t.Errorf("%q does not say %q", f.Why+" / "+f.Finding.Next.Text, w)
		}
	}
	if f.Why == "" || (f.Outcome == azuredns.Failed || f.Outcome == azuredns.Partly) && (f.Finding.Next.Text == "" || f.Finding.Code == "") {
		t.Errorf("a finding without reason or cure: %+v", f)
	}
}
