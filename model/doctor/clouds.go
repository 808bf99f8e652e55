package doctor

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// Failed is the check of something that failed: the failure says it all.
func Failed(area Area, topic string, subject safe.Text, f model.Failure) Check {
	c := Check{Area: area, Topic: topic, Subject: subject, Finding: f.AsFinding()}
	c.Cause = sentence(c.Cause)
	if !f.TraceID.IsEmpty() {
		c.Details = append(c.Details, safe.New("trace "+f.TraceID.Raw()))
	}
	if !f.RequestID.IsEmpty() {
		c.Details = append(c.Details, safe.New("request "+f.RequestID.Raw()))
	}
	return c
}

// KonnectFacts are what Konnect says of a token.
type KonnectFacts struct {
	Source       safe.Text // where the token comes from
	Organization model.Organization
	User         model.User
	Failure      *model.Failure // why the organization was not read
}

// Token judges the token of Konnect.
func Token(f KonnectFacts) Check {
	const topic = "token"
	if f.Failure != nil {
		return Failed(Konnect, topic, f.Source, *f.Failure)
	}
	who := "a token that belongs to no person, such as a system account's"
	if !f.User.Email.IsEmpty() {
		who = f.User.Email.String()
	}
	return Check{
		Area: Konnect, Topic: topic, Subject: f.Source,
		Finding: ok("konnect-token-accepted", "accepted", fmt.Sprintf("Konnect takes the one from %s: organization %s, %s.", f.Source, f.Organization.Name.Or(f.Organization.ID.Raw()), who)),
	}
}

// Roles says which roles Konnect tells of. Source: Konnect's identity API, which lists
// those of a person that were given directly, and none of a system account's token.
func Roles(u model.User, roles []model.KonnectRole, failure *model.Failure) Check {
	c := Check{Area: Konnect, Topic: "role"}
	switch {
	case u.ID.IsEmpty():
		c.Finding = ok("konnect-roles-untold", "not told", "Konnect tells no roles of a token that belongs to no person; what it may read shows below.")
	case failure != nil:
		c.Finding = ok("konnect-roles-untold", "not told", fmt.Sprintf("Konnect does not tell the roles (%s); what the token may read shows below.", strings.TrimRight(failure.Cause.String(), ". ")))
	case len(roles) == 0:
		c.Finding = ok("konnect-roles", "by team", "No role was given to the person directly: those of teams count, and Konnect does not list them with the person.")
	default:
		names := make([]string, 0, len(roles))
		for _, r := range roles {
			names = append(names, r.String())
		}
		c.Finding = ok("konnect-roles", phrase.Count(len(roles), "role"), "Given directly: "+phrase.Few(names, 6)+". Those of teams count too.")
	}
	return c
}

// Thing is a kind of object of Dedicated Cloud Gateways.
type Thing struct{ one, many string }

// Networks are read first.
func Networks() Thing { return Thing{"network", "networks"} }

// Peerings are those of all networks.
func Peerings() Thing { return Thing{"peering", "peerings"} }

// PrivateDNSes are resolvers and zones of all networks.
func PrivateDNSes() Thing { return Thing{"private DNS", "private DNS"} }

// Gateways judges the reading of the things of a kind.
func Gateways(what Thing, count int, failure *model.Failure) Check {
	if failure != nil {
		return Failed(Konnect, what.many, safe.Text{}, *failure)
	}
	name := what.many
	if count == 1 {
		name = what.one
	}
	return Check{Area: Konnect, Topic: what.many, Finding: ok("konnect-readable", "readable", fmt.Sprintf("%d %s can be read.", count, name))}
}

