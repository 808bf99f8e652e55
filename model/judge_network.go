package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// NetworkFacts is what is known of a network itself.
type NetworkFacts struct {
	Network Network
	Since   Since // when the present state began
	Now     time.Time

	Provider Provider         // the cloud that the network is on
	Cloud    azurecloud.Cloud // the cloud of Azure that is looked into
}

func (f NetworkFacts) stay() Stay { return stayOf(AspectNetwork, string(f.Network.State)) }

func (f NetworkFacts) reasonKind() reasonKind {
	return readReason(f.Network.ReportedStatus, f.Network.Reason, f.Network.Name)
}

// reason is what Konnect says beside the state. All that a network needs is Kong's, so
// what can be done about it is to tell Kong.
func (f NetworkFacts) reason() reasonOf {
	n := f.Network
	r := wordOfKonnect("network", n.Name, n.ID, string(n.State), n.CreatedAt, n.UpdatedAt, n.ReportedStatus, n.Reason)
	r.kind, r.place = f.reasonKind(), "Kong's side of the network"
	return r
}

// networkNext is the step for a reason that can be read: a quota is the organization's,
// a range is chosen when a network is made; the rest is in Kong's cloud.
func networkNext(f NetworkFacts) finding.Next {
	r := f.reason()
	switch r.kind {
	case reasonLimit:
		r.ask.Text = "Delete what is not used, or have Kong raise the quota. " + r.ask.Text
	case reasonOverlap:
		r.ask.Text = "A network's range cannot be changed: another one needs a new network, and " + FreeRanges(f.Network) + " finds ranges that are free. " + r.ask.Text
	case reasonThrottled, reasonBusy, reasonTimeout, reasonBroken:
		r.ask.Text = "It may pass: wait some minutes. If it stays so: " + phrase.Lower(r.ask.Text)
	default:
	}
	return r.ask
}

// stillThere names what is left in a network that is being deleted.
func stillThere(n Network) string {
	var left []string
	if n.PeeringCount > 0 {
		left = append(left, phrase.Count(n.PeeringCount, "peering"))
	}
	if n.ConfigurationCount > 0 {
		left = append(left, phrase.Count(n.ConfigurationCount, "control plane configuration"))
	}
	if len(left) == 0 {
		return ""
	}
	return " It still has " + phrase.And(left) + "."
}

// Network judges a network by its own state, without its peerings.
func (j *Judge) Network(f NetworkFacts) finding.Finding {
	return decide(j.network, f).In(f.Cloud)
}

