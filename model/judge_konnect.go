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

// PeeringFacts is what is known of a peering: both halves and the network.
type PeeringFacts struct {
	Network  Network
	Peering  Peering
	Azure    AzureHalf
	Overlaps []Overlap
	Servers  []safe.Text // the DNS servers that the tables of the network name
	Since    Since       // when Konnect's half became as it is
	// NetworkSince is when the network became as it is.
	NetworkSince Since
	// HalfSince is when Azure's half became as it is: Azure gives no times, so it is known
	// from the history alone.
	HalfSince Since
	Now       time.Time
	Cloud     azurecloud.Cloud // the cloud of Azure that is looked into
}

// vnet names the VNET for a sentence, or the virtual hub that the peering is with.
func (f PeeringFacts) vnet() string {
	if withHub(f) {
		return f.Peering.Hub.Name.Or("the hub").String()
	}
	return f.Peering.VNet.Name.Or("the VNET").String()
}

func inState(states ...PeeringState) func(PeeringFacts) bool {
	return func(f PeeringFacts) bool {
		return slices.Contains(states, f.Peering.State)
	}
}

func endedRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code:     "peering-terminated",
			when:     inState(PeeringTerminated),
			severity: SeverityOK, word: "deleted",
			say: func(PeeringFacts) string { return "Konnect has deleted this peering." },
		},
		{
			code:     "peering-terminating",
			when:     inState(PeeringTerminating),
			severity: SeverityWorking, word: "being deleted",
			say:  func(PeeringFacts) string { return "Konnect is deleting this peering." },
			next: step[PeeringFacts](finding.NextWait, "Nothing to do."),
		},
	}
}

func restRules() []rule[PeeringFacts] {
	starting := inState(PeeringCreated, PeeringInitializing)
	return []rule[PeeringFacts]{
		{
			code:     "starting-overlap",
			when:     func(f PeeringFacts) bool { return starting(f) && len(f.Overlaps) > 0 },
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return "Azure will refuse this peering: " + f.Overlaps[0].String() + "."
			},
			next: func(f PeeringFacts) finding.Next { return OverlapNext(f.Network) },
		},
		oldHalf("starting-disconnected", starting),
		{
			code: "starting-long",
			when: func(f PeeringFacts) bool {
				return starting(f) && !f.Network.State.Changing() && f.stay().over(f.lasted(), f.Now)
			},
			severity: SeverityAttention, word: "slow",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect has been setting the peering up for %[2]s and still reported %[1]s; %[3]s.", f.Peering.State, f.lasted().Text(f.Now), f.stay().said())
			},
			next: func(f PeeringFacts) finding.Next {
				ask := f.askKong()
				return finding.Next{Kind: finding.NextSetUp, Text: "Check consent, role and role assignment. If they are as they should be: " + phrase.Lower(ask.Text)}
			},
		},
		{
			code:     "starting",
			when:     starting,
			severity: SeverityWorking, word: "starting",
			say:  startingText,
			next: step[PeeringFacts](finding.NextWait, "Wait: Konnect writes both halves."),
		},
		{
			code: "ready-reports-trouble",
			when: func(f PeeringFacts) bool {
				return f.Peering.State == PeeringReady && peeringTroubled(f)
			},
			severity: SeverityAttention, word: "reports trouble",
			say:  troubleText,
			next: func(f PeeringFacts) finding.Next { return troubleNext(f.reason()) },
		},
		{
			code:     "ready-konnect-only",
			when:     inState(PeeringReady),
			severity: SeverityOK, word: "ready",
			say: func(PeeringFacts) string { return "Konnect reported ready." },
		},
		{
			code:     "peering-unknown",
			when:     always[PeeringFacts],
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported the state %q, which peerdeck does not know%s.", f.Peering.State, withReason(f))
			},
			next: step[PeeringFacts](finding.NextKonnect, "Look at the peering in Konnect."),
		},
	}
}

func startingText(f PeeringFacts) string {
	switch {
	case f.Network.State != NetworkReady:
		return fmt.Sprintf("Konnect sets the peering up when the network is ready; it is %s.", f.Network.State)
	case f.Azure.Status == HalfPresent:
		return fmt.Sprintf("Konnect is setting the peering up; Azure's half is %s.", azureState(f))
	case f.Azure.Status == HalfAbsent:
		return "Konnect is setting the peering up; it has not written Azure's half yet."
	default:
		return "Konnect is setting the peering up."
	}
}

func peeringTroubled(f PeeringFacts) bool {
	return troubled(string(f.Peering.State), f.Peering.ReportedStatus, f.Peering.Reason)
}

func troubleText(f PeeringFacts) string {
	return "The peering is ready, and Konnect reported: " + reportedText(f.Peering.ReportedStatus, f.Peering.Reason)
}

// azureState names Azure's half in a sentence, in Azure's own word.
func azureState(f PeeringFacts) string {
	if word := f.Azure.StateWord(); word != "" {
		return word
	}
	return "there, without a state"
}

// reasonText is what Konnect gave as reason, or an honest stand-in.
func reasonText(f PeeringFacts) string {
	if f.Peering.Reason.IsEmpty() {
		return f.Peering.ReportedStatus.Or("no reason given").String()
	}
	return f.Peering.Reason.String()
}

func withReason(f PeeringFacts) string {
	if f.Peering.Reason.IsEmpty() {
		return ""
	}
	return " (Konnect reported: " + strings.TrimRight(f.Peering.Reason.String(), ". ") + ")"
}

// deleteBoth is the step for a half that is disconnected, whether Konnect has seen that
// yet or says so: neither half can be mended, and a peering in error cannot be changed.
func deleteBoth(f PeeringFacts) finding.Next {
	return deleteHalf(f, "Delete both halves, then create the peering again.", finding.MendRemake)
}

// azPeering is the az command line for one peering of a VNET.
func azPeering(verb string, v VNetRef, name safe.Text, more ...string) string {
	if name.IsEmpty() {
		return strings.Join([]string{
			"az network vnet peering list --output table",
			"--subscription", ShellQuote(v.SubscriptionID.String()),
			"--resource-group", ShellQuote(v.ResourceGroup.String()),
			"--vnet-name", ShellQuote(v.Name.String()),
		}, " ")
	}
	words := append([]string{
		"az network vnet peering " + verb,
		"--subscription", ShellQuote(v.SubscriptionID.String()),
		"--resource-group", ShellQuote(v.ResourceGroup.String()),
		"--vnet-name", ShellQuote(v.Name.String()),
		"--name", ShellQuote(name.String()),
	}, more...)
	return strings.Join(words, " ")
}
