package app_test

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fakeRanges reads nothing by itself: tests hand over how a reading stands.
type fakeRanges struct {
	views   chan ranges.View
	number  int
	cancels int
}

func newFakeRanges() *fakeRanges { return &fakeRanges{views: make(chan ranges.View)} }

func (f *fakeRanges) Look() int {
	f.number++
	return f.number
}

func (f *fakeRanges) Cancel() { f.cancels++ }

// finds hands over how the reading in hand stands.
func (s *stage) finds(edits ...func(*ranges.View)) {
	v := ranges.View{Number: s.ranges.number, State: ranges.Done, Read: readRanges()}
	for _, e := range edits {
		e(&v)
	}
	s.ranges.views <- v
	s.drain()
}

func has(kind ranges.Kind, name, of, in, state, cidr string) ranges.Taken {
	return ranges.Taken{Range: model.NewPrefix(text(cidr)).Range(), Kind: kind, Name: text(name), Of: text(of), In: text(in), State: text(state)}
}

// readRanges is what a reading of a small organization gives.
func readRanges() ranges.Read {
	r := ranges.Read{
		At:   noon,
		Seen: ranges.Seen{Tenants: 1, Subscriptions: 3, VNets: 4, Hubs: 1, Networks: 9},
		Taken: []ranges.Taken{
			has(ranges.KindNetwork, "eu-prod", "", "Azure", "", "10.0.0.0/16"), has(ranges.KindNetwork, "us-prod", "", "Azure", "", "10.8.0.0/16"),
			has(ranges.KindVNet, "vnet-hub", "", "acme-prod", "", "10.20.0.0/16"), has(ranges.KindPeering, "to-old", "vnet-hub", "acme-prod", "disconnected", "10.90.0.0/16"),
			has(ranges.KindHub, "hub-eu", "", "acme-hub", "", "10.200.0.0/23"), has(ranges.KindVNet, "vnet-data", "", "acme-data", "", "10.220.0.0/14"),
		},
	}
	for _, id := range []string{"eastus2", "northeurope", "uksouth"} {
		r.Availability.Regions = append(r.Availability.Regions, model.CloudRegion{
			Provider: model.ProviderAzure, ID: text(id), Name: text(id),
			CIDRs: model.NewPrefixes(safe.Texts("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")), Reserved: model.NewPrefixes(safe.Texts("10.100.0.0/16", "172.17.0.0/16")),
		})
	}
	return r
}

// refusedRanges lacks what two subscriptions have.
func refusedRanges(v *ranges.View) {
	refused := &model.Failure{
		Kind: model.FailurePermission, Operation: "list VNETs of subscription", Subject: text("acme-audit"), Status: 403, Code: text("AuthorizationFailed"),
		Cause: text("you may not read the VNETs of subscription acme-audit"), Cure: "Ask its owner for Reader.",
	}
	v.Read.Gaps = []ranges.Gap{{What: "the VNETs of subscription acme-audit", Why: refused}, {What: "the subscriptions of tenant labs", Text: "the account sees none there"}}
}
