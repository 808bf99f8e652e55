package changes

import (
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// aspectOrder is the order in which the states of one thing are said: what a person asks
// for first.
func aspectOrder() []model.Aspect {
	return []model.Aspect{
		model.AspectNetwork, model.AspectKonnect, model.AspectAzure, model.AspectSync, model.AspectProvisioning, model.AspectPrivateDNS,
	}
}

// ofThing fills the entry of a network, a peering or a private DNS with its states and its
// findings.
func ofThing(e *Entry, group []model.Change) {
	var states, came, went []model.Change
	for _, c := range group {
		switch {
		case c.Aspect.OfState():
			states = append(states, c)
		case c.To.IsEmpty():
			went = append(went, c)
		default:
			came = append(came, c)
		}
	}
	slices.SortStableFunc(states, func(a, b model.Change) int {
		return slices.Index(aspectOrder(), a.Aspect) - slices.Index(aspectOrder(), b.Aspect)
	})
	e.Kind = KindState
	if len(states) > 0 {
		e.From, e.To = states[0].From, states[0].To
		ofStates(e, states)
	}
	if len(came)+len(went) > 0 {
		ofFindings(e, came, went, len(states) > 0)
	}
}

// ofStates says the states and gives the mark that they have by themselves.
func ofStates(e *Entry, states []model.Change) {
	texts := make([]string, 0, len(states))
	for _, c := range states {
		texts = append(texts, stateText(c))
		e.Severity = max(e.Severity, stateSeverity(c))
		if e.Cause == "" {
			e.Cause = c.Reason.String()
		}
	}
	e.Text = strings.Join(texts, ", ")
	if e.Severity == model.SeverityWorking {
		e.Sense = Working
	}
	e.Plain = gone(states)
}

// gone reports whether the thing itself is no longer there.
func gone(states []model.Change) bool {
	return slices.ContainsFunc(states, func(c model.Change) bool { return c.To.IsEmpty() })
}

// ofFindings gives the entry the judgement: what was wrong before and what is now.
func ofFindings(e *Entry, came, went []model.Change, said bool) {
	e.Kind = KindFinding
	before, now := model.SeverityOK, model.SeverityOK
	for _, c := range slices.Concat(came, went) {
		if c.Before != "" {
			before = max(before, finding.SeverityNamed(c.Before))
		}
	}
	worst := model.Change{}
	for _, c := range came {
		if s := finding.SeverityNamed(c.Severity); worst.To.IsEmpty() || s > now {
			now, worst = s, c
		}
	}
	gone := e.Plain // its states say that it is no longer there
	e.Severity, e.Sense = now, senseOf(before, now)
	switch {
	case gone:
		e.Sense = Neutral
	case len(came) == 0:
		e.Code = went[0].Code
		if said {
			e.Cause = "It was: " + went[0].Reason.String()
		}
		e.Lasted = lasted(went, e.At)
	default:
		e.Code, e.Cause = worst.Code, worst.Reason.String()
	}
	if !said {
		e.Text = findingText(came, went, worst)
	}
}

// senseOf compares what was wrong with what is.
func senseOf(before, now model.Severity) Sense {
	switch {
	case now >= model.SeverityAttention && now > before:
		return Broke
	case now == model.SeverityWorking:
		return Working
	case now == model.SeverityOK && before > model.SeverityOK:
		return Mended
	default: // another thing is wrong, or it is less bad and needs somebody all the same
		return Neutral
	}
}

// lasted is how long what went had lasted, by the one that began first; 0 where somebody
// did not see one begin.
func lasted(went []model.Change, at time.Time) time.Duration {
	longest := time.Duration(0)
	for _, c := range went {
		if c.Since.IsZero() {
			return 0
		}
		longest = max(longest, at.Sub(c.Since))
	}
	return longest
}

// stateSeverity is the mark of a state by itself. The finding, where there is one, knows
// better.
func stateSeverity(c model.Change) model.Severity {
	to := c.To.Raw()
	switch c.Aspect {
	case model.AspectNetwork:
		return networkSeverity(model.NetworkState(to))
	case model.AspectKonnect:
		return model.PeeringState(to).Severity()
	case model.AspectAzure, model.AspectSync, model.AspectProvisioning:
		return halfSeverity(c.Aspect, to)
	case model.AspectPrivateDNS:
		return dnsSeverity(model.PrivateDNSState(to))
	default:
		return model.SeverityUnknown
	}
}

func networkSeverity(s model.NetworkState) model.Severity {
	switch {
	case s == model.NetworkReady:
		return model.SeverityOK
	case s.Changing():
		return model.SeverityWorking
	case s == model.NetworkOffline:
		return model.SeverityAttention
	default:
		return model.SeverityUnknown
	}
}

func dnsSeverity(s model.PrivateDNSState) model.Severity {
	switch {
	case s == model.PrivateDNSReady:
		return model.SeverityOK
	case s == model.PrivateDNSError:
		return model.SeverityBroken
	case s == model.PrivateDNSPendingAssociation:
		return model.SeverityAttention
	case s.Changing():
		return model.SeverityWorking
	default:
		return model.SeverityUnknown
	}
}

// halfSeverity judges one of the three states of Azure's half as the summary of a half
// does, with the other two as they should be.
func halfSeverity(aspect model.Aspect, to string) model.Severity {
	half := model.AzureHalf{Status: model.HalfPresent, Peering: model.VNetPeering{
		State: model.VNetConnected, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded,
	}}
	switch {
	case aspect == model.AspectSync:
		half.Peering.Sync = model.SyncLevel(to)
	case aspect == model.AspectProvisioning:
		half.Peering.Provisioning = model.ProvisioningState(to)
	case strings.HasPrefix(to, model.WordOfConnection), strings.HasPrefix(to, model.WordOfRouting):
		return hubSeverity(half, to)
	case to == model.WordNoHalf, to == model.WordNoConnection:
		half.Status = model.HalfAbsent
	case to == model.WordNoVNet, to == model.WordNoHub:
		half.Status = model.HalfNoVNet
	default:
		half.Peering.State = model.VNetPeeringState(to)
	}
	severity, _ := half.Summary()
	return severity
}

// hubSeverity judges what the states of a virtual hub amount to, where it is not connected.
func hubSeverity(half model.AzureHalf, to string) model.Severity {
	half.Hub = &model.HubHalf{Hub: model.VirtualHub{Routing: model.HubRoutingProvisioned}}
	if state, connection := strings.CutPrefix(to, model.WordOfConnection); connection {
		half.Peering.Provisioning = model.ProvisioningState(state)
	} else {
		half.Hub.Hub.Routing = model.HubRoutingState(strings.TrimPrefix(to, model.WordOfRouting))
	}
	severity, _ := half.Summary()
	return severity
}
