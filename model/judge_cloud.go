package model

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/finding"
)

// otherCloud reports whether a network of Konnect on Azure is in another cloud of Azure
// than the one that is looked into. Konnect offers regions of the public cloud alone; one
// that is named like a region of another cloud would be something that is not known yet,
// and no rule speaks of it.
func otherCloud(n Network, c azurecloud.Cloud) bool {
	if c == azurecloud.Public || n.Region.IsEmpty() {
		return false
	}
	region := strings.ToLower(n.Region.Raw())
	for _, prefix := range []string{"usgov", "usdod", "china"} {
		if strings.HasPrefix(region, prefix) {
			return false
		}
	}
	return true
}

// otherCloudText says what follows from that. Source: Microsoft's page on managing
// peerings, for VNETs of two clouds; Kong's list of regions on Azure.
func otherCloudText(n Network, c azurecloud.Cloud) string {
	return fmt.Sprintf("%s is in %s, a region of %s as far as is known, and peerdeck looks into %s: VNETs of two clouds cannot be peered.",
		n.Name.Or(n.ID.Raw()), n.Region, azurecloud.Public.Title(), c.Title())
}

func otherCloudNext(c azurecloud.Cloud) finding.Next {
	return finding.Next{
		Kind: finding.NextCommand,
		Text: "Look into the public cloud if the VNET is there: azure.cloud in the configuration file or in the context, or the command. " +
			"For a VNET in " + c.Title() + ", ask Kong whether there is another way.",
		Command: "peerdeck status --azure-cloud " + azurecloud.Public.Name(),
	}
}

// cloudRules are about a VNET that is looked for in a cloud in which it cannot be. One
// that was found there is judged as any other.
func cloudRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{{
		code: "peering-other-cloud",
		when: func(f PeeringFacts) bool {
			return otherCloud(f.Network, f.Cloud) && f.Azure.Status != HalfPresent
		},
		severity: SeverityAttention, word: "other cloud",
		say: func(f PeeringFacts) string {
			return fmt.Sprintf("Konnect reported %s, and nothing is known of %s. ", f.Peering.State, f.vnet()) + otherCloudText(f.Network, f.Cloud)
		},
		next: func(f PeeringFacts) finding.Next { return otherCloudNext(f.Cloud) },
	}}
}
