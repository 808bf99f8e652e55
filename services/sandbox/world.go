package sandbox

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// The values that every world accepts and shows.
const (
	// Token is taken by Konnect, and by Azure for the home tenant.
	Token = "demo"
	// ViewerToken is a Konnect token with the role Network Viewer: it may not
	// read private DNS.
	ViewerToken = "demo-viewer"
	// SystemToken belongs to a system account: it has no user.
	SystemToken = "demo-system"

	organizationName = "acme-corp"
	userEmail        = "alice@acme.example"
	kongAppID        = "207b296f-cf25-4d23-9eba-9a2c41dc62ca"
)

// Options of a world.
type Options struct {
	Seed     int64         // the same seed gives the same world
	Networks int           // how many networks; 0 for those of the story alone
	Story    bool          // things happen by themselves, as in the demo
	Empty    bool          // an organization without a network
	Latency  time.Duration // of every answer
	Clock    Clock         // nil for the real one
	Events   []Event       // a scenario
	// SignInAfter is the time after which a device code is approved by nobody
	// in particular; 0 for never.
	SignInAfter time.Duration

	// Replication is how long Azure and Graph take to show a write to every
	// reader; until then answers change to and fro. 0 is at once.
	Replication time.Duration
	// RBACDelay is how long a new role assignment takes to act; 0 is at once.
	RBACDelay time.Duration
	// PeeringTime is how long a new peering takes that meets no hindrance; private
	// DNS and deletions take a third of it. 0 is 12 s.
	PeeringTime time.Duration
	// NetworkTime is how long a new network takes; deletions take a third of it. 0 is
	// three times PeeringTime. In the clouds it is 30 to 40 minutes.
	NetworkTime time.Duration
	// NetworkLimit is how many networks that are not offline an organization may have; 0
	// is no limit.
	NetworkLimit int
	// RefusalIsError: a peering that Kong may not write becomes error, with Azure's
	// words; otherwise it waits for the customer, and Kong looks again.
	RefusalIsError bool
	// MergeDNS: a PATCH of an outbound resolver keeps the domains that were not sent.
	// Otherwise what was sent is the whole map. Kong does not say which it is.
	MergeDNS bool
	// UnknownMembers is what becomes of members of a private DNS that are unknown.
	UnknownMembers UnknownMembers
	// PageOfPlane is the most that a list of a control plane gives at once, whatever is
	// asked for; 0 is what the contract allows.
	PageOfPlane int
	// AssignmentLimit is how many role assignments a subscription takes; 0 is 4000.
	AssignmentLimit int
}

// World is the simulated world.
type World struct {
	mu      sync.Mutex
	clock   Clock
	began   time.Time
	seed    int64
	latency time.Duration

	events   []scheduled
	armed    []Event // that wait for a request
	faults   []*Fault
	beyond   bool           // an event has made what the contract does not know
	lags     map[string]Lag // by kind of object
	late     map[any]*lateness
	ghosts   []ghost
	traces   int
	requests map[string]int
	writes   map[Request]int
	audit    []auditEntry  // who changed what in Konnect
	changed  []azureChange // who changed what in Azure
	recorded int           // records so far

	user            string // object id of the signed-in account, the same in every tenant
	builtIns        []*roleDefinition
	replication     time.Duration
	rbacDelay       time.Duration
	peeringTime     time.Duration
	networkTime     time.Duration
	networkLimit    int
	refusalIsError  bool
	mergeDNS        bool
	unknownMembers  UnknownMembers
	assignmentLimit int
	corePageSize    int

	accounts []*account
	networks []*network
	byID     map[string]*network
	planes   []*controlPlane
	tenants  []*tenant
	subs     map[string]*subscription
	vnets    map[string]*vnet
	byGroup  map[groupOf][]*vnet // the same, for who lists them; nil: to be made anew

	rules  map[string][]securityRule // of security groups that have some of their own
	routes map[string][]userRoute    // of route tables
	cards  []*networkCard            // those of the DNS servers are not among them
	tables []looseTable              // those that somebody has made; a subnet may name them by now
	// noGatewayRoutes are the route tables that keep the routes of gateways out.
	noGatewayRoutes map[string]bool
	balancers       []*balancer
	appGateways     []*appGateway
	// peeringRoutes are the route tables that keep the routes of peerings out.
	peeringRoutes map[string]string
	resolvers     []*privateResolver
	rulesets      []*ruleset
	zones         []*privateZone

	types       []armType // that Azure has here
	hubs        []*virtualHub
	locked      []*lock
	denials     []*denial
	operations  map[string]*operation  // of Azure that take their time, by id
	partChanges map[string]*partChange // of resources with parts that are written, by id in small letters
	// unregistered holds the namespaces that a subscription may not use, with the state of their registration.
	unregistered map[*subscription]map[string]string

	nameServers map[string]*nameServer // by address

	signInAfter time.Duration
	devices     map[string]*device
}

