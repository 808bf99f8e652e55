package model

// Severity judges Konnect's half by its state alone, for the mark beside it. The
// verdict takes both halves into account.
func (s PeeringState) Severity() Severity {
	switch s {
	case PeeringReady, PeeringTerminated:
		return SeverityOK
	case PeeringCreated, PeeringInitializing, PeeringTerminating:
		return SeverityWorking
	case PeeringPendingAcceptance, PeeringPendingUserAction:
		return SeverityAttention
	case PeeringError:
		return SeverityBroken
	default:
		return SeverityUnknown
	}
}

// Summary says in some words what Azure says about its half.
func (h AzureHalf) Summary() (Severity, string) {
	switch h.Status {
	case HalfNotApplicable:
		return SeverityUnknown, "not read"
	case HalfUnread:
		return SeverityUnknown, "being read"
	case HalfUnreadable:
		return SeverityUnknown, "cannot tell"
	case HalfNoVNet:
		return SeverityBroken, h.noEnd()
	case HalfAbsent:
		return SeverityAttention, h.noHalf()
	case HalfPresent:
		if h.Hub != nil {
			return h.hubSummary()
		}
		return h.Peering.summary()
	case HalfUnclear:
		return SeverityUnknown, "cannot tell which"
	default:
		return SeverityUnknown, "not known"
	}
}

// noEnd says that what a peering is with is not there.
func (h AzureHalf) noEnd() string {
	if h.OfHub {
		return WordNoHub
	}
	return WordNoVNet
}

// noHalf says that what a peering is with has no half of the network's.
func (h AzureHalf) noHalf() string {
	if h.OfHub {
		return WordNoConnection
	}
	return WordNoHalf
}

func (h AzureHalf) hubSummary() (Severity, string) {
	text := h.StateWord()
	switch {
	case h.Carries():
		return SeverityOK, text
	case h.Peering.Provisioning.Changing() || h.Hub.Hub.Routing == HubRoutingProvisioning:
		return SeverityWorking, text
	case h.Peering.Provisioning == ProvisioningFailed, h.Peering.Provisioning == ProvisioningCanceled, h.Hub.Hub.Routing == HubRoutingFailed, h.Hub.Hub.Routing == HubRoutingNone:
		return SeverityBroken, text
	default:
		return SeverityUnknown, text
	}
}

func (p VNetPeering) summary() (Severity, string) {
	text := string(p.State)
	if text == "" {
		text = "no state given"
	}
	switch p.State {
	case VNetDisconnected:
		return SeverityBroken, text
	case VNetInitiated:
		return SeverityWorking, text
	case VNetConnected:
		return p.connected()
	default:
		return SeverityUnknown, text
	}
}

func (p VNetPeering) connected() (Severity, string) {
	const text = string(VNetConnected)
	if p.Provisioning != ProvisioningSucceeded && p.Provisioning != ProvisioningUnstated {
		if p.Provisioning.Changing() {
			return SeverityWorking, text + ", " + string(p.Provisioning)
		}
		return SeverityAttention, text + ", " + string(p.Provisioning)
	}
	switch p.Sync {
	case SyncFull:
		return SeverityOK, text + ", in sync"
	case SyncUnstated:
		return SeverityOK, text
	case SyncLocalBehind, SyncRemoteBehind, SyncBothBehind:
		return SeverityAttention, text + ", " + string(p.Sync)
	default:
		return SeverityUnknown, text + ", " + string(p.Sync)
	}
}

// TargetName is what a peering leads to, in one name: the VNET, the hub, or
// whatever its kind names first.
func (p Peering) TargetName() string {
	if !p.VNet.Name.IsEmpty() {
		return p.VNet.Name.String()
	}
	for _, want := range []string{"Virtual hub", "Transit gateway", "VPC", "Resource", "Project"} {
		for _, f := range p.Target {
			if f.Label.Raw() == want {
				return f.Value.String()
			}
		}
	}
	return p.Kind.Label()
}
