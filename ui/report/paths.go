package report

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Paths is the document of "peerdeck paths -o json". Its keys are stable.
type Paths struct {
	GeneratedAt   time.Time     `json:"generated_at"`
	Network       safe.Text     `json:"network"`
	NetworkID     safe.Text     `json:"network_id"`
	State         string        `json:"state"`    // done; cut: the time was over, and what was not read is not known
	Severity      string        `json:"severity"` // the most urgent of all findings
	Services      int           `json:"services"`
	Past          int           `json:"past"`    // services whose requests do not go over a peering
	Unknown       int           `json:"unknown"` // services of which that cannot be told
	ControlPlanes []PathPlane   `json:"control_planes"`
	Hosts         []PathHost    `json:"hosts"`
	Subnets       []PathSubnet  `json:"subnets"`
	WayIn         PathWayIn     `json:"way_in"`
	To            []PathPlace   `json:"to"` // the places of --to, with their hops
	Findings      []PathFinding `json:"findings"`
	Failure       *PathFailure  `json:"failure"`
}

// PathPlane is a control plane that uses the network.
type PathPlane struct {
	ControlPlane

	Services int          `json:"services"`
	Finding  *PathFinding `json:"finding"` // why not all of it is known
}

// PathHost is a gateway service with the places that its requests go to.
type PathHost struct {
	Service      safe.Text     `json:"service"`
	ServiceID    safe.Text     `json:"service_id"`
	ControlPlane safe.Text     `json:"control_plane"`
	Protocol     safe.Text     `json:"protocol"`
	Host         safe.Text     `json:"host"`
	Port         int           `json:"port"`
	Enabled      bool          `json:"enabled"`
	Upstream     safe.Text     `json:"upstream"`
	Routes       int           `json:"routes"`
	By           string        `json:"by"`  // peering, network, internet, nothing, itself, unknown
	Way          string        `json:"way"` // the same in a few words
	Why          string        `json:"why"`
	Back         string        `json:"back"`
	Severity     string        `json:"severity"`
	Code         finding.Code  `json:"code"`
	Seen         PathSeen      `json:"seen"`
	Places       []PathPlace   `json:"places"`
	Findings     []PathFinding `json:"findings"`
}

// PathPlace is a place that requests go to.
type PathPlace struct {
	Host      safe.Text     `json:"host"`
	Port      int           `json:"port"`
	Transport string        `json:"transport"`
	Weight    int           `json:"weight"`
	By        string        `json:"by"`
	Way       string        `json:"way"`
	Why       string        `json:"why"`
	Back      string        `json:"back"`
	Peering   safe.Text     `json:"peering"`
	VNet      safe.Text     `json:"vnet"`
	Subnet    safe.Text     `json:"subnet"`
	Address   safe.Text     `json:"address"`
	Domain    safe.Text     `json:"domain"`
	Servers   []safe.Text   `json:"servers"`
	Hops      []PathHop     `json:"hops"`
	Findings  []PathFinding `json:"findings"`
}

// PathHop is one thing that a request or its reply meets.
type PathHop struct {
	Kind    string       `json:"kind"`
	Title   string       `json:"title"`
	Outcome string       `json:"outcome"` // open, closed, partly, not known
	Decides string       `json:"decides"`
	Why     string       `json:"why"`
	Finding *PathFinding `json:"finding"`
}

// PathSubnet is a subnet of a peered VNET with what its routes and rules say.
type PathSubnet struct {
	Peering  safe.Text      `json:"peering"`
	VNet     safe.Text      `json:"vnet"`
	Subnet   safe.Text      `json:"subnet"`
	Prefixes []model.Prefix `json:"prefixes"`
	Findings []PathFinding  `json:"findings"`
}

// PathFinding is a finding about a path.
type PathFinding struct {
	Code     finding.Code `json:"code"`
	Because  finding.Code `json:"because"`
	Severity string       `json:"severity"`
	Cause    string       `json:"cause"`
	NextStep string       `json:"next_step"`
	Command  string       `json:"command"`
}

// PathWayIn is how the gateways on the network can be reached, and what points at them.
type PathWayIn struct {
	Says      string        `json:"says"`
	Whole     bool          `json:"whole"` // all private addresses are known
	Addresses []PathAddress `json:"addresses"`
	Entries   []PathEntry   `json:"entries"`
}