type scheduled struct {
	at    time.Time
	every time.Duration
	do    func(w *World, now time.Time)
}

// New makes a world.
func New(o Options) (*World, error) {
	clock := o.Clock
	if clock == nil {
		clock = RealClock{}
	}
	w := &World{
		clock: clock, began: clock.Now().UTC(), seed: o.Seed, latency: o.Latency, signInAfter: o.SignInAfter,
		requests: map[string]int{}, writes: map[Request]int{}, byID: map[string]*network{}, subs: map[string]*subscription{},
		vnets: map[string]*vnet{}, rules: map[string][]securityRule{}, routes: map[string][]userRoute{}, peeringRoutes: map[string]string{}, noGatewayRoutes: map[string]bool{}, devices: map[string]*device{}, builtIns: builtInRoles(), nameServers: map[string]*nameServer{},
		lags: map[string]Lag{}, late: map[any]*lateness{},
		types: armTypes(), operations: map[string]*operation{}, partChanges: map[string]*partChange{}, unregistered: map[*subscription]map[string]string{},
		replication: o.Replication, rbacDelay: o.RBACDelay, refusalIsError: o.RefusalIsError, mergeDNS: o.MergeDNS, unknownMembers: o.UnknownMembers,
		networkTime: cmp.Or(o.NetworkTime, 3*cmp.Or(o.PeeringTime, defaultPeeringTime)), networkLimit: o.NetworkLimit,
		corePageSize: o.PageOfPlane, peeringTime: cmp.Or(o.PeeringTime, defaultPeeringTime), assignmentLimit: cmp.Or(o.AssignmentLimit, mostAssignments),
	}
	w.user = w.id("user")
	w.populate(o)
	w.addNameServers()
	if o.Story {
		w.tell()
	}
	for _, e := range o.Events {
		if err := w.Schedule(e); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// id makes the id of an object from its place in the world.
func (w *World) id(parts ...string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(strconv.FormatInt(w.seed, 10)+"/"+strings.Join(parts, "/"))).String()
}

// at schedules a change. Callers hold the lock or are alone.
func (w *World) at(after, every time.Duration, do func(w *World, now time.Time)) {
	w.events = append(w.events, scheduled{at: w.began.Add(after), every: every, do: do})
	slices.SortStableFunc(w.events, func(a, b scheduled) int { return a.at.Compare(b.at) })
}

// after schedules a change for some time after another one.
func (w *World) after(now time.Time, d time.Duration, do func(w *World, now time.Time)) {
	w.events = append(w.events, scheduled{at: now.Add(d), do: do})
	slices.SortStableFunc(w.events, func(a, b scheduled) int { return a.at.Compare(b.at) })
}

// advance lets everything happen whose time has come. Callers hold the lock.
func (w *World) advance() {
	now := w.clock.Now()
	for len(w.events) > 0 && !w.events[0].at.After(now) {
		e := w.events[0]
		w.events = w.events[1:]
		e.do(w, e.at.UTC())
		if e.every > 0 {
			e.at = e.at.Add(e.every)
			i, _ := slices.BinarySearchFunc(w.events, e, func(a, b scheduled) int {
				if a.at.After(b.at) {
					return 1
				}
				return -1
			})
			w.events = slices.Insert(w.events, i, e)
		}
	}
}

// CatchUp lets everything happen whose time has come, without a request.
func (w *World) CatchUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
}

// Requests returns how many requests a service ("konnect", "arm", "graph",
// "login") has answered, refusals included.
func (w *World) Requests(service string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.requests[service]
}

// NetworkCount returns the number of networks.
func (w *World) NetworkCount() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.networks)
}

// trace makes the id of an error, as Konnect writes it.
func (w *World) trace() string {
	w.traces++
	return "konnect:trace:" + strconv.Itoa(2822394689570210000+w.traces)
}

func (w *World) network(name string) *network {
	for _, n := range w.networks {
		if n.name == name || n.id == name {
			return n
		}
	}
	return nil
}

func (n *network) peering(name string) *peering {
	for _, p := range n.peerings {
		if p.name == name || p.id == name {
			return p
		}
	}
	return nil
}

func (n *network) privateDNS(name string) *privateDNS {
	for _, d := range n.dns {
		if d.name == name || d.id == name {
			return d
		}
	}
	return nil
}
