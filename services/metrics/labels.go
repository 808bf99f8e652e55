package metrics

import (
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// other stands in a label for a value that no closed list knows.
const other = "other"

// longest bounds a label that holds a remote name, in bytes: a server could send any.
const longest = 200

// name makes a label's value of a remote text.
func name(t safe.Text) string {
	s := t.String()
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "…"
}

// known is a word of a closed list, or other.
func known[S ~string](word S, list ...S) string {
	for _, l := range list {
		if strings.EqualFold(string(word), string(l)) {
			return string(l)
		}
	}
	return other
}

// codes are those of the catalogue, which is a closed list.
type codes map[finding.Code]bool

func catalogue() codes {
	all := codes{}
	for _, e := range finding.Entries() {
		all[e.Code] = true
	}
	return all
}

// label is a code as it stands in a label.
func (c codes) label(code finding.Code) string {
	if c[code] {
		return string(code)
	}
	return other
}

func networkState(s model.NetworkState) string {
	return known(s, model.NetworkCreated, model.NetworkInitializing, model.NetworkOffline, model.NetworkReady, model.NetworkTerminating, model.NetworkTerminated)
}

func peeringState(s model.PeeringState) string {
	return known(s, model.PeeringCreated, model.PeeringInitializing, model.PeeringPendingAcceptance, model.PeeringPendingUserAction,
		model.PeeringReady, model.PeeringTerminating, model.PeeringTerminated, model.PeeringError)
}

func privateDNSState(s model.PrivateDNSState) string {
	return known(s, model.PrivateDNSCreated, model.PrivateDNSInitializing, model.PrivateDNSPendingAssociation,
		model.PrivateDNSReady, model.PrivateDNSError, model.PrivateDNSTerminating, model.PrivateDNSTerminated)
}

func provider(p model.Provider) string {
	if p == model.ProviderUnknown {
		return "unknown"
	}
	return known(p, model.ProviderAzure, model.ProviderAWS, model.ProviderGCP)
}

func kind(k model.PeeringKind) string {
	return known(k, model.KindAzureVNet, model.KindAzureVHub, model.KindAWSTransitGateway, model.KindAWSVPCPeering, model.KindAWSResourceEndpoint, model.KindGCPVPCPeering)
}

// half is the state of Azure's half: Azure's own word where there is one, and what is known
// of it where there is none.
func half(h model.AzureHalf) (state, sync string) {
	switch h.Status {
	case model.HalfPresent:
		return known(h.Peering.State, model.VNetInitiated, model.VNetConnected, model.VNetDisconnected),
			known(h.Peering.Sync, model.SyncFull, model.SyncLocalBehind, model.SyncRemoteBehind, model.SyncBothBehind, model.SyncUnstated)
	case model.HalfUnread:
		return "not_read", ""
	case model.HalfUnreadable:
		return "not_readable", ""
	case model.HalfNoVNet:
		return "no_vnet", ""
	case model.HalfAbsent:
		return "absent", ""
	case model.HalfUnclear:
		return "unclear", ""
	case model.HalfNotApplicable:
		return "", ""
	default:
		return other, ""
	}
}

// status is an answer of a service: its number, or "none" where no answer came.
func status(code int) string {
	const first, last = 100, 599
	switch {
	case code == 0:
		return "none"
	case code < first || code > last:
		return other
	default:
		return strconv.Itoa(code)
	}
}