// networkRules follows the states of the contract. A network has no error
// state: what Konnect reports beside the state is the only sign of trouble.
func networkRules() []rule[NetworkFacts] {
	state := func(s NetworkState) func(NetworkFacts) bool {
		return func(f NetworkFacts) bool { return f.Network.State == s }
	}
	building := func(f NetworkFacts) bool {
		return f.Network.State == NetworkCreated || f.Network.State == NetworkInitializing
	}
	return []rule[NetworkFacts]{
		{
			code:     "network-terminated",
			when:     state(NetworkTerminated),
			severity: SeverityOK, word: "deleted",
			say: func(NetworkFacts) string { return "Konnect has deleted this network." },
		},
		{
			code: "network-reason",
			when: func(f NetworkFacts) bool {
				k := f.reasonKind()
				return f.Network.State != NetworkTerminated && k > reasonUnknown && (!f.Network.State.Changing() || !k.passes())
			},
			severity: SeverityAttention, word: "reports trouble",
			say: func(f NetworkFacts) string {
				return fmt.Sprintf("The network is %s. %s", f.Network.State, f.reason().cause())
			},
			next: networkNext,
		},
		{
			code: "network-terminating-long",
			when: func(f NetworkFacts) bool {
				return f.Network.State == NetworkTerminating && f.stay().over(f.Since, f.Now)
			},
			severity: SeverityAttention, word: "deleting long",
			say: func(f NetworkFacts) string {
				return fmt.Sprintf("Konnect has been deleting this network for %s; %s.%s", f.Since.Text(f.Now), f.stay().said(), stillThere(f.Network))
			},
			next: func(f NetworkFacts) finding.Next {
				return f.reason().ask
			},
		},
		{
			code:     "network-terminating",
			when:     state(NetworkTerminating),
			severity: SeverityWorking, word: "being deleted",
			say:  func(NetworkFacts) string { return "Konnect is deleting this network; it takes no new peerings." },
			next: step[NetworkFacts](finding.NextWait, "Nothing to do."),
		},
		{
			code: "network-reports-trouble",
			when: func(f NetworkFacts) bool {
				return troubled(string(f.Network.State), f.Network.ReportedStatus, f.Network.Reason)
			},
			severity: SeverityAttention, word: "reports trouble",
			say: func(f NetworkFacts) string {
				return fmt.Sprintf("The network is %s, and Konnect reported: %s", f.Network.State, reported(f.Network))
			},
			next: func(f NetworkFacts) finding.Next { return f.reason().ask },
		},
		{
			code: "network-building-long",
			when: func(f NetworkFacts) bool {
				return building(f) && f.stay().over(f.Since, f.Now)
			},
			severity: SeverityAttention, word: "slow",
			say: func(f NetworkFacts) string {
				return fmt.Sprintf("The network has been %s for %s; %s.", f.Network.State, f.Since.Text(f.Now), f.stay().said())
			},
			next: func(f NetworkFacts) finding.Next {
				return f.reason().ask
			},
		},
		{
			code:     "network-created",
			when:     state(NetworkCreated),
			severity: SeverityWorking, word: "created",
			say:  func(NetworkFacts) string { return "Konnect has recorded the network and has not begun to build it." },
			next: step[NetworkFacts](finding.NextWait, "Wait: building takes 30 to 40 min."),
		},
		{
			code:     "network-initializing",
			when:     state(NetworkInitializing),
			severity: SeverityWorking, word: "initializing",
			say:  func(NetworkFacts) string { return "Konnect is building the network." },
			next: step[NetworkFacts](finding.NextWait, "Wait: it takes 30 to 40 min; peerings can be made when it is ready."),
		},
		{
			code: "network-offline-in-use",
			when: func(f NetworkFacts) bool {
				return f.Network.State == NetworkOffline && f.Network.PeeringCount > 0
			},
			severity: SeverityAttention, word: "offline",
			say:  func(NetworkFacts) string { return "The network is offline, so its peerings carry nothing." },
			next: step[NetworkFacts](finding.NextKonnect, "Refer to the network in a control plane's configuration: that starts it."),
		},
		{
			code:     "network-offline",
			when:     state(NetworkOffline),
			severity: SeverityOK, word: "offline",
			say:  func(NetworkFacts) string { return "The network is offline: it exists and is not built." },
			next: step[NetworkFacts](finding.NextNone, "It starts when a control plane's configuration refers to it."),
		},
		{
			code: "network-other-cloud",
			when: func(f NetworkFacts) bool {
				return f.Network.State == NetworkReady && f.Provider == ProviderAzure && otherCloud(f.Network, f.Cloud)
			},
			severity: SeverityAttention, word: "other cloud",
			say:  func(f NetworkFacts) string { return "The network is ready. " + otherCloudText(f.Network, f.Cloud) },
			next: func(f NetworkFacts) finding.Next { return otherCloudNext(f.Cloud) },
		},
		{
			code:     "network-ready",
			when:     state(NetworkReady),
			severity: SeverityOK, word: "ready",
			say: func(NetworkFacts) string { return "The network is ready." },
		},
		{
			code:     "network-unknown",
			when:     always[NetworkFacts],
			severity: SeverityUnknown, word: "not known",
			say: func(f NetworkFacts) string {
				return fmt.Sprintf("Konnect reported the network state %q, which peerdeck does not know.", f.Network.State)
			},
			next: step[NetworkFacts](finding.NextKonnect, "Look at the network in Konnect."),
		},
	}
}

func reported(n Network) string { return reportedText(n.ReportedStatus, n.Reason) }

// reportedText is what Konnect says beside a state; both parts may be missing.
func reportedText(status, reason safe.Text) string {
	switch {
	case status.IsEmpty():
		return reason.String()
	case reason.IsEmpty():
		return status.String()
	default:
		return status.String() + ": " + reason.String()
	}
}

// troubled reports whether what Konnect says beside a state is a sign of trouble.
// A reason is; so is a reported status that neither repeats the state nor is a
// word for success. The contract lists no values and gives INVALID as example.
func troubled(state string, status, reason safe.Text) bool {
	if !reason.IsEmpty() {
		return true
	}
	word := status.Raw()
	return word != "" && !slices.ContainsFunc([]string{state, "ready", "ok", "valid", "success", "succeeded", "healthy", "active", "available"}, func(good string) bool {
		return strings.EqualFold(word, good)
	})
}
