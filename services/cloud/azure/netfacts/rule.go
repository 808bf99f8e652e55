package netfacts

import (
	"encoding/json"
	"errors"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

var errNoRule = errors.New("it is no security rule")

// RuleOf reads a security rule from the body of an answer, and how far Azure is with it.
func RuleOf(body []byte) (azurenet.WrittenRule, error) {
	var got armnetwork.SecurityRule
	if err := json.Unmarshal(body, &got); err != nil {
		return azurenet.WrittenRule{}, err
	}
	if got.Properties == nil {
		return azurenet.WrittenRule{}, errNoRule
	}
	return azurenet.WrittenRule{
		Rule: convertRule(rest.Text(got.Name), *got.Properties), ID: rest.Text(got.ID), State: model.ProvisioningState(word(got.Properties.ProvisioningState).Raw()),
	}, nil
}
