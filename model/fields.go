package model

// NetworkKeys are the keys by which networks can be filtered.
func NetworkKeys() []string {
	return []string{"name", "region", "cidr", "state", "severity", "provider", "peering", "vnet", "reason", "id", "plane"}
}

// NetworkFields returns the values of a key for a filter; the empty key gives
// all that a plain word is searched in.
func NetworkFields(n *NetworkStatus, key string) []string {
	switch key {
	case "":
		return append([]string{
			n.Name.String(), n.Region.String(), n.CIDR.String(), string(n.State), n.Finding.Word,
		}, peeringFields(n, true)...)
	case "name":
		return []string{n.Name.String()}
	case "region":
		return []string{n.Region.String()}
	case "cidr":
		return []string{n.CIDR.String()}
	case "state":
		return append([]string{string(n.State)}, peeringStates(n)...)
	case "severity":
		return []string{n.Finding.Severity.String(), n.Finding.Word}
	case "provider":
		return []string{n.Provider.Label()}
	case "peering":
		return peeringFields(n, false)
	case "vnet":
		var out []string
		for i := range n.Peerings {
			out = append(out, n.Peerings[i].Place().Name.String())
		}
		return out
	case "reason":
		out := []string{n.Reason.String()}
		for i := range n.Peerings {
			out = append(out, n.Peerings[i].Reason.String())
		}
		return out
	case "id":
		out := []string{n.ID.String()}
		for i := range n.Peerings {
			out = append(out, n.Peerings[i].ID.String())
		}
		return out
	case "plane":
		var out []string
		for _, c := range n.ControlPlanes {
			out = append(out, c.Name.String(), c.ID.String())
		}
		return out
	default:
		return nil
	}
}

func peeringFields(n *NetworkStatus, words bool) []string {
	var out []string
	for i := range n.Peerings {
		p := &n.Peerings[i]
		out = append(out, p.Name.String())
		if words {
			out = append(out, p.Place().Name.String(), p.Finding.Word)
		}
	}
	return out
}

func peeringStates(n *NetworkStatus) []string {
	var out []string
	for i := range n.Peerings {
		p := &n.Peerings[i]
		out = append(out, string(p.State))
		if p.Azure.Status == HalfPresent {
			out = append(out, p.Azure.StateWord(), string(p.Azure.Peering.Sync))
		}
	}
	return out
}
