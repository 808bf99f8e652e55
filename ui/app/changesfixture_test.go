package app_test

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// timeline is a history of the world of the fixtures, the oldest first.
type timeline struct {
	world model.Snapshot
	kept  []model.Change
}

func (l *timeline) add(ago time.Duration, c model.Change) *timeline {
	c.At, c.Number = noon.Add(-ago), uint64(len(l.kept)+1)
	l.kept = append(l.kept, c)
	return l
}

// of is a change of a network of the world, by its name, and of its peering or resolver.
func (l *timeline) of(network, object string, aspect model.Aspect) model.Change {
	for _, n := range l.world.Networks {
		if n.Name.Raw() != network {
			continue
		}
		c := model.Change{Network: n.ID, NetworkName: n.Name, Aspect: aspect}
		for _, p := range n.Peerings {
			if p.Name.Raw() == object {
				c.Object, c.ObjectName = p.ID, p.Name
			}
		}
		for _, d := range n.PrivateDNS {
			if d.Name.Raw() == object {
				c.Object, c.ObjectName = d.ID, d.Name
			}
		}
		return c
	}
	panic("no network " + network)
}

func (l *timeline) state(ago time.Duration, network, object string, aspect model.Aspect, from, to string) *timeline {
	c := l.of(network, object, aspect)
	c.From, c.To, c.New = text(from), text(to), from == ""
	return l.add(ago, c)
}

func (l *timeline) came(ago time.Duration, network, object string, f finding.Finding) {
	c := l.of(network, object, model.AspectFinding)
	c.Code, c.Severity, c.To, c.Reason = f.Code, f.Severity.String(), text(f.Word), text(f.Cause)
	l.add(ago, c)
}

func (l *timeline) went(ago, since time.Duration, network, object string, code finding.Code, word, cause string) {
	c := l.of(network, object, model.AspectFinding)
	c.Code, c.Before, c.From, c.Reason, c.Since = code, model.SeverityBroken.String(), text(word), text(cause), noon.Add(-since)
	l.add(ago, c)
}

func (l *timeline) row(ago time.Duration, network, resolver, domain, from, to string, here bool) {
	c := l.of(network, resolver, model.AspectTableRows)
	c.Domain, c.From, c.To, c.Here = text(domain), text(from), text(to), here
	l.add(ago, c)
}

func foundOf(s model.Snapshot, network, peering string) finding.Finding {
	for _, n := range s.Networks {
		for _, p := range n.Peerings {
			if n.Name.Raw() == network && p.Name.Raw() == peering {
				return p.Finding
			}
		}
	}
	panic("no peering " + peering)
}

