package model

import "time"

// Stay is how long an object stays in a state that is expected to pass.
type Stay struct {
	Of    Aspect        // whose state: [AspectNetwork], [AspectKonnect] for a peering, [AspectPrivateDNS], [AspectAzure] and [AspectProvisioning] for a half
	State string        // in the cloud's own word
	Usual string        // "30 to 40 min"; empty: nobody publishes it
	By    string        // who says so
	Long  time.Duration // after this it is called too long; 0: it waits for a person, and needs one at once
}

// The limits are peerdeck's own choice, and no sentence calls them usual. Where a figure
// is published, the limit is half as much again.
const (
	longBuild  = time.Hour        // Kong: a network takes 30 to 40 min
	longSetup  = time.Hour        // nobody publishes how long Konnect takes for a peering
	longDelete = 2 * time.Hour    // nor for deleting anything
	longDNS    = 30 * time.Minute // nor for a resolver, which needs no network to be built
	longWrite  = 15 * time.Minute // nor Microsoft for a write to a peering, which takes seconds
)

// Stays is the table of states that should pass. Kong publishes how long a network is
// built (Dedicated Cloud Gateways: network architecture; Azure prerequisites) and nothing
// else; Microsoft publishes no time for a write to a peering.
func Stays() []Stay {
	const built, kong = "30 to 40 min", "Kong"
	return []Stay{
		{AspectNetwork, string(NetworkCreated), built, kong, longBuild},
		{AspectNetwork, string(NetworkInitializing), built, kong, longBuild},
		{AspectNetwork, string(NetworkTerminating), "", "", longDelete},
		{AspectKonnect, string(PeeringCreated), "", "", longSetup},
		{AspectKonnect, string(PeeringInitializing), "", "", longSetup},
		{AspectKonnect, string(PeeringPendingAcceptance), "", "", 0},
		{AspectKonnect, string(PeeringPendingUserAction), "", "", 0},
		{AspectKonnect, string(PeeringTerminating), "", "", longDelete},
		{AspectPrivateDNS, string(PrivateDNSCreated), "", "", longDNS},
		{AspectPrivateDNS, string(PrivateDNSInitializing), "", "", longDNS},
		{AspectPrivateDNS, string(PrivateDNSPendingAssociation), "", "", 0},
		{AspectPrivateDNS, string(PrivateDNSTerminating), "", "", longDelete},
		{AspectAzure, string(VNetInitiated), "", "", longWrite},
		{AspectProvisioning, string(ProvisioningCreating), "", "", longWrite},
		{AspectProvisioning, string(ProvisioningUpdating), "", "", longWrite},
		{AspectProvisioning, string(ProvisioningDeleting), "", "", longWrite},
	}
}

// stayOf finds a state in the table; the zero value, which is never too long, where it is
// not there.
func stayOf(of Aspect, state string) Stay {
	for _, s := range Stays() {
		if s.Of == of && s.State == state {
			return s
		}
	}
	return Stay{Of: of, State: state}
}

// over reports whether a state has lasted beyond its limit, for certain.
func (s Stay) over(since Since, now time.Time) bool { return since.Longer(now, s.Long) }

// said is what is published about the time that a state takes, as the end of a sentence.
func (s Stay) said() string {
	if s.Usual == "" {
		return "nobody publishes how long that takes, and this is long"
	}
	return s.By + " says " + s.Usual
}
