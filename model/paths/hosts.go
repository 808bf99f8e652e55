package paths

import (
	"cmp"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// hosts are those of the services of a control plane.
func (j *judging) hosts(p gateway.Plane) []Host {
	routes := map[safe.Text][]gateway.Route{}
	for _, r := range p.Routes {
		routes[r.ServiceID] = append(routes[r.ServiceID], r)
	}
	ups, seen := j.upstreams(p), EvidenceOf(p)
	out := make([]Host, 0, len(p.Services))
	for _, s := range p.Services {
		h := j.host(p, s, routes[s.ID], ups)
		h.Seen = seen[s.ID]
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b Host) int {
		return cmp.Or(a.Service.Name.Compare(b.Service.Name), a.Service.ID.Compare(b.Service.ID))
	})
	return out
}

// upstream is an upstream with its places, judged once for all services that use it.
type upstream struct {
	gateway.Upstream

	places []Place
}

func (j *judging) upstreams(p gateway.Plane) map[safe.Text]upstream {
	out := make(map[safe.Text]upstream, len(p.Upstreams))
	for _, u := range p.Upstreams {
		one := upstream{Upstream: u}
		for _, t := range u.Targets {
			host, port := splitTarget(t.Target)
			place := j.place(Destination{p.ID, host, port, "tcp"})
			place.Weight = t.Weight
			one.places = append(one.places, place)
		}
		out[u.Name] = one
	}
	return out
}

// host judges a service.
func (j *judging) host(p gateway.Plane, s gateway.Service, routes []gateway.Route, ups map[safe.Text]upstream) Host {
	h := Host{Key: p.ID.Raw() + "/" + s.ID.Raw(), Plane: p.ControlPlane, Service: s, Routes: routes}
	u, is := ups[s.Host]
	switch {
	case is:
		h.Upstream, h.Places = s.Host, u.places
		h = j.balanced(h, u.Upstream)
	case !p.UpstreamsRead.Read() && mayBeUpstream(s.Host):
		h.Places = []Place{j.place(Destination{p.ID, s.Host, s.Port, s.Transport()})}
		h = h.gathered()
		f := next(found(CodeNotKnown, finding.Unknown, "cannot tell", "Where requests of "+h.Service.Label()+" go cannot be told: its host may be the name of an upstream, and those of the control plane were not read"),
			finding.NextWait, model.CureLookOrLonger)
		if p.UpstreamsRead.Failure != nil {
			f = because("Where requests of "+h.Service.Label()+" go cannot be told, as its host may be the name of an upstream", *p.UpstreamsRead.Failure)
		}
		h.By, h.Word, h.Why, h.Findings = ByUnknown, "cannot tell", f.Cause, []finding.Finding{f}
	default:
		h.Places = []Place{j.place(Destination{p.ID, s.Host, s.Port, s.Transport()})}
		h = h.gathered()
	}
	h = j.tls(h, u.Upstream).protocol()
	return h.standing()
}

// mayBeUpstream reports whether a host can be the name of an upstream: an address is none.
func mayBeUpstream(host safe.Text) bool {
	_, address := addressOf(host)
	return !address && !host.IsEmpty() && !strings.Contains(host.Raw(), "{")
}

// gathered says for a host what its places come to: the worst of those that get requests
// speaks for it.
func (h Host) gathered() Host {
	var worst *Place
	for i := range h.Places {
		p := &h.Places[i]
		if p.Weight <= 0 {
			continue
		}
		if worst == nil || p.worse(*worst) {
			worst = p
		}
		h.Findings = joined(h.Findings, p.Findings)
	}
	if worst != nil {
		h.By, h.Word, h.Why, h.Back = worst.By, worst.Word, worst.Why, worst.Back
	}
	h.Findings = urgent(h.Findings)
	return h
}

// joined adds findings to a list, each once.
func joined(list, more []finding.Finding) []finding.Finding {
	list = slices.Clip(list)
	for _, f := range more {
		if !slices.ContainsFunc(list, func(o finding.Finding) bool { return o.Same(f) && o.Cause == f.Cause }) {
			list = append(list, f)
		}
	}
	return list
}

