package linear

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/report"
	networkscreen "github.com/peerdeck/peerdeck/ui/screens/networks"
)

// summary says how everything stands: what needs somebody first, each with its next step.
func (s *session) summary() {
	if f := s.snapshot.Konnect.Failure; f != nil {
		s.sayf("Konnect could not be read.")
		s.failure(*f)
		if !s.known {
			return
		}
	}
	who := strings.TrimSuffix(s.snapshot.Organization.Name.Or("The organization").String(), ".")
	s.sayf("%s. %s", who, counts(s.snapshot))
	const some = 10
	list := attention(s.snapshot)
	for _, n := range list[:min(len(list), some)] {
		s.brief(n)
	}
	if more := len(list) - some; more > 0 {
		s.sayf("And %s more; networks reads them all.", phrase.Count(more, "network"))
	}
	for _, f := range report.Failures(*s.snapshot, nil) {
		s.failure(f)
	}
}

// brief says what is the most urgent of a network, and what to do.
func (s *session) brief(n *model.NetworkStatus) {
	s.sayf("%s, %s%s. %s", nameOf(n.Name), grade(n.Finding), lasting(n.SpeaksSince(), s.snapshot.At), n.Finding.Cause)
	s.nextStep(n.Finding)
}

// nextStep says the next step of a finding, and its command.
func (s *session) nextStep(f finding.Finding) {
	if f.Next.Text != "" {
		s.sayf("  Next: %s", f.Next.Text)
	}
	s.command(f.Next.Command)
}

// networks lists the networks, the most urgent first, until one goes back.
func (s *session) networks(name string) error {
	for quiet := false; ; quiet = true {
		n, err := s.pickNetwork(question{text: "Which network?", quiet: quiet}, name, anyNetwork)
		if err != nil {
			return err
		}
		if err := s.oneNetwork(n.ID); err != nil && !isBack(err) {
			return err
		}
		if name != "" {
			return nil
		}
	}
}

// pickNetwork asks for a network. One that is named already is looked for first. Why says
// why one cannot be chosen.
func (s *session) pickNetwork(q question, name string, why func(*model.NetworkStatus) string) (*model.NetworkStatus, error) {
	list := worst(s.snapshot.Networks)
	q.long, q.help = true, "The most urgent comes first."
	for _, n := range list {
		word := n.Name
		if word.IsEmpty() {
			word = n.ID
		}
		q.items = append(q.items, item{word: word.String(), text: networkLine(n), why: why(n)})
	}
	if len(list) == 0 {
		s.sayf("There is no network to choose from.")
		return nil, errBack
	}
	if name != "" {
		for _, n := range list {
			if n.ID.String() == name && why(n) == "" {
				return n, nil
			}
		}
		i, _, problem := match(q, name)
		switch {
		case problem != "":
			s.sayf("%s", problem)
		case i >= 0 && q.items[i].why != "":
			s.sayf("%s cannot be chosen: %s.", q.items[i].word, q.items[i].why)
		case i >= 0:
			return list[i], nil
		}
	}
	a, err := s.ask(q)
	if err != nil {
		return nil, err
	}
	return list[a.index], nil
}

// anyNetwork lets every network be chosen.
func anyNetwork(*model.NetworkStatus) string { return "" }

// networkLine is a network in a line.
func networkLine(n *model.NetworkStatus) string {
	parts := []string{nameOf(n.Name), grade(n.Finding)}
	if n.Finding.Severity != model.SeverityOK && n.Finding.Word != "" && n.Finding.Word != gradeOf(n.Finding.Severity) {
		parts = append(parts, n.Finding.Word)
	}
	parts = append(parts, n.Region.Or("no region").String(), n.CIDR.Text.Or("no range").String(), string(n.State))
	switch {
	case n.PeeringsRead.Read():
		parts = append(parts, phrase.Count(len(n.Peerings), "peering"))
	default:
		parts = append(parts, "peerings not read")
	}
	if rules := n.DNSRules(); rules >= 0 {
		parts = append(parts, phrase.Count(rules, "mapped domain"))
	}
	return strings.Join(parts, ", ") + "."
}

