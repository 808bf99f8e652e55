package pathmap

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/picture"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Mermaid is the map of a network as a Mermaid flow chart, for a wiki or a ticket.
func Mermaid(p picture.Picture) string {
	m := &mermaid{}
	m.put("flowchart LR")
	gateway := m.node(p.Gateway, 1)
	for _, b := range p.Entries {
		m.edge(m.node(b, 1), gateway, b, "")
	}
	for _, w := range p.Ways {
		m.way(gateway, w)
	}
	for _, g := range groups(p) {
		m.begin(g.title)
		nodes := make([]string, len(g.list))
		for i, b := range g.list {
			nodes[i] = m.node(b, 2)
		}
		m.put("  end")
		for i, b := range g.list {
			m.edge(gateway, nodes[i], b, "")
		}
	}
	for _, c := range []struct {
		of   model.Severity
		look string
	}{
		{model.SeverityOK, "stroke:#1a7f37"},
		{model.SeverityWorking, "stroke:#0969da"},
		{model.SeverityUnknown, "stroke:#6639ba,stroke-dasharray:4 4"},
		{model.SeverityAttention, "stroke:#9a6700,stroke-width:2px"},
		{model.SeverityBroken, "stroke:#cf222e,stroke-width:3px"},
	} {
		m.put(fmt.Sprintf("  classDef %s %s", c.of, c.look))
	}
	return m.b.String()
}

// mermaid is a flow chart on its way.
type mermaid struct {
	b     strings.Builder
	count int
}

func (m *mermaid) put(line string) { m.b.WriteString(line + "\n") }

// begin opens a group of nodes.
func (m *mermaid) begin(title string) {
	m.count++
	m.put(fmt.Sprintf(`  subgraph g%d["%s"]`, m.count, label(title)))
}

// node writes a thing and returns the name by which the chart knows it: names from outside
// stand in labels alone.
func (m *mermaid) node(b picture.Box, depth int) string {
	m.count++
	name := fmt.Sprintf("n%d", m.count)
	parts := []string{theme.Symbol(b.Mark) + " " + b.Name}
	if b.Word != "" {
		parts = append(parts, b.Word)
	}
	parts = append(parts, b.Notes...)
	for i, t := range parts {
		parts[i] = label(t)
	}
	m.put(fmt.Sprintf(`%s%s["%s"]:::%s`, strings.Repeat("  ", depth), name, strings.Join(parts, "<br>"), b.Mark))
	return name
}

// edge joins two things: with a whole line where all is well.
func (m *mermaid) edge(from, to string, b picture.Box, text string) {
	arrow := "-->"
	if b.Mark != model.SeverityOK {
		arrow = "-.->"
	}
	if text != "" {
		text = `|"` + label(text) + `"|`
	}
	m.put("  " + from + " " + arrow + text + " " + to)
}

func (m *mermaid) way(gateway string, w picture.Way) {
	m.begin(w.VNet.Name)
	vnet := m.node(w.VNet, 2)
	type joint struct {
		to  string
		box picture.Box
	}
	var joints []joint
	for _, b := range w.Servers {
		b.Name = "DNS " + b.Name
		joints = append(joints, joint{m.node(b, 2), b})
	}
	var below [][3]string
	var boxes []picture.Box
	for _, s := range w.Subnets {
		if !s.Shown() {
			continue
		}
		subnet := m.node(s.Box, 2)
		joints = append(joints, joint{subnet, s.Box})
		for _, b := range s.Services {
			below, boxes = append(below, [3]string{subnet, m.node(b, 2)}), append(boxes, b)
		}
	}
	for _, b := range w.Others {
		joints = append(joints, joint{m.node(b, 2), b})
	}
	m.put("  end")
	text := strings.TrimSpace(w.Peering.Name + " " + w.Peering.Word)
	m.edge(gateway, vnet, w.Peering, text)
	for _, j := range joints {
		m.edge(vnet, j.to, j.box, "")
	}
	for i, e := range below {
		m.edge(e[0], e[1], boxes[i], "")
	}
}

// label makes a text that may stand in a quoted label: what has a meaning there is written
// as the entity of its number.
func label(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < ' ':
			b.WriteByte(' ')
		case strings.ContainsRune("\"#;&<>`\\[]{}|", r):
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
