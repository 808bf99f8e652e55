package table

// noServer is what S01 says.
const noServer = "Add at least one DNS server address."

// serverRules are about what stands in the place of a server.
func serverRules() []rule { //nolint:gocognit // a catalogue: each rule is simple
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "S01"},
			line: func(f *finder, l *line) {
				if len(l.servers) == 0 {
					f.on(l, noServer)
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S02"},
			line:     serverFault("S02"),
		},
		{
			RuleInfo: RuleInfo{ID: "S03"},
			line: func(f *finder, l *line) {
				faultyServers(f, l, "S03")
				for _, s := range l.servers {
					if s.fault == nil {
						if port, _ := rewritten(s.typed, s.addr); port {
							p := f.at(l, s, "Konnect takes addresses without a port; stored as %s, which is asked on port 53.", s.label())
							p.Severity, p.Fix = Note, l.write(s)
						}
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S04"},
			line:     serverFault("S04"),
		},
		{
			RuleInfo: RuleInfo{ID: "S05"},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault != nil {
						continue
					}
					if _, inside := rewritten(s.typed, s.addr); inside {
						p := f.at(l, s, "%s is an IPv4 address in IPv6 form; stored as %s.", s.typed, s.label())
						p.Severity, p.Fix = Note, l.write(s)
					} else if s.addr.Is6() && fallible(s) == 0 {
						f.at(l, s, "%s: Azure private resolver subnets are IPv4 only; Konnect may refuse this.", s.label())
					}
				}
			},
		},
	}
}

func serverFault(id string) func(*finder, *line) {
	return func(f *finder, l *line) { faultyServers(f, l, id) }
}

// faultyServers speaks of servers that are none, by the rule that found it.
func faultyServers(f *finder, l *line, id string) {
	for _, s := range l.servers {
		if s.fault == nil || s.fault.rule != id {
			continue
		}
		p := f.at(l, s, "%s", s.fault.text)
		if s.fault.fix != "" {
			p.Fix = &Fix{Label: fill("use %s", s.fault.fix), Servers: l.with(s.index, s.fault.fix)}
		}
	}
}

// write is the fix that writes a server as it is stored.
func (l *line) write(s server) *Fix {
	return &Fix{Label: fill("use %s", s.label()), Servers: l.with(s.index, s.label())}
}
