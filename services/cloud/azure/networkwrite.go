package azure

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// kept is what a security group or a route table says of itself.
type kept struct {
	Etag       safe.Text            `json:"etag"`
	Location   safe.Text            `json:"location"`
	Tags       map[string]safe.Text `json:"tags"`
	Properties struct {
		Subnets []named `json:"subnets"`
		Cards   []named `json:"networkInterfaces"`
	} `json:"properties"`
}

type named struct {
	ID safe.Text `json:"id"`
}

// Kept reads who looks after a security group or a route table, and what else has it. Its
// resource group is read too; one that may not be read leaves that unknown.
func (c *Client) Kept(ctx context.Context, tenant, id safe.Text) (azurenet.Kept, error) {
	var got kept
	if err := c.part(ctx, tenant, id, &got); err != nil {
		return azurenet.Kept{}, err
	}
	out := azurenet.Kept{Etag: got.Etag, Location: got.Location}
	for name, value := range got.Tags {
		out.Tags = append(out.Tags, azurenet.Tag{Name: safe.New(name), Value: value})
	}
	slices.SortFunc(out.Tags, func(a, b azurenet.Tag) int { return a.Name.Compare(b.Name) })
	for _, s := range got.Properties.Subnets {
		out.Subnets = append(out.Subnets, s.ID)
	}
	for _, s := range got.Properties.Cards {
		out.Cards = append(out.Cards, s.ID)
	}
	subscription, group, _, ok := azurenet.Place(id)
	if !ok {
		out.GroupUnread = true
		return out, nil
	}
	out.Group = safe.New(group)
	var in struct {
		ManagedBy safe.Text `json:"managedBy"`
	}
	address := c.rest.URL(transport.Path("subscriptions", subscription, "resourcegroups", group), url.Values{"api-version": {apiVersionGroups}})
	body, err := c.rest.Get(ctx, tenant, address)
	if err == nil {
		err = c.rest.Decode(body, &in)
	}
	out.Manager, out.GroupUnread = in.ManagedBy, err != nil
	return out, ctx.Err()
}

// apiVersionGroups is the one of resource groups.
const apiVersionGroups = "2021-04-01"

// part reads a resource of the network's by its ARM id.
func (c *Client) part(ctx context.Context, tenant, id safe.Text, into any) error {
	body, err := c.rest.Get(ctx, tenant, c.rest.URL(partPath(id), networkVersion()))
	if err == nil {
		err = c.rest.Decode(body, into)
	}
	if err != nil {
		return c.partFailure(err, tenant, "read "+partWord(id), id, false)
	}
	return nil
}

func networkVersion() url.Values { return url.Values{"api-version": {netfacts.NetworkVersion}} }

func partPath(id safe.Text, more ...string) string {
	return transport.Path(append(strings.Split(strings.Trim(id.Raw(), "/"), "/"), more...)...)
}

// partWord is the kind of a resource in words, by its ARM id.
func partWord(id safe.Text) string {
	text := strings.ToLower(id.Raw())
	switch {
	case strings.Contains(text, "/securityrules/"):
		return "the security rule"
	case strings.Contains(text, "/networksecuritygroups/"):
		return "the security group"
	case strings.Contains(text, "/routes/"):
		return "the route"
	case strings.Contains(text, "/routetables/"):
		return "the route table"
	case strings.Contains(text, "/subnets/"):
		return "the subnet"
	default:
		return "the resource"
	}
}

func (c *Client) partFailure(err error, tenant safe.Text, operation string, id safe.Text, write bool) model.Failure {
	f := c.rest.Describe(err, tenant)
	f.Operation, f.Subject = operation, model.LastSegment(id)
	subscription := ""
	if parts := strings.Split(id.Raw(), "/"); len(parts) > 2 {
		subscription = parts[2]
	}
	return f.Explain(model.RefusedCall{
		Service: string(model.WriteARM), Tenant: tenant, Subscription: safe.New(subscription), Place: model.LastSegment(id), Write: write,
	})
}

// ruleBody is a rule as Azure takes it. One value stands in the one member and several in the
// other: Azure refuses a rule that has both.
type ruleBody struct {
	Properties ruleProperties `json:"properties"`
}