// lately is a day of the world: something of everything that a time line shows.
func lately() timeline {
	l := timeline{world: world()}
	l.add(30*time.Hour, model.Change{Aspect: model.AspectWatch})
	l.state(26*time.Hour, "uk-lab", "", model.AspectNetwork, "initializing", "ready")
	l.state(25*time.Hour, "us-prod", "orders", model.AspectKonnect, "", "created").state(25*time.Hour-time.Minute, "us-prod", "orders", model.AspectKonnect, "created", "initializing")
	l.state(25*time.Hour-20*time.Minute, "us-prod", "orders", model.AspectKonnect, "initializing", "ready")
	l.add(10*time.Hour, model.Change{Aspect: model.AspectWatch, Since: noon.Add(-13 * time.Hour)})
	c := l.of("us-prod", "billing", model.AspectKonnect)
	c.From, c.To, c.Gap = text("ready"), text("error"), true
	l.add(10*time.Hour, c)
	f := foundOf(l.world, "us-prod", "billing")
	c = l.of("us-prod", "billing", model.AspectFinding)
	c.Code, c.Severity, c.To, c.Reason, c.Gap = f.Code, f.Severity.String(), text(f.Word), text(f.Cause), true
	l.add(10*time.Hour, c)
	for i := range 4 {
		at := 5*time.Hour - time.Duration(i)*6*time.Minute
		l.state(at, "eu-prod", "shared-services", model.AspectSync, "FullyInSync", "RemoteNotInSync").came(at, "eu-prod", "shared-services", finding.Finding{Code: "azure-not-in-sync", Severity: finding.Attention, Word: "not in sync", Cause: "Azure's halves do not know each other's present ranges."})
		back := at - 3*time.Minute
		l.state(back, "eu-prod", "shared-services", model.AspectSync, "RemoteNotInSync", "FullyInSync").went(back, at, "eu-prod", "shared-services", "azure-not-in-sync", "not in sync", "Azure's halves do not know each other's present ranges.")
	}
	l.row(4*time.Hour, "eu-prod", "corp-dns", "db.example.org", "10.20.0.4", "10.20.0.4, 10.20.0.5", true)
	l.row(3*time.Hour, "us-prod", "us-dns", "us.example.org", "10.9.0.5", "10.9.0.6", false)
	l.add(2*time.Hour, model.Change{Aspect: model.AspectReading, Object: text("Azure"), ObjectName: text("Azure"), To: text("no answer"), Reason: text("management.azure.com does not answer"), Code: "failure-unreachable"})
	l.add(2*time.Hour-7*time.Minute, model.Change{Aspect: model.AspectReading, Object: text("Azure"), ObjectName: text("Azure"), From: text("no answer"), Since: noon.Add(-2 * time.Hour)})
	l.came(95*time.Minute, "de-core", "core-services", finding.Finding{Code: "peering-idle", Severity: finding.Attention, Word: "look", Cause: "Nothing is routed to it."})
	l.went(70*time.Minute, 95*time.Minute, "de-core", "core-services", "peering-idle", "look", "Nothing is routed to it.")
	run := l.of("eu-stage", "stage-hub", model.AspectRun)
	run.To, run.Severity, run.Reason = text("set-up needs a person at Admin consent"), model.SeverityAttention.String(), text("An administrator of the tenant must consent to Kong's app.")
	l.add(40*time.Minute, run)
	l.state(26*time.Minute, "us-west", "inventory", model.AspectAzure, "Connected", "Disconnected").state(26*time.Minute, "us-west", "inventory", model.AspectSync, "FullyInSync", "RemoteNotInSync")
	l.came(26*time.Minute, "us-west", "inventory", foundOf(l.world, "us-west", "inventory"))
	l.state(12*time.Minute, "eu-stage", "stage-hub", model.AspectKonnect, "initializing", "pending-user-action").came(12*time.Minute, "eu-stage", "stage-hub", foundOf(l.world, "eu-stage", "stage-hub"))
	l.state(5*time.Minute, "jp-new", "", model.AspectNetwork, "created", "initializing")
	return l
}

// happened is the time line of the world, for a person who looked at half past nine.
func happened() changes.View {
	return changes.Make(lately().kept, changes.Mark{At: noon.Add(-150 * time.Minute)})
}

// longChanges is a time line in which every text is longer than any screen.
func longChanges() changes.View {
	n := longNames().Networks[0]
	l := timeline{world: longNames()}
	c := model.Change{Network: n.ID, NetworkName: n.Name, Object: n.Peerings[0].ID, ObjectName: n.Peerings[0].Name, Aspect: model.AspectKonnect, From: text("ready"), To: n.Name}
	l.add(time.Minute, c)
	c.Aspect, c.Reason, c.Code, c.Severity = model.AspectFinding, n.Name, finding.Code("x"), "broken"
	l.add(time.Minute, c)
	c = model.Change{Network: longNames().Networks[2].ID, NetworkName: longNames().Networks[2].Name, ObjectName: safe.New("\x1b[2J"), Aspect: model.AspectTableRows, Domain: safe.New("a\tb\n"), From: safe.New("\u202e"), To: safe.New("\x07")}
	l.add(0, c)
	return changes.Make(l.kept, changes.Mark{})
}