// balanced is a service whose host is the name of an upstream.
func (j *judging) balanced(h Host, u gateway.Upstream) Host {
	h = h.gathered()
	taking := 0
	for _, p := range h.Places {
		if p.Weight > 0 {
			taking++
		}
	}
	name := u.Name.String()
	switch {
	case !u.TargetsRead:
		f := found(CodeNotKnown, finding.Unknown, "cannot tell", "Where requests of "+h.Service.Label()+" go cannot be told: the targets of the upstream "+name+" were not read")
		f.Next = finding.Next{Kind: finding.NextKonnect, Text: "Look at the upstream's targets in Konnect, or read again with a token that may read them."}
		h.By, h.Word, h.Why, h.Findings = ByUnknown, "upstream "+name, f.Cause, urgent(append(slices.Clip(h.Findings), f))
	case len(h.Places) == 0:
		h = h.noTarget(name, "the upstream "+name+" has no target", "Give the upstream a target in Konnect.")
	case taking == 0:
		h = h.noTarget(name, "all "+phrase.Count(len(h.Places), "target")+" of the upstream "+name+" have the weight 0", "Give a target of the upstream a weight in Konnect.")
	default:
		h.Word = name + ": " + h.split()
		h.Why = "The host is the upstream " + name + " with " + phrase.Count(taking, "target") + " that get requests; no DNS is asked for its own name. " + h.Why
	}
	return h
}

func (h Host) noTarget(name, why, step string) Host {
	f := next(found(CodeNoTarget, finding.Broken, "no target", "No request of "+h.Service.Label()+" is sent: "+why), finding.NextKonnect, step)
	h.By, h.Word, h.Why, h.Findings = ByNothing, name+": no target", f.Cause, []finding.Finding{f}
	return h
}

// split says by which ways the targets are reached, the worst first.
func (h Host) split() string {
	words, count := []string{}, map[string]int{}
	places := slices.SortedStableFunc(slices.Values(h.Places), func(a, b Place) int {
		return cmp.Or(cmp.Compare(severity(b.Findings), severity(a.Findings)), cmp.Compare(b.By.rank(), a.By.rank()))
	})
	for _, p := range places {
		if p.Weight <= 0 {
			continue
		}
		if count[p.Word]++; count[p.Word] == 1 {
			words = append(words, p.Word)
		}
	}
	for i, w := range words {
		if len(words) > 1 || count[w] > 1 {
			words[i] = phrase.Count(count[w], "target") + " " + w
		}
	}
	const most = 2
	return phrase.Few(words, most)
}

// standing says of a service that is switched off that nothing is sent: what is wrong with
// its way harms nobody.
func (h Host) standing() Host {
	if h.Service.Enabled {
		return h
	}
	h.Findings = nil
	h.Why = "The service is disabled, so nothing is sent. Else: " + h.Why
	return h
}

// plane says how far a control plane was read.
func (j *judging) plane(p gateway.Plane) ControlPlane {
	out := ControlPlane{ControlPlane: p.ControlPlane, Services: len(p.Services)}
	name := "control plane " + p.Name.Or(p.ID.Raw()).String()
	for _, part := range []struct {
		what string
		read model.Part
	}{{"services", p.ServicesRead}, {"routes", p.RoutesRead}, {"upstreams", p.UpstreamsRead}} {
		f := part.read.Failure
		switch {
		case f != nil && f.Kind == model.FailureNotFound:
			out.Finding = next(found(CodePlaneGone, finding.Unknown, "gone", "The "+name+" is not there any more: Konnect says "+f.Cause.Or("not found").String()+"; the network's configuration names it still"),
				finding.NextKonnect, "If it was deleted, take it out of the network's configurations in Konnect.")
		case f != nil:
			out.Finding = because("The "+part.what+" of the "+name+" cannot be read, so where they lead cannot be told", *f)
			out.Finding.Code = CodePlaneUnread
		case !part.read.Read() && out.Finding.Code == "":
			out.Finding = next(found(CodePlaneUnread, finding.Unknown, "not read", "The "+part.what+" of the "+name+" were not read, so where they lead cannot be told"), finding.NextWait, model.CureLookOrLonger)
		}
		if f != nil {
			break
		}
	}
	return out
}