// PathFailure is why the reading failed, or a part of it.
type PathFailure struct {
	Code  finding.Code `json:"code"`
	Cause safe.Text    `json:"cause"`
	Cure  string       `json:"cure"`
}

// NewPaths makes the document of a reading.
func NewPaths(v paths.View) Paths {
	d := Paths{
		GeneratedAt: v.At.UTC(), State: string(v.State), Severity: v.Worst().String(), Services: len(v.Hosts), ControlPlanes: []PathPlane{}, Hosts: []PathHost{},
		Subnets: []PathSubnet{}, WayIn: PathWayIn{Says: v.In.Says, Whole: v.In.Whole, Addresses: pathAddresses(v.In.Addresses()), Entries: pathEntries(v.In.Entries)}, To: pathPlaces(v.To, true), Findings: pathFindings(v.Findings),
	}
	if n := v.Network; n != nil {
		d.Network, d.NetworkID = n.Name, n.ID
	}
	if f := v.Failure; f != nil {
		d.Failure = &PathFailure{Code: f.FindingCode(), Cause: safe.New(f.Error()), Cure: f.Cure}
	}
	for _, p := range v.ControlPlanes {
		d.ControlPlanes = append(d.ControlPlanes, PathPlane{ControlPlane: ControlPlane{ID: p.ID, Name: p.Name, Geo: p.Geo}, Services: p.Services, Finding: pathFinding(p.Finding)})
	}
	for _, h := range v.Hosts {
		switch {
		case h.By.Past():
			d.Past++
		case h.By == paths.ByUnknown:
			d.Unknown++
		}
		d.Hosts = append(d.Hosts, pathHost(h, v.At))
	}
	for _, w := range v.Ways {
		d.Subnets = append(d.Subnets, PathSubnet{Peering: w.Peering, VNet: w.VNet.Name, Subnet: w.Subnet, Prefixes: w.Prefixes, Findings: pathFindings(w.Findings)})
	}
	return d
}

func pathHost(h paths.Host, now time.Time) PathHost {
	f := h.Finding()
	return PathHost{
		Service: safe.New(h.Service.Label()), ServiceID: h.Service.ID, ControlPlane: h.Plane.Name.Or(h.Plane.ID.String()), Protocol: h.Service.Protocol,
		Host: h.Service.Host, Port: h.Service.Port, Enabled: h.Service.Enabled, Upstream: h.Upstream, Routes: len(h.Routes),
		By: string(h.By), Way: h.Word, Why: h.Why, Back: h.Back, Severity: f.Severity.String(), Code: f.Code, Seen: pathSeen(h.Seen, now),
		Places: pathPlaces(h.Places, false), Findings: pathFindings(h.Findings),
	}
}

func pathPlaces(list []paths.Place, hops bool) []PathPlace {
	out := make([]PathPlace, 0, len(list))
	for _, p := range list {
		one := PathPlace{
			Host: p.Host, Port: p.Port, Transport: p.Transport, Weight: p.Weight, By: string(p.By), Way: p.Word, Why: p.Why, Back: p.Back, Peering: p.Peering,
			VNet: p.VNet, Subnet: p.Subnet, Address: p.Address, Domain: p.Domain, Servers: append([]safe.Text{}, p.Servers...), Hops: []PathHop{}, Findings: pathFindings(p.Findings),
		}
		for _, h := range p.Hops {
			if hops {
				one.Hops = append(one.Hops, PathHop{Kind: string(h.Kind), Title: h.Title, Outcome: string(h.Outcome), Decides: h.Decides, Why: h.Why, Finding: pathFinding(h.Finding)})
			}
		}
		out = append(out, one)
	}
	return out
}

func pathFindings(list []finding.Finding) []PathFinding {
	out := make([]PathFinding, 0, len(list))
	for _, f := range list {
		out = append(out, *pathFinding(f))
	}
	return out
}

// pathFinding is a finding for programs, nil for none.
func pathFinding(f finding.Finding) *PathFinding {
	if f.Code == "" {
		return nil
	}
	return &PathFinding{Code: f.Code, Because: f.Because, Severity: f.Severity.String(), Cause: f.Cause, NextStep: f.Next.Text, Command: f.Next.Command}
}
