package file

import (
	"strings"
)

// infoblox reads the CSV that Infoblox exports: each kind of object has a line of names
// that begins with header-, and lines that begin with the name of the kind.
func (r *reader) infoblox() {
	separator, at := r.separator()
	columns := map[string]map[string]int{} // of each kind, by name
	for at < len(r.text) {
		e, cells, next := r.record(at, separator)
		at = next
		if e.problem != "" {
			r.put(e)
			continue
		}
		kind := strings.ToLower(strings.TrimSpace(cells[0]))
		switch named, isHead := strings.CutPrefix(kind, "header-"); {
		case isHead:
			columns[named] = map[string]int{}
			for i, c := range cells {
				columns[named][strings.ToLower(strings.Trim(strings.TrimSpace(c), "*"))] = i
			}
		case strings.TrimSpace(strings.Join(cells, "")) == "" || strings.HasPrefix(kind, "#"):
		case kind == "forwardzone" || kind == "stubzone":
			r.infobloxZone(e, kind, columns[kind], cells)
		case columns[kind] == nil:
			e.failf("there is no line header-%s before it, so its columns have no names; export it with its header", short(kind))
			r.put(e)
		default:
			r.pass("an object of the kind " + kind)
		}
	}
	r.notePassed("line")
}

func (r *reader) infobloxZone(e entry, kind string, columns map[string]int, cells []string) {
	cell := func(name string) string {
		if i, ok := columns[name]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	servers := cell("forward_to")
	if kind == "stubzone" {
		servers = cell("stub_from")
		e.notef(stubNote)
	}
	switch {
	case columns == nil:
		e.failf("there is no line header-%s before it, so its columns have no names; export it with its header", kind)
	case strings.EqualFold(cell("disabled"), "true"):
		e.failf("it is switched off there; Konnect has no such switch: switch it on first, or leave it out")
	case servers == "" && cell("ns_group_external")+cell("ns_group") != "":
		e.failf("its servers stand in the group %s, which is not in this line; write their addresses into it", quoted(cell("ns_group_external")+cell("ns_group")))
	}
	if fqdn := cell("fqdn"); strings.HasPrefix(strings.ToUpper(cell("zone_format")), "IPV") && strings.Contains(fqdn, "/") {
		e.reverse(fqdn)
	} else if fqdn != "" {
		e.domains = []string{undot(fqdn)}
	}
	for _, s := range splitCell(servers) {
		if i := strings.LastIndexByte(s, '/'); i >= 0 { // name/address
			s = s[i+1:]
		}
		e.server(s, "")
	}
	if view := cell("view"); view != "" && !strings.EqualFold(view, "default") {
		e.notef("it is of the view %s, which has no counterpart", short(view))
	}
	r.put(e)
}
