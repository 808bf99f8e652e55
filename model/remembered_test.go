package model_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestWhatASnapshotLeaves(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	network := func(name string, severity model.Severity, read time.Time, peerings int) *model.NetworkStatus {
		n := &model.NetworkStatus{Network: model.Network{ID: safe.New("id-" + name), Name: safe.New(name), PeeringCount: 7, State: model.NetworkReady}, PeeringsRead: model.Part{At: read}}
		n.Finding.Severity, n.Finding.Word = severity, "word"
		n.Peerings = make([]model.PeeringStatus, peerings)
		return n
	}
	s := model.Snapshot{
		At: at, Konnect: model.SourceStatus{LastOK: at.Add(-time.Hour)}, Organization: model.Organization{ID: safe.New("org")},
		Networks: []*model.NetworkStatus{network("b", model.SeverityOK, at.Add(-2*time.Hour), 2), network("a", model.SeverityOK, time.Time{}, 0), network("c", model.SeverityBroken, at.Add(-2*time.Hour), 0)},
	}
	r := s.Remember()
	if !r.At.Equal(at.Add(-time.Hour)) {
		t.Errorf("as of %s: it is as old as the last answer", r.At)
	}
	if n := r.Networks[0]; n.Peerings != 2 || !n.ReadAt.Equal(at.Add(-2*time.Hour)) || n.Word.Raw() != "word" || n.State.Raw() != "ready" {
		t.Errorf("%+v", n)
	}
	if n := r.Networks[1]; n.Peerings != 7 || !n.ReadAt.Equal(r.At) {
		t.Errorf("the list alone told of it: %+v", n)
	}
	for order, want := range map[model.NetworkOrder]string{model.ByUrgency: "cab", model.ByName: "abc", model.ByPeerings: "abc", model.BySince: "abc", model.ByRegion: "abc", model.ByCIDR: "abc"} {
		got := ""
		for _, n := range r.Sorted(order, false) {
			got += n.Name.Raw()
		}
		if got != want {
			t.Errorf("by %s: %s", order, got)
		}
	}
	if r.Sorted(model.ByName, true)[0].Name.Raw() != "c" || r.Networks[0].Name.Raw() != "b" {
		t.Error("the order is not turned round, or the list itself is sorted")
	}
	other := model.Remembered{}
	if !r.Of(s.Organization) || r.Of(model.Organization{}) || other.Of(s.Organization) || other.Of(model.Organization{}) {
		t.Error("whose they are is told wrong")
	}
}
