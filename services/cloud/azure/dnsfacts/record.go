package dnsfacts

import (
	"context"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/privatedns/armprivatedns"

	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// mostRecords is how many names of one zone are looked for.
const mostRecords = 4

// records looks for the names of the domains in a zone. What cannot be read is left out:
// then it is not known.
func (r reading) records(ctx context.Context, z azuredns.Zone) []azuredns.Record {
	zone := strings.ToLower(strings.TrimSuffix(z.Name.Raw(), "."))
	var out []azuredns.Record
	for _, d := range r.domains {
		host, below := strings.CutSuffix(d, "."+zone)
		if !below || zone == "" || len(out) == mostRecords {
			continue
		}
		if found, ok := r.record(ctx, z.ID, host); ok {
			out = append(out, found)
		}
	}
	return out
}

// record looks for one name of a zone, whatever the type of its records.
func (r reading) record(ctx context.Context, zone safe.Text, host string) (azuredns.Record, bool) {
	id, err := arm.ParseResourceID(zone.Raw())
	if err != nil {
		return azuredns.Record{}, false
	}
	client, err := armprivatedns.NewRecordSetsClient(id.SubscriptionID, r.Rest.Credential(r.Ref.TenantID), r.Rest.Options())
	if err != nil {
		return azuredns.Record{}, false
	}
	once := policy.WithRetryOptions(ctx, transport.Once())
	sets, err := rest.All(once, client.NewListPager(id.ResourceGroupName, id.Name, &armprivatedns.RecordSetsClientListOptions{Recordsetnamesuffix: &host}),
		func(p armprivatedns.RecordSetsClientListResponse) []*armprivatedns.RecordSet { return p.Value })
	if err != nil {
		return azuredns.Record{}, false
	}
	out := azuredns.Record{Name: safe.New(host)}
	for _, s := range sets {
		if s == nil || s.Properties == nil || !strings.EqualFold(rest.Text(s.Name).Raw(), host) {
			continue
		}
		p := s.Properties
		out.Held = out.Held || len(p.ARecords)+len(p.AaaaRecords) > 0 || p.CnameRecord != nil
		for _, a := range p.ARecords {
			if a != nil {
				out.Addresses = append(out.Addresses, rest.Text(a.IPv4Address))
			}
		}
	}
	return out, true
}