// oneNetwork reads a network out, and asks what to do with it.
func (s *session) oneNetwork(id safe.Text) error {
	if s.Watcher != nil {
		s.Watcher.Attend([]safe.Text{id})
	}
	s.details(id)
	for {
		n := s.network(id)
		if n == nil {
			s.sayf("The network is not there any more.")
			return nil
		}
		list := s.networkChoices(n)
		q := question{text: nameOf(n.Name) + ":", help: "What to do with the network."}
		for _, c := range list {
			q.items = append(q.items, c.item)
		}
		a, err := s.ask(q)
		if err != nil {
			return err
		}
		if err := list[a.index].do(""); err != nil && !isBack(err) {
			return err
		}
	}
}

func (s *session) networkChoices(n *model.NetworkStatus) []choice {
	id := n.ID.String()
	list := []choice{
		{item{word: "again", text: "read it out again", help: "What is known now."}, func(string) error { s.details(n.ID); return nil }},
		{item{word: "everything", text: "everything that is known", help: "Ids, ranges, both halves, subnets, sign-ins: what a ticket may need."}, func(string) error { s.everything(n); return nil }},
		{item{word: "dns", text: "its DNS", help: "The mapping table of the network."}, func(string) error { return s.dns(id) }},
		{item{word: "trace", text: "trace a name on it", help: "Why a name does not resolve from its gateways."}, func(string) error { return s.traceOn(n.ID, "") }},
	}
	if s.Env.Known != nil {
		list = append(list, choice{item{word: "acknowledge", text: "let a finding be", help: "With a reason and an end, for what somebody knows of; or take that back."}, func(string) error { return s.acknowledge(n.ID) }})
	}
	for i, r := range setup.Mendable(n) {
		word := "mend"
		if i > 0 {
			word += " " + strconv.Itoa(i+1)
		}
		list = append(list, choice{item{
			word: word, text: r.Mend.By.Title() + ": " + r.Mend.What(), why: either(whyIf(s.active(), "another run is in hand; it must end first"), whyIf(s.Env.ReadOnly, "this is the read-only mode")),
			help: "Reads every request that mends it, asks once, sends them, and looks until it is well.",
		}, func(string) error { return s.mend(r) }})
	}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if r, can := setup.MendOf(n.Network, *p); can {
			list = append(list, choice{item{
				word: "mend " + nameOf(p.Name), text: "mend " + nameOf(p.Name), why: either(whyIf(s.active(), "another run is in hand; it must end first"), whyIf(s.Env.ReadOnly, "this is the read-only mode")),
				help: "Reads every request that mends it, asks once, sends them, and watches until both halves are well.",
			}, func(string) error { return s.mend(r) }})
		}
		if p.Finding.Next.Kind == finding.NextSetUp {
			list = append(list, choice{item{word: "set up " + nameOf(p.Name), text: "go on with the set-up of " + nameOf(p.Name), help: "Fills the answers of a set-up in from the peering."}, func(string) error {
				s.form.Fill(setup.Request{Network: n.Name, Peering: p.Name, VNet: p.VNet, DNS: setup.DNSNone})
				return s.setupReview()
			}})
		}
		if p.Azure.Failure != nil && p.Azure.Failure.Kind == model.FailureAuth && s.SignIn != nil {
			list = append(list, choice{item{word: "sign in", text: "sign in to Azure", help: "With a code, on any device."}, func(string) error { return s.signIn(p.VNet.TenantID) }})
		}
	}
	return list
}

