package model

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Pasted is what somebody pasted, as far as it names something of a snapshot.
type Pasted struct {
	Network *NetworkStatus
	Peering *PeeringStatus    // nil: the network itself, or the private DNS object
	DNS     *PrivateDNSStatus // nil: the network itself, or the peering
	What    string            // "the VNET of hub-vnet", for a sentence
}

// guidsIn lists the ids in a text, such as the address of a page of Konnect.
func guidsIn(text string) []string {
	const length = 36
	var out []string
	for i := 0; i+length <= len(text); i++ {
		if IsGUID(text[i : i+length]) {
			out = append(out, text[i:i+length])
			i += length - 1
		}
	}
	return out
}

// longestPasted bounds what is looked at: no id is longer.
const longestPasted = 4096

// Pasted finds what an id means that somebody pasted: Konnect's id of a network, a peering
// or a private DNS object, alone or in the address of a page, or Azure's id of a VNET or of
// a half. The innermost object is meant. False: nothing that was read has such an id.
func (s Snapshot) Pasted(text string) (Pasted, bool) {
	if len(text) > longestPasted {
		return Pasted{}, false
	}
	if p, found := s.pastedAzure(text); found {
		return p, true
	}
	ids := guidsIn(text)
	for _, id := range slices.Backward(ids) {
		if p, found := s.pastedID(id); found {
			return p, true
		}
	}
	return Pasted{}, false
}

// pastedID finds the object that Konnect has under an id.
func (s Snapshot) pastedID(id string) (Pasted, bool) {
	is := func(own safe.Text) bool { return strings.EqualFold(own.String(), id) }
	for _, n := range s.Networks {
		for i := range n.Peerings {
			if p := &n.Peerings[i]; is(p.ID) {
				return Pasted{Network: n, Peering: p, What: "the peering " + p.Name.Or(id).String()}, true
			}
		}
		for i := range n.PrivateDNS {
			if d := &n.PrivateDNS[i]; is(d.ID) {
				return Pasted{Network: n, DNS: d, What: "the private DNS object " + d.Name.Or(id).String()}, true
			}
		}
		if is(n.ID) {
			return Pasted{Network: n, What: "the network " + n.Name.Or(id).String()}, true
		}
	}
	return Pasted{}, false
}

// pastedAzure finds the peering whose half an id of Azure names, or else one that leads to
// the VNET that it names.
func (s Snapshot) pastedAzure(text string) (Pasted, bool) {
	at := strings.Index(strings.ToLower(text), "/subscriptions/")
	if at < 0 {
		return Pasted{}, false
	}
	id, _, _ := strings.Cut(text[at:], "?")
	id = strings.TrimRight(strings.TrimSpace(id), `/"',;)`)
	var found Pasted
	for _, n := range s.Networks {
		for i := range n.Peerings {
			p := &n.Peerings[i]
			if half := p.Azure.Peering.ID; !half.IsEmpty() && strings.EqualFold(half.String(), id) {
				return Pasted{Network: n, Peering: p, What: "Azure's half of " + p.Name.Or(p.ID.String()).String()}, true
			}
			vnet := VNetID(safe.New(id))
			if vnet != "" && found.Network == nil && (VNetID(p.Azure.VNet.ID) == vnet || VNetID(p.VNet.ID()) == vnet) {
				found = Pasted{Network: n, Peering: p, What: "the VNET of " + p.Name.Or(p.ID.String()).String()}
			}
		}
	}
	return found, found.Network != nil
}

// LooksLikeID reports whether a text is an id and no name: a GUID, or a long row of
// hexadecimal digits, as Konnect's traces and Azure's requests have.
func LooksLikeID(text string) bool {
	const least = 16
	if IsGUID(text) {
		return true
	}
	return len(text) >= least && strings.Trim(strings.ToLower(text), "0123456789abcdef") == "" && strings.ContainsAny(text, "0123456789")
}
