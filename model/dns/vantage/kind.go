package vantage

import "github.com/peerdeck/peerdeck/model/safe"

// Kind is the sort of place from which is asked.
type Kind string

// The kinds.
const (
	ThisMachine  Kind = "this machine"
	ThroughSOCKS Kind = "socks5" // TCP through a SOCKS5 hop
	ThroughSSH   Kind = "ssh"    // TCP through an SSH hop
	Pasted       Kind = "pasted" // somebody ran the commands on a machine in the VNET, and pasted what they printed
	Demo         Kind = "demo"   // the demo's own servers
)

// Can tells whether a transport can be tested from a place, and if not, why.
type Can struct {
	OK  bool
	Why string // one clause, empty when it can
}

// UDP tells whether questions over UDP can be asked.
func (k Kind) UDP() Can {
	switch k {
	case ThroughSOCKS:
		return Can{Why: "not testable through a hop: a SOCKS5 hop carries TCP only"}
	case ThroughSSH:
		return Can{Why: "not testable through a hop: SSH carries TCP only"}
	default:
		return Can{OK: true}
	}
}

// TCP tells whether questions over TCP can be asked. They can, from every place.
func (Kind) TCP() Can { return Can{OK: true} }

// Hop reports whether the questions go through another machine.
func (k Kind) Hop() bool { return k == ThroughSOCKS || k == ThroughSSH }

// Place names the place for a sentence such as "not testable from …".
func (f Facts) Place() string {
	switch f.Kind {
	case ThisMachine, "":
		machine := "this machine"
		if f.Recorded {
			machine = recordedMachine
		}
		if f.tunnelled() {
			return machine + " (VPN)"
		}
		return machine
	case ThroughSOCKS:
		return "the SOCKS5 hop " + f.Name.Or("that was given").String()
	case ThroughSSH:
		return "the SSH hop " + f.Name.Or("that was given").String()
	case Pasted:
		return "a machine in " + f.Name.Or("the VNET").String()
	case Demo:
		return "the demo"
	default:
		return safe.Clean(string(f.Kind))
	}
}

// recordedMachine is the machine of whoever recorded what is looked at.
const recordedMachine = "the machine that it was recorded on"

// Label names the place behind a result, as a screen shows it: "from this machine
// (VPN)", "through ssh jump".
func (f Facts) Label() string {
	switch f.Kind {
	case ThroughSOCKS:
		return "through socks5 " + f.Name.Or("hop").String()
	case ThroughSSH:
		return "through ssh " + f.Name.Or("hop").String()
	case Pasted:
		return "from " + f.Place() + " (pasted)"
	case Demo:
		return "in the demo"
	default:
		return "from " + f.Place()
	}
}
