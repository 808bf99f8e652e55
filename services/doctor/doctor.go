// Package doctor looks at every way in, side by side, and changes nothing: each service is
// asked as soon as what it takes to ask is known, so all of it takes no longer than the
// longest chain of questions that wait for each other.
package doctor

import (
	"context"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Konnect is what is asked of Konnect.
type Konnect interface {
	Organization(ctx context.Context) (model.Organization, error)
	User(ctx context.Context) (model.User, error)
	Roles(ctx context.Context, user safe.Text) ([]model.KonnectRole, error)
	Networks(ctx context.Context) ([]model.Network, error)
	Peerings(ctx context.Context, network safe.Text) ([]model.Peering, error)
	PrivateDNS(ctx context.Context, network safe.Text) (int, error)
}

// Azure is what is asked in the tenants.
type Azure interface {
	Subscriptions(ctx context.Context, tenant safe.Text) ([]model.Subscription, error)
	VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error)
	Permissions(ctx context.Context, tenant, scope safe.Text) ([]model.PermissionSet, error)
	// Application reports whether Kong's application is in a tenant.
	Application(ctx context.Context, tenant safe.Text) (bool, error)
	// Identities are the sign-ins that were asked for.
	Identities() []model.Identity
}

// Host is a service that is looked at from the outside: what stands between.
type Host struct {
	Name string
	Look func(ctx context.Context) []doctor.Check
}

// Options of a doctor. What is nil is not looked at.
type Options struct {
	Version string
	// Ready are the checks that need no waiting.
	Ready []doctor.Check
	// Keyring asks the keyring of the system.
	Keyring func(ctx context.Context) doctor.Check
	Source  safe.Text // where Konnect's token comes from
	Konnect Konnect
	Azure   Azure
	// Tenants and VNets are known before Konnect has answered, so they need not wait for it.
	Tenants []safe.Text
	VNets   []model.VNetRef
	Known   []safe.Text // ids of networks that were seen before
	Hosts   []Host
	Hop     func(ctx context.Context) doctor.Check
	Now     func() time.Time
	Report  func(work.Panic)
}

// Doctor looks. It may be asked again and again.
type Doctor struct {
	o    Options
	told *doctor.Report // that is given again; nil: it looks
}

// New returns a doctor; it sends nothing yet.
func New(o Options) *Doctor { return &Doctor{o: o} }

// Of returns a doctor that asks nobody, and gives a report that there is.
func Of(r doctor.Report) *Doctor { return &Doctor{told: &r} }

// Look looks at everything, until all have answered or ctx ends. Tell gets the report as it
// grows, from one goroutine at a time; it may be nil. The last report is returned.
func (d *Doctor) Look(ctx context.Context, tell func(doctor.Report)) doctor.Report {
	if d.told != nil {
		if tell != nil {
			tell(*d.told)
		}
		return *d.told
	}
	l := &look{o: d.o, tell: tell, begun: d.o.Now(), seen: map[string]bool{}, group: work.NewGroup(ctx, d.o.Report)}
	l.report.At, l.report.Version = l.begun, d.o.Version
	for i, c := range d.o.Ready {
		l.add(i-len(d.o.Ready), c) // before everything else, as they were given
	}
	if d.o.Keyring != nil {
		l.ask(rankKeyring, doctor.Machine, "keyring", func(ctx context.Context) []doctor.Check { return []doctor.Check{d.o.Keyring(ctx)} })
	}
	for i, h := range d.o.Hosts {
		l.ask(rankHosts+i, doctor.Way, h.Name, h.Look)
	}
	if d.o.Hop != nil {
		l.ask(rankHop, doctor.DNS, "hop", func(ctx context.Context) []doctor.Check { return []doctor.Check{d.o.Hop(ctx)} })
	}
	if d.o.Konnect != nil {
		l.konnect()
	}
	if d.o.Azure != nil {
		for _, t := range d.o.Tenants {
			l.tenant(t)
		}
		for _, v := range d.o.VNets {
			l.vnet(v)
		}
	}
	l.group.Wait()
	return l.end(ctx)
}

// The ranks of checks within their area, in the order in which they are read.
const (
	rankKeyring = iota
	rankToken
	rankRoles
	rankNetworks
	rankPeerings
	rankPrivateDNS
	rankTenant
	rankVNet
	rankHop
	rankHosts // and one for each
)

// look is one going over all ways in.
type look struct {
	o     Options
	tell  func(doctor.Report)
	begun time.Time
	group *work.Group
	// What was read of each network.
	peerings, private *memo

	mu     sync.Mutex
	report doctor.Report
	ranked []ranked
	open   []question
	seen   map[string]bool // tenants and VNETs that are asked already
}

// ranked is a check with its place among the others.
type ranked struct {
	rank  int
	order int // among those of one rank and subject
	check doctor.Check
}

// question is what has not been answered yet.
type question struct {
	rank  int
	order int // of its checks among those of one rank and subject
	area  doctor.Area
	topic string
}

// ask asks something in the background; what comes of it are checks.
func (l *look) ask(rank int, area doctor.Area, topic string, fn func(ctx context.Context) []doctor.Check) {
	l.askIn(rank, 0, area, topic, fn)
}

// askIn does the same for one of several questions about one subject.
func (l *look) askIn(rank, order int, area doctor.Area, topic string, fn func(ctx context.Context) []doctor.Check) {
	q := question{rank, order, area, topic}
	l.mu.Lock()
	l.open = append(l.open, q)
	l.mu.Unlock()
	l.group.Go("looking at "+topic, func(ctx context.Context) {
		checks := fn(ctx)
		if ctx.Err() != nil {
			return // it is still open, and the end says so
		}
		took := l.o.Now().Sub(l.begun)
		for i := range checks {
			checks[i].Took = took
		}
		l.answered(q, checks)
	})
}

// add keeps a check that needed no asking.
func (l *look) add(rank int, c doctor.Check) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ranked = append(l.ranked, ranked{rank: rank, check: c})
}

// first reports whether a thing is met for the first time.
func (l *look) first(thing string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen[thing] {
		return false
	}
	l.seen[thing] = true
	return true
}
