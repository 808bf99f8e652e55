package azurenet

import "github.com/peerdeck/peerdeck/model/safe"

// Record is what a private DNS zone holds for one name: the addresses that it leads to.
type Record struct {
	Zone      safe.Text   // ARM id of the zone
	ZoneName  safe.Text   // such as gateway.example.net
	Name      safe.Text   // in the zone; @ for the zone itself
	Addresses []safe.Text // in the order in which Azure lists them
	Linked    bool        // the zone is linked to the VNET
}