// details reads a network out: how it stands, each peering with both halves, and what was
// found.
func (s *session) details(id safe.Text) {
	n := s.network(id)
	if n == nil {
		return
	}
	at := s.snapshot.At
	s.sayf("%s", networkLine(n))
	for _, f := range n.Found() {
		switch f.Subject {
		case finding.OfPeering:
			i := slices.IndexFunc(n.Peerings, func(p model.PeeringStatus) bool { return p.ID == f.ID })
			s.peering(&n.Peerings[max(0, i)])
		case finding.OfPrivateDNS:
			i := slices.IndexFunc(n.PrivateDNS, func(d model.PrivateDNSStatus) bool { return d.ID == f.ID })
			s.sayf("Private DNS %s, %s%s. Konnect says %s.", nameOf(f.Name), grade(f.Finding), lastingIf(f, at), n.PrivateDNS[max(0, i)].State)
		case finding.OfNetwork:
		default:
			s.sayf("%s %s, %s%s.", capital(string(f.Subject)), nameOf(f.Name), grade(f.Finding), lastingIf(f, at))
		}
		s.found(f.Finding)
	}
	if len(n.ControlPlanes) > 0 {
		var names []string
		for _, c := range n.ControlPlanes {
			names = append(names, nameOf(c.Name))
		}
		s.sayf("%s: %s.", phrase.Count(len(names), "control plane"), phrase.And(names))
	}
	for _, f := range report.Failures(model.Snapshot{}, []*model.NetworkStatus{n}) {
		s.failure(f)
	}
	s.changesOf(n.ID)
}

// peering reads one peering out, both halves.
func (s *session) peering(p *model.PeeringStatus) {
	halves := "Konnect says " + string(p.State)
	if p.Azure.Status == model.HalfNotApplicable {
		halves += "; " + p.Kind.Label() + ", whose other half is not read"
	} else {
		_, azure := p.Azure.Summary()
		halves += "; Azure: " + azure
	}
	f := model.Found{Finding: p.Finding, Since: p.Since}
	s.sayf("Peering %s with %s, %s%s. %s.", nameOf(p.Name), p.TargetName(), grade(p.Finding), lastingIf(f, s.snapshot.At), halves)
}

// lastingIf is how long something is so that is not fine.
func lastingIf(f model.Found, at time.Time) string {
	if f.Finding.Severity == model.SeverityOK {
		return ""
	}
	return lasting(f.Since, at)
}

// found says a finding that is not fine, with its next step, the code that explain tells
// of, and what somebody said who knows of it.
func (s *session) found(f finding.Finding) {
	if f.Severity == model.SeverityOK {
		return
	}
	s.sayf("  %s (code %s)", f.Cause, f.Codes())
	if f.Known != nil {
		s.sayf("  %s", known.Sentence(*f.Known, s.now()))
	}
	s.nextStep(f)
}

// mend begins a run that mends a peering as its finding says: the run asks before it changes
// anything.
func (s *session) mend(r setup.Request) error {
	s.told, s.run = progress{}, nil
	if s.trouble(s.Setup.Start(r, setup.Options{})) {
		return nil
	}
	return s.follow()
}

// everything reads out all that is known of a network, a labelled value a line.
func (s *session) everything(n *model.NetworkStatus) {
	for _, f := range networkscreen.Facts(n, s.snapshot) {
		if f[1] == "" {
			s.sayf("%s", f[0])
			continue
		}
		s.verbatim(fmt.Sprintf("  %s: %s", f[0], f[1]))
	}
}

// signIn signs in to Azure with a code.
func (s *session) signIn(tenant safe.Text) error {
	s.sayf("Asking Microsoft for a code. ctrl+c ends peerdeck; the sign-in waits about 15 minutes.")
	err := s.SignIn(s.ctx, tenant, func(c model.DeviceCode) {
		s.verbatim("Open " + c.URL.String() + " on any device and type the code " + c.Code.String() + ".")
	})
	if !s.trouble(err) {
		s.sayf("Signed in to the tenant %s. What could not be read is read now.", tenant)
	}
	return s.ctx.Err()
}
