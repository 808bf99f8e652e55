package paths

import (
	"github.com/peerdeck/peerdeck/model/paths/wayin"
)

// entries judges the way into the gateways on the network.
func entries(f Facts) wayin.Report {
	in := wayin.Facts{At: f.At, Network: f.Network, Others: f.Others}
	for _, v := range f.VNets {
		in.VNets = append(in.VNets, wayin.VNet{Peering: v.Peering, Ref: v.Ref, Net: v.Net})
	}
	r := wayin.Judge(in)
	r.Findings = findingsIn(r.Findings, f)
	for i := range r.Entries {
		r.Entries[i].Findings = findingsIn(r.Entries[i].Findings, f)
	}
	return r
}
