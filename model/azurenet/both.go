package azurenet

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// overBoth asks over UDP and over TCP, and gives steps that are closed over both what is to
// be done for both.
func overBoth(q Question, ask func(Question) Passage) (udp, tcp Passage) {
	q.Protocol = TCP
	tcp = ask(q)
	q.Protocol = UDP
	udp = ask(q)
	q.Both = true
	both := ask(q)
	paired(udp, tcp, both, func(not int) Passage {
		q.Protocol, q.Both, q.Not = TCP, false, not
		return ask(q)
	})
	return udp, tcp
}

// paired changes what is to be done in two passages of the same steps.
func paired(udp, tcp, both Passage, apart func(not int) Passage) {
	for i, s := range udp.Steps {
		if i >= len(tcp.Steps) || !shut(s) || !shut(tcp.Steps[i]) || s.Finding.Code != tcp.Steps[i].Finding.Code {
			continue
		}
		if t := tcp.Steps[i]; s.Outcome == t.Outcome && s.Rule == t.Rule && s.Priority == t.Priority {
			udp.Steps[i].Finding, tcp.Steps[i].Finding = both.Steps[i].Finding, both.Steps[i].Finding
			continue
		}
		tcp.Steps[i] = apart(s.opens).Steps[i]
		for _, n := range []*finding.Next{&udp.Steps[i].Finding.Next, &tcp.Steps[i].Finding.Next} {
			if n.Mend != "" { // who lets one of the two through lets both
				n.Change.Protocol = safe.New(anyProtocol)
			}
		}
	}
	for i, b := range udp.Behind {
		if i < len(tcp.Behind) && i < len(both.Behind) {
			paired(b.Passage, tcp.Behind[i].Passage, both.Behind[i].Passage, func(not int) Passage { return apart(not).Behind[i].Passage })
		}
	}
}