type ruleProperties struct {
	Description  string   `json:"description"`
	Priority     int      `json:"priority"`
	Direction    string   `json:"direction"`
	Access       string   `json:"access"`
	Protocol     string   `json:"protocol"`
	Source       string   `json:"sourceAddressPrefix,omitempty"`
	Sources      []string `json:"sourceAddressPrefixes,omitempty"`
	FromPort     string   `json:"sourcePortRange"`
	Destination  string   `json:"destinationAddressPrefix,omitempty"`
	Destinations []string `json:"destinationAddressPrefixes,omitempty"`
	Port         string   `json:"destinationPortRange"`
}

func oneOf(list []safe.Text) (one string, several []string) {
	if len(list) == 1 {
		return list[0].Raw(), nil
	}
	for _, t := range list {
		several = append(several, t.Raw())
	}
	return "", several
}

// RuleWrite makes the request that adds a rule to a security group, with one port. Why says in
// the rule itself what it is for.
func (c *Client) RuleWrite(group safe.Text, r azurenet.Rule, why string) model.Write {
	p := ruleProperties{
		Description: why, Priority: r.Priority, Direction: r.Direction.Raw(), Access: r.Access.Raw(), Protocol: r.Protocol.Raw(), FromPort: "*",
	}
	p.Port, _ = oneOf(r.Ports)
	p.Source, p.Sources = oneOf(r.Sources)
	p.Destination, p.Destinations = oneOf(r.Destinations)
	w := c.rest.Write(http.MethodPut, partPath(group, "securityRules", r.Name.Raw()), networkVersion(), ruleBody{p})
	w.Kind, w.Makes = model.ObjectRule, "the rule "+r.Name.String()+" of the security group "+model.LastSegment(group).String()
	return w
}

// DeleteRuleWrite makes the request that deletes a rule, by its ARM id.
func (c *Client) DeleteRuleWrite(id safe.Text) model.Write {
	w := c.rest.Write(http.MethodDelete, partPath(id), networkVersion(), nil)
	w.Kind, w.Makes = model.ObjectRule, "the rule "+model.LastSegment(id).String()+" is deleted"
	return w
}

// DeleteRouteWrite makes the request that deletes a route of a route table, by its ARM id.
func (c *Client) DeleteRouteWrite(id safe.Text) model.Write {
	w := c.rest.Write(http.MethodDelete, partPath(id), networkVersion(), nil)
	w.Kind, w.Makes = model.ObjectUserRoute, "the route "+model.LastSegment(id).String()+" is deleted"
	return w
}

// Route reads a route of a route table. One that is not there is a failure of the kind
// not-found.
func (c *Client) Route(ctx context.Context, tenant, id safe.Text) (azurenet.Route, error) {
	var got armnetwork.Route
	if err := c.part(ctx, tenant, id, &got); err != nil {
		return azurenet.Route{}, err
	}
	return netfacts.RouteOf(got), nil
}

// Change sends a write about a resource of the network's. Azure goes on after its answer.
// What a deletion does not find is no error.
func (c *Client) Change(ctx context.Context, tenant, id safe.Text, w model.Write) error {
	_, err := c.rest.Send(ctx, tenant, w)
	if err == nil {
		return nil
	}
	f := c.partFailure(err, tenant, "write "+partWord(id), id, true)
	if w.Method == http.MethodDelete && f.Kind == model.FailureNotFound && strings.EqualFold(f.Code.Raw(), "NotFound") {
		return nil
	}
	return f
}

// Rule reads a rule of a security group. One that is not there is a failure of the kind
// not-found.
func (c *Client) Rule(ctx context.Context, tenant, id safe.Text) (azurenet.WrittenRule, error) {
	var raw json.RawMessage
	if err := c.part(ctx, tenant, id, &raw); err != nil {
		return azurenet.WrittenRule{}, err
	}
	r, err := netfacts.RuleOf(raw)
	if err != nil {
		return r, c.partFailure(c.rest.Unreadable("it does not tell the rule as a whole"), tenant, "read the security rule", id, false)
	}
	return r, nil
}
