package verdict

import "strings"

// Check names a check of the ladder, whatever its title is.
type Check string

// The checks, in the order in which a person would make them. CheckNetwork to CheckZone
// are those of a trace, which tells what the clouds say in more detail.
const (
	CheckTable     Check = "table"
	CheckKonnect   Check = "konnect"
	CheckHalf      Check = "azure-half"
	CheckAddresses Check = "server-addresses"
	CheckGates     Check = "security-groups"
	CheckUDP       Check = "udp"
	CheckTCP       Check = "tcp"
	CheckWilling   Check = "willing"
	CheckName      Check = "name"
	CheckEDNS      Check = "edns"
	CheckRandom    Check = "random-name"
	CheckAgreement Check = "agreement"
	CheckWay       Check = "way-to-address"
	CheckNetwork   Check = "network"
	CheckPeering   Check = "peering"
	CheckResolver  Check = "resolver"
	CheckUDP53     Check = "udp-53"
	CheckTCP53     Check = "tcp-53"
	CheckZone      Check = "private-zone"
)

// Title is the check for people.
func (c Check) Title() string {
	switch c {
	case CheckTable:
		return "mapping table"
	case CheckKonnect:
		return "Konnect"
	case CheckHalf:
		return "Azure's half"
	case CheckAddresses:
		return "server addresses"
	case CheckGates:
		return "security groups"
	case CheckUDP, CheckTCP, CheckUDP53, CheckTCP53:
		return strings.ToUpper(strings.ReplaceAll(string(c), "-", " "))
	case CheckName:
		return "the name"
	case CheckEDNS:
		return "EDNS"
	case CheckRandom:
		return "a name that cannot exist"
	case CheckWay:
		return "path to the address"
	case CheckZone:
		return "private zone"
	case CheckWilling:
		return "serves the domain"
	case CheckAgreement, CheckNetwork, CheckPeering, CheckResolver:
		return string(c)
	default:
		return string(c)
	}
}
