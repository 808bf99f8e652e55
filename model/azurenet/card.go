package azurenet

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Card is a network card.
type Card struct {
	ID        safe.Text
	Name      safe.Text
	Machine   safe.Text // ARM id of the machine that it is in, empty for none
	Endpoint  safe.Text // ARM id of the private endpoint that it is of, empty for none
	Group     safe.Text // ARM id of its own security group, empty for none
	Addresses []CardAddress
	Forwards  model.Ternary // whether it passes on what is for others (enableIPForwarding)
}

// CardAddress is an address of a network card.
type CardAddress struct {
	Address safe.Text
	Subnet  safe.Text   // ARM id
	Names   []safe.Text // that a private endpoint is for at this address
	Groups  []safe.Text // application security groups that the address is in, by ARM id
}

// Words names a network card with what it is of.
func (c Card) Words() string {
	switch {
	case !c.Endpoint.IsEmpty():
		return "the private endpoint " + tail(c.Endpoint)
	case !c.Machine.IsEmpty():
		return "the network card " + c.Name.String() + " of the machine " + tail(c.Machine)
	default:
		return "the network card " + c.Name.String()
	}
}

// CardAt finds the network card of the VNET that has an address. Other VNETs of the
// subscription may well use the same addresses.
func (f Facts) CardAt(address safe.Text) (Card, bool) {
	if address.IsEmpty() {
		return Card{}, false
	}
	for _, c := range f.Cards {
		if _, has := c.at(f.VNet.ID, address); has {
			return c, true
		}
	}
	return Card{}, false
}

// at is the card's address in a VNET.
func (c Card) at(vnet, address safe.Text) (CardAddress, bool) {
	return find(c.Addresses, func(a CardAddress) bool { return SameAddress(a.Address, address) && within(a.Subnet, vnet) })
}

// within reports whether an ARM id lies below another one.
func within(id, above safe.Text) bool {
	return !above.IsEmpty() && strings.HasPrefix(strings.ToLower(id.Raw()), strings.ToLower(above.Raw())+"/")
}

// Address is what Azure says of one address of the VNET.
type Address struct {
	Address  safe.Text
	Free     bool // nothing uses it
	Reserved bool // it is Azure's own
}

// tail is the last name in an ARM id, for a sentence.
func tail(id safe.Text) string { return model.LastSegment(id).String() }
