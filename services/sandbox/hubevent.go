package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// HubEvent is what becomes of the virtual hub of a peering. What is left out stays.
type HubEvent struct {
	Routing string `yaml:"routing"` // its routing state: None, Provisioned, Provisioning, Failed
	State   string `yaml:"state"`   // its provisioning state
	Prefix  string `yaml:"prefix"`
	Delete  bool   `yaml:"delete"` // it is gone
	// Intent is the name of the firewall through which a routing intent sends private traffic;
	// none for no more.
	Intent  string          `yaml:"intent"`
	Tables  []HubTableEvent `yaml:"tables"`
	Connect []HubConnects   `yaml:"connections"`
}

// HubTableEvent is a route table of a hub, which is made where it is not there.
type HubTableEvent struct {
	Name   string          `yaml:"name"`
	Labels []string        `yaml:"labels"`
	Routes []HubRouteEvent `yaml:"routes"` // in place of those there
}

// HubRouteEvent is a route to ranges over a connection, a firewall by its name, or the id of
// anything else.
type HubRouteEvent struct {
	Name string   `yaml:"name"`
	To   []string `yaml:"to"`
	Over string   `yaml:"over"`
}

// HubConnects is a connection of a hub, by its name; kong is the one that leads to the
// network's own. One that is not there is made.
type HubConnects struct {
	Name       string   `yaml:"name"`
	Remote     string   `yaml:"remote"` // id of the VNET
	Prefixes   []string `yaml:"prefixes"`
	State      string   `yaml:"state"`
	Table      string   `yaml:"table"`
	Propagates []string `yaml:"propagates"` // route tables by name; an empty list for none
	Labels     []string `yaml:"labels"`
	Delete     bool     `yaml:"delete"`
}

// kongs is the name by which an event means the connection to the network's own VNET.
const kongs = "kong"

// checkHub says what is wrong with what an event does to a hub.
func (w *World) checkHub(e Event) error {
	h := e.Hub
	if h == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	n := w.network(e.Network)
	if e.Peering == "" || n == nil {
		return fmt.Errorf("the event at %s changes a virtual hub and needs a network, and its peering with the hub", e.At)
	}
	if p := n.peering(e.Peering); p != nil && p.hub == nil {
		return fmt.Errorf("the event at %s changes a virtual hub, and the peering %q of %s is with none", e.At, e.Peering, e.Network)
	}
	for _, c := range h.Connect {
		if c.Name == "" {
			return fmt.Errorf("the event at %s has a connection of a hub without a name", e.At)
		}
	}
	for _, t := range h.Tables {
		if t.Name == "" {
			return fmt.Errorf("the event at %s has a route table of a hub without a name", e.At)
		}
		for _, r := range t.Routes {
			if len(r.To) == 0 || r.Over == "" {
				return fmt.Errorf("the event at %s has a route in %s that lacks its ranges (to) or what it leads over (over)", e.At, t.Name)
			}
		}
	}
	return nil
}

func (w *World) applyToHub(e Event, n *network, p *peering) {
	h := p.hub
	if h == nil {
		return
	}
	own := func(name string) string {
		if name == kongs {
			return n.kongConnection()
		}
		return name
	}
	if c := h.half(n); c != nil {
		c.state = cmp.Or(e.Provisioning, c.state)
	}
	if e.Azure == "none" {
		h.connections = slices.DeleteFunc(h.connections, func(c *hubConnection) bool { return c.name == n.kongConnection() })
	}
	to := e.Hub
	if to == nil {
		return
	}
	h.routing, h.state, h.prefix = cmp.Or(to.Routing, h.routing), cmp.Or(to.State, h.state), cmp.Or(to.Prefix, h.prefix)
	h.gone = h.gone || to.Delete
	h.intent = cmp.Or(to.Intent, h.intent)
	if to.Intent == "none" {
		h.intent = ""
	}
	for _, t := range to.Tables {
		table := h.table(t.Name)
		if table == nil {
			table = &hubTable{name: t.Name}
			h.tables = append(h.tables, table)
		}
		if t.Labels != nil {
			table.labels = t.Labels
		}
		if t.Routes != nil {
			table.routes = nil
			for i, r := range t.Routes {
				table.routes = append(table.routes, hubRoute{name: cmp.Or(r.Name, fmt.Sprintf("route-%d", i+1)), to: r.To, over: own(r.Over)})
			}
		}
	}
	for _, c := range to.Connect {
		h.apply(own(c.Name), c)
	}
}

func (h *virtualHub) apply(name string, to HubConnects) {
	i := slices.IndexFunc(h.connections, func(c *hubConnection) bool { return c.name == name })
	if to.Delete {
		if i >= 0 {
			h.connections = slices.Delete(h.connections, i, i+1)
		}
		return
	}
	if i < 0 {
		i = len(h.connections)
		h.connect(name, h.sub.scope()+"/resourceGroups/"+h.group+networkProvider+"virtualNetworks/"+strings.TrimSuffix(name, "-connection"), nil)
	}
	c := h.connections[i]
	c.remote, c.state, c.table = cmp.Or(to.Remote, c.remote), cmp.Or(to.State, c.state), cmp.Or(to.Table, c.table)
	if to.Prefixes != nil {
		c.prefixes = to.Prefixes
	}
	if to.Propagates != nil {
		c.propagates = to.Propagates
	}
	if to.Labels != nil {
		c.labels = to.Labels
	}
}
