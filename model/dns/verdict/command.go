package verdict

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The rows of the table of symptoms about servers of which nothing was heard: there, TCP
// is asked too.
const (
	codeNotHere = "N01"
	codeSilent  = "N02"
	codeOutside = "N30" // also what Azure says of a server that lies in no subnet of the VNET
)

// digs asks servers for a name, as a line for a machine in the VNET.
func digs(servers []safe.Text, name safe.Text, tcp bool) string {
	var lines []string
	for _, s := range servers {
		line := dig(s, name) + " A"
		lines = append(lines, line)
		if tcp {
			lines = append(lines, line+" +tcp")
		}
	}
	return strings.Join(lines, "; ")
}

// dig begins a question to a server.
func dig(server, name safe.Text) string {
	return "dig @" + model.ShellQuote(server.String()) + " " + model.ShellQuote(name.String())
}

// listing shows the mapping table of the network.
func (c Case) listing() string { return c.peerdeck("dns list") }

// tracing looks into another name.
func (c Case) tracing(name string) string {
	return c.peerdeck("dns trace " + model.ShellQuote(name))
}

// peerdeck is a command of peerdeck about the network, empty where that has no name.
func (c Case) peerdeck(does string) string {
	n, known := c.Facts.Network.Get()
	if !known || n.Name.Or(n.ID.Raw()).IsEmpty() {
		return ""
	}
	return "peerdeck " + does + " --network " + model.ShellQuote(n.Name.Or(n.ID.Raw()).String())
}
