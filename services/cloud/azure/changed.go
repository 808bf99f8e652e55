package azure

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The bounds of one reading of resource changes.
const (
	changePages = 5
	changesEach = 1000 // of a page, the most that Resource Graph gives
)

// changesQuery asks for the changes of networks, the newest first. The table has its members
// below properties; who and with what is below changeAttributes.
const changesQuery = "resourcechanges" +
	" | extend target = tolower(tostring(properties.targetResourceId)), at = todatetime(properties.changeAttributes.timestamp)" +
	" | where target contains '/providers/microsoft.network/'" +
	" | order by at desc" +
	" | project at, target, kind = tostring(properties.changeType), who = tostring(properties.changeAttributes.changedBy)," +
	" client = tostring(properties.changeAttributes.clientType), operation = tostring(properties.changeAttributes.operation), correlation = tostring(properties.changeAttributes.correlationId)"

// change is a row of the answer.
type change struct {
	At          time.Time `json:"at"`
	Target      string    `json:"target"`
	Kind        safe.Text `json:"kind"`
	Who         safe.Text `json:"who"`
	Client      safe.Text `json:"client"`
	Operation   safe.Text `json:"operation"`
	Correlation safe.Text `json:"correlation"`
}

// Changed reads who changed what in the networks of subscriptions of a tenant, the newest
// first, from Resource Graph. The earliest moment of which everything was read comes with it.
// Resource Graph lags behind: it is for history, and no verdict rests on it.
func (c *Client) Changed(ctx context.Context, tenant safe.Text, subscriptions []safe.Text, now time.Time) (list []changes.Record, from time.Time, err error) { //nolint:gocognit // one page after the other, with the ways in which that ends
	address := c.rest.URL("/providers/Microsoft.ResourceGraph/resources", url.Values{"api-version": {"2022-10-01"}})
	ids := make([]string, len(subscriptions))
	for i, s := range subscriptions {
		ids[i] = s.Raw()
	}
	fail := func(err error) ([]changes.Record, time.Time, error) {
		f := c.rest.Describe(err, tenant)
		f.Operation, f.Subject = "read resource changes of tenant", tenant
		if f.Kind == model.FailurePermission {
			f.Cure = model.CureResourceGraph
		}
		return nil, time.Time{}, f
	}
	from = now.Add(-changes.GraphKeeps)
	skip := ""
	for n := 1; ; n++ {
		options := map[string]any{"resultFormat": "objectArray", "$top": changesEach}
		if skip != "" {
			options["$skipToken"] = skip
		}
		body, err := c.rest.Ask(ctx, tenant, address, map[string]any{"subscriptions": ids, "query": changesQuery, "options": options})
		if err != nil {
			return fail(err)
		}
		var got struct {
			Data *[]json.RawMessage `json:"data"`
			Skip string             `json:"$skipToken"`
		}
		if err := c.rest.Decode(body, &got); err != nil {
			return fail(err)
		}
		if got.Data == nil {
			f := c.rest.Unreadable("it holds no data")
			f.Operation, f.Subject = "read resource changes of tenant", tenant
			return nil, time.Time{}, f
		}
		for _, raw := range *got.Data {
			if r, ok := changeRecord(raw); ok {
				list = append(list, r)
			}
		}
		if skip = got.Skip; skip == "" || n == changePages || len(*got.Data) == 0 {
			slices.SortStableFunc(list, func(a, b changes.Record) int { return b.At.Compare(a.At) })
			if skip != "" && len(list) > 0 {
				from = list[len(list)-1].At // what is older was not read
			}
			return list, from, nil
		}
	}
}

// changeRecord reads a row. One that cannot be read tells of nothing.
func changeRecord(raw json.RawMessage) (changes.Record, bool) {
	var w change
	if json.Unmarshal(raw, &w) != nil || w.At.IsZero() || w.Target == "" {
		return changes.Record{}, false
	}
	target := strings.ToLower(w.Target)
	r := changes.Record{At: w.At, Who: w.Who, From: w.Client, Trace: w.Correlation, Done: w.Operation.Or(w.Kind.Raw()), Objects: []string{target}}
	// Whether a peering shows under its VNET is not documented: it counts for both.
	if vnet, _, inside := strings.Cut(target, "/virtualnetworkpeerings/"); inside {
		r.Objects = append(r.Objects, vnet)
	}
	return r, true
}
