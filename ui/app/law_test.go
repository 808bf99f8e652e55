package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/report"
)

// peerings are the states in which both halves can be, one network for each of them.
func peerings() []*model.NetworkStatus {
	var out []*model.NetworkStatus
	add := func(edit func(*model.PeeringStatus)) {
		out = append(out, network("net", "westeurope", "10.0.0.0/16").peer("hub-vnet", "vnet-hub", []string{"10.1.0.0/16"}, edit).done())
	}
	for _, state := range []model.PeeringState{
		model.PeeringCreated, model.PeeringInitializing, model.PeeringPendingUserAction, model.PeeringPendingAcceptance,
		model.PeeringReady, model.PeeringError, model.PeeringTerminating, model.PeeringTerminated, "levitating",
	} {
		for _, status := range []model.HalfStatus{model.HalfUnread, model.HalfUnreadable, model.HalfNoVNet, model.HalfAbsent} {
			add(func(p *model.PeeringStatus) { p.State, p.Azure.Status = state, status })
		}
		for _, half := range []model.VNetPeeringState{model.VNetInitiated, model.VNetConnected, model.VNetDisconnected, "Levitating"} {
			for _, sync := range []model.SyncLevel{model.SyncFull, model.SyncUnstated, model.SyncLocalBehind, model.SyncRemoteBehind, model.SyncBothBehind} {
				add(func(p *model.PeeringStatus) {
					p.State, p.Azure.Status = state, model.HalfPresent
					p.Azure.Peering.State, p.Azure.Peering.Sync = half, sync
				})
			}
		}
	}
	return out
}

// leftPart is the part of a page that stands left of the last line between two parts.
func leftPart(frame string) string {
	lines := strings.Split(frame, "\n")
	for i, l := range lines {
		if at := strings.LastIndex(l, "│"); at >= 0 {
			lines[i] = l[:at]
		}
	}
	return strings.Join(lines, "\n")
}

// words are the words of a text without what a screen draws between them.
func words(s string) string {
	s = strings.NewReplacer("│", " ", "→", " ", "\n", " ").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// The screen of networks, status as a table and status as JSON say the same of a
// peering: its code, its cause and its next step.
func TestScreenAndStatusSayTheSame(t *testing.T) {
	for _, n := range peerings() {
		s := world()
		s.Networks = []*model.NetworkStatus{n}
		f := n.Peerings[0].Finding
		about := string(f.Code) + " (" + string(n.Peerings[0].State) + ")"

		data, err := json.Marshal(report.New(s, s.Networks))
		if err != nil {
			t.Fatal(err)
		}
		var document struct {
			Networks []struct {
				Findings []struct {
					Code     string `json:"code"`
					Severity string `json:"severity"`
					Cause    string `json:"cause"`
					NextStep string `json:"next_step"`
					Command  string `json:"command"`
				} `json:"findings"`
				Peerings []struct {
					Code     string `json:"code"`
					Severity string `json:"severity"`
					Verdict  string `json:"verdict"`
					NextStep string `json:"next_step"`
				} `json:"peerings"`
			} `json:"networks"`
		}
		if err := json.Unmarshal(data, &document); err != nil {
			t.Fatal(err)
		}
		p := document.Networks[0].Peerings[0]
		if p.Code != string(f.Code) || p.Severity != f.Severity.String() || p.Verdict != f.Cause || p.NextStep != f.Next.Line() {
			t.Errorf("%s: the document says %+v", about, p)
		}
		found := false
		for _, d := range document.Networks[0].Findings {
			found = found || d.Code == string(f.Code) && d.Cause == f.Cause && d.NextStep == f.Next.Text && d.Command == f.Next.Command
		}
		if found == (f.Severity == model.SeverityOK) {
			t.Errorf("%s: among the findings: %v", about, found)
		}

		var table strings.Builder
		if err := report.Write(&table, report.Table, s, s.Networks, false); err != nil {
			t.Fatal(err)
		}
		if text := words(table.String()); f.Severity != model.SeverityOK && (!strings.Contains(text, words(f.Cause)) || !strings.Contains(text, words(f.Next.Text)) || !strings.Contains(text, words(f.Next.Command)) || !strings.Contains(text, string(f.Code))) {
			t.Errorf("%s: the table does not say %+v:\n%s", about, f, table.String())
		}

		play(t, 200, 60, func(stage *stage) {
			stage.know(s)
			stage.keys("enter")
			if text := words(leftPart(stage.frame())); !strings.Contains(text, words(f.Cause)) || !strings.Contains(text, words(f.Next.Text)) {
				t.Errorf("%s: the page of the network does not say %q and %q:\n%s", about, f.Cause, f.Next.Text, stage.frame())
			}
		})
	}
}
