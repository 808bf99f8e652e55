package assume

// About says in a few words what becomes of a thing, for a list to choose from.
func About(v Verb, k Kind) string {
	switch k {
	case Prefix:
		return "an address range of a VNET; its peering is not in sync then"
	case Route:
		return "a user's route of a route table"
	case Table:
		return "whether a table keeps the routes of peerings out of its subnets"
	case Subnet:
		return "which route table and security group a subnet has"
	case Rule:
		return "a rule of a security group"
	case AdminRule:
		return "a security admin rule of Virtual Network Manager"
	case Mapping:
		return "a domain of the network's resolver, and its DNS servers"
	case Peering:
		if v == Alter {
			return "what Azure's half allows, and whether the halves are in sync"
		}
		return "a peering of the network with a VNET"
	default:
		return ""
	}
}
