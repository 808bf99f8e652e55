package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fakeKnown keeps what it is told.
type fakeKnown struct {
	added   []known.Problem
	removed []model.Found
	err     error
}

func (f *fakeKnown) Add(p known.Problem, _ map[string]safe.Text) error {
	f.added = append(f.added, p)
	return f.err
}

func (f *fakeKnown) Remove(_ *model.NetworkStatus, found model.Found) error {
	f.removed = append(f.removed, found)
	return f.err
}

// acknowledged is the world in which somebody knows of what is wrong with the last network.
func acknowledged() model.Snapshot {
	s := world()
	for i, n := range s.Networks {
		one := *n
		one.Peerings = append([]model.PeeringStatus(nil), n.Peerings...)
		one.Acknowledge(func(f model.Found) *finding.Known {
			if f.Finding.Code != "azure-disconnected" {
				return nil
			}
			return &finding.Known{Reason: text("the firewall is being replaced"), By: text("maria@example.org"), At: noon, Until: noon.Add(2 * time.Hour)}
		})
		one.Finding = model.NewJudge().RollUp(one)
		s.Networks[i] = &one
	}
	return s
}

// A finding is acknowledged with its reason and its end, and taken back by the same key.
func TestAFindingIsAcknowledged(t *testing.T) {
	keeper := &fakeKnown{}
	with := func(o *setting) { o.Known = keeper }
	play(t, 120, 40, func(s *stage) {
		s.know(world())
		s.keys("G", "a")
		s.shows("Acknowledge", "azure-disconnected", "counted no more until its end")
		s.keys(`"the firewall is being replaced"`, "enter")
		s.shows("Until when?", "until it changes", "tomorrow")
		s.keys("down", "enter")
		s.shows("is known until")
		if len(keeper.added) != 1 || keeper.added[0].Code != "azure-disconnected" || keeper.added[0].Reason.String() != "the firewall is being replaced" || keeper.added[0].Until.IsZero() || keeper.added[0].Was == "" {
			t.Errorf("%+v", keeper.added)
		}
		s.know(acknowledged())
		s.shows("◇", "broken, known", "Known: the firewall is being", "1 known")
		s.keys("a")
		s.shows("Let it count again?", "the firewall is being replaced")
		s.keys("esc", "a", "y")
		if len(keeper.removed) != 1 || keeper.removed[0].Finding.Code != "azure-disconnected" {
			t.Errorf("%+v", keeper.removed)
		}
		s.shows("counts again")
	}, with)
	keeper.err = errors.New("line 7: mend it; nothing was written")
	play(t, 120, 40, func(s *stage) {
		s.know(world())
		s.keys("G", "a", `"x"`, "enter", "enter")
		s.shows("It is not acknowledged: line 7")
	}, with)
}

// The details of what is wrong say who made it so, as far as the clouds tell, and else what
// would tell.
func TestWhoChangedWhatIsWrong(t *testing.T) {
	s0 := world()
	n := s0.Networks[len(s0.Networks)-1]
	entry := changes.Entry{Number: 1, At: noon, First: noon, Kind: changes.KindState, Network: n.ID, NetworkName: n.Name, Peering: n.Peerings[0].ID, Subject: n.Peerings[0].Name, Sense: changes.Broke, Text: "Azure Connected → Disconnected"}
	said, silent := entry, entry
	said.By = changes.Actor{Who: text("carol@azure.example"), From: text("Azure Portal"), Source: text(changes.ResourceGraph)}
	silent.Unknown = "who changed it is not known: Konnect's audit log cannot be read: 403. Ask for the right."
	for e, want := range map[*changes.Entry][]string{
		&said:   {"WHO CHANGED IT", "changed by carol@azure.example, from Azure Portal"},
		&silent: {"WHO CHANGED IT", "not known: Konnect's audit log cannot be read"},
	} {
		play(t, 160, 48, func(s *stage) {
			s.know(s0)
			s.tell(changes.View{Entries: []changes.Entry{*e}})
			for _, name := range []string{"G", "k", "k", "k", "k", "k", "k", "k", "k", "k"} {
				if s.keys(name); strings.Contains(s.frame(), "WHO CHANGED IT") {
					break
				}
			}
			s.shows(want...)
		})
	}
}