// SignIn judges who is signed in to a tenant for a service. Now is the present, for the
// time that a token has left.
func SignIn(i model.Identity, now time.Time) Check {
	topic := "sign-in for " + string(i.Service)
	if i.Failure != nil {
		return Failed(Azure, topic, i.Tenant, *i.Failure) // its cause names every way that was tried
	}
	var details []safe.Text
	for _, t := range i.Tried {
		details = append(details, safe.New(t.From.Or(t.Source.Words()).Raw()+": "+t.Failure.Cause.Raw()))
	}
	until := ""
	if !i.Until.IsZero() {
		until = ", for " + phrase.Span(max(0, i.Until.Sub(now))) + " more"
	}
	return Check{Area: Azure, Topic: topic, Subject: i.Tenant, Details: details, Finding: ok("azure-signed-in", "signed in", i.Line()+until+".")}
}

// SameSignIn reports whether two checks say of one tenant that the same shut door keeps
// from two services.
func SameSignIn(a, b Check) bool {
	return !a.Subject.IsEmpty() && a.NeedsPerson() && a.Code == b.Code && a.Cause == b.Cause && a.Subject == b.Subject && a.Area == Azure && b.Area == Azure && a.Topic != b.Topic
}

// Subscriptions judges the reading of a tenant's subscriptions.
func Subscriptions(tenant safe.Text, list []model.Subscription, failure *model.Failure) Check {
	if failure != nil {
		return Failed(Azure, "subscriptions", tenant, *failure)
	}
	return Check{Area: Azure, Topic: "subscriptions", Subject: tenant, Finding: ok("azure-readable", "readable", phrase.Capital(phrase.Count(len(list), "subscription"))+" can be read.")}
}

// Directory judges whether the applications of a tenant can be read, which the consent of
// a set-up needs.
func Directory(tenant safe.Text, found bool, failure *model.Failure) Check {
	const topic = "directory"
	if failure != nil {
		return Failed(Azure, topic, tenant, *failure)
	}
	cause := "Kong's application is in the tenant."
	if !found {
		cause = "It can be read, and Kong's application is not in the tenant: the consent of a set-up adds it."
	}
	return Check{Area: Azure, Topic: topic, Subject: tenant, Finding: ok("graph-readable", "readable", cause)}
}

// VNetFacts are what was read of a VNET.
type VNetFacts struct {
	Ref     model.VNetRef
	Failure *model.Failure // why it was not read
	// Rights are what the account may do there, with what a run would need of each.
	Rights []setup.Checked
}

// VNet judges the rights on a VNET. To watch takes reading alone; what a set-up would need
// beside it is said and is no fault.
func VNet(f VNetFacts) Check {
	const topic = "VNET"
	if f.Failure != nil {
		return Failed(Azure, topic, f.Ref.Name, *f.Failure)
	}
	c := Check{Area: Azure, Topic: topic, Subject: f.Ref.Name, Finding: ok("azure-vnet-readable", "readable", fmt.Sprintf("%s can be read, with its peerings.", f.Ref.Name))}
	c.Details = rightsText(f.Rights)
	return c
}

// rightsText says in one line what a set-up would find, where that is the same for all of
// what it takes.
func rightsText(rights []setup.Checked) []safe.Text {
	var odd []safe.Text
	for _, r := range rights {
		if r.Severity != finding.OK {
			odd = append(odd, safe.New("for a set-up: "+phrase.Lower(r.Cause)))
		}
	}
	if len(odd) == 0 && len(rights) > 0 {
		return []safe.Text{safe.New("a set-up likely has the rights here that it takes")}
	}
	return odd
}

// Hop judges the machine through which DNS servers are asked. Name is empty where they are
// asked from this machine.
func Hop(name safe.Text, failure *model.Failure) Check {
	const topic = "hop"
	switch {
	case name.IsEmpty():
		return Check{Area: DNS, Topic: topic, Finding: ok("dns-no-hop", "none", "DNS servers are asked from this machine. Where it has no route into a VNET, --via names a machine that has: socks5://HOST:PORT or ssh:HOST.")}
	case failure != nil:
		return Failed(DNS, topic, name, *failure)
	default:
		return Check{Area: DNS, Topic: topic, Subject: name, Finding: ok("dns-hop-open", "open", fmt.Sprintf("%s lets through.", name))}
	}
}
