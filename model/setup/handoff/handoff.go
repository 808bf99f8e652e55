// Package handoff writes down what the Azure admin must do for a peering: one text
// to read, and one script to run. Both make the same things that peerdeck's own
// set-up makes, and nothing else.
package handoff

import (
	"encoding/json"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// Handoff is what a hand-off is about. The request must have no fatal problem: see
// [setup.Request.Problems].
type Handoff struct {
	Request setup.Request
	// NetworkName and NetworkCIDR tell the admin what the VNET is peered with. A
	// CIDR that is not known is left out.
	NetworkName safe.Text
	NetworkCIDR model.Prefix
	// Link is where an administrator approves Kong's application.
	Link safe.Text
	// Cloud is the cloud of Azure that the VNET is in.
	Cloud azurecloud.Cloud
	// SubscriptionName is what people call the subscription; empty when not known.
	SubscriptionName safe.Text
}

// roleJSON is the custom role as the Azure CLI reads it.
func (h Handoff) roleJSON() string {
	data, err := json.MarshalIndent(struct {
		Name             string   `json:"Name"`
		Description      string   `json:"Description"`
		Actions          []string `json:"Actions"`
		AssignableScopes []string `json:"AssignableScopes"`
	}{h.Request.Role().Raw(), model.RoleDescription, model.PeeringActions(), []string{h.subscriptionScope()}}, "", "  ")
	if err != nil {
		return "" // texts and lists of texts can always be written
	}
	return string(data)
}

func (h Handoff) subscriptionScope() string {
	return "/subscriptions/" + h.Request.VNet.SubscriptionID.Raw()
}

// otherName is the second name that the role may have in the tenant.
func (h Handoff) otherName() string {
	names := model.RoleNames(h.Request.Role())
	return names[len(names)-1].Raw()
}

// cloud is what the Azure CLI calls the cloud, where it is another than the public one,
// at which the CLI stands when nobody has set any.
func (h Handoff) cloud() string {
	if h.Cloud == azurecloud.Public {
		return ""
	}
	return h.Cloud.CLI()
}

// network names the network, with its range where that is known.
func (h Handoff) network() string {
	name := h.NetworkName.Or(h.Request.Network.Raw()).String()
	if h.NetworkCIDR.Valid() {
		return name + " (" + h.NetworkCIDR.String() + ")"
	}
	return name
}

// subscription names the subscription, with its id.
func (h Handoff) subscription() string {
	id := h.Request.VNet.SubscriptionID.String()
	if h.SubscriptionName.IsEmpty() {
		return id
	}
	return h.SubscriptionName.String() + " (" + id + ")"
}

// assign writes one line of a shell that gives a variable a value.
func assign(b *strings.Builder, name, value string) {
	b.WriteString(name + "=" + model.ShellQuote(value) + "\n")
}
