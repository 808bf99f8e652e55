package ranges

import "net/netip"

// habit is a range that many use without having chosen it. A network there is allowed, and
// meets others sooner or later: it is offered last.
type habit struct {
	at  netip.Prefix
	why string
}

func habits() []habit {
	list := []struct{ at, why string }{
		{"10.0.0.0/15", "the default of new VNETs, of Konnect's own networks and of services in AKS"},
		{"10.42.0.0/15", "the default of k3s and Rancher"},
		{"10.96.0.0/12", "the default of services in Kubernetes"},
		{"10.128.0.0/14", "the default of pods in OpenShift"},
		{"10.244.0.0/16", "the default of pods in AKS and Kubernetes"},
		{"100.64.0.0/10", "used by carriers and by VPN products"},
		{"172.16.0.0/12", "used by Docker on its hosts"},
		{"192.168.0.0/16", "the default of home networks, which people's VPN clients come from"},
		{"198.18.0.0/15", "kept for benchmarks"},
	}
	out := make([]habit, len(list))
	for i, h := range list {
		out[i] = habit{at: netip.MustParsePrefix(h.at), why: h.why}
	}
	return out
}

// usual says who uses a range by default, empty for nobody that is known.
func usual(p netip.Prefix) string {
	for _, h := range habits() {
		if h.at.Overlaps(p) {
			return h.why
		}
	}
	return ""
}
