package linear

import (
	"strings"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// probe asks all servers of a network for all domains that it maps, and reads what came of
// it. stop ends it with what is known.
func (s *session) probe(n *workspace.Network) error {
	s.matrix = nil
	if s.trouble(s.Tracer.ProbeAll(dnstrace.ProbeRequest{Network: n.Status().ID})) {
		return nil
	}
	s.sayf("Asking all servers of %s for all domains. stop ends it.", n.Name())
	err := s.until(func() bool { return s.Probes == nil || s.matrix != nil && s.matrix.State.Over() }, func(line string) bool {
		stop := strings.EqualFold(strings.TrimSpace(line), "stop")
		if stop {
			s.Tracer.Cancel()
		}
		return stop
	})
	if err != nil || s.matrix == nil {
		return err
	}
	m := *s.matrix
	if m.Failure != nil {
		s.failure(*m.Failure)
	}
	if m.State == dnstrace.Failed {
		return nil
	}
	n.SetProbe(m)
	s.readReport(m.Text())
	return nil
}
