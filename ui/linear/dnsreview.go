package linear

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/report"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// dnsReview reads what would change, table by table, and applies what is agreed to.
func (s *session) dnsReview(n *workspace.Network) error {
	for _, t := range n.Changed() {
		for again := true; again; {
			if t.Meanwhile() {
				if err := s.merge(t); err != nil {
					return err
				}
			}
			if !t.Changed() {
				s.sayf("Nothing of %s is left to apply.", t.Name())
				break
			}
			var err error
			if again, err = s.reviewTable(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// reviewTable reads the changes of one table and asks what to do. It reports whether it is
// to be reviewed again.
func (s *session) reviewTable(t *workspace.Table) (again bool, err error) {
	s.sayf("Changes of %s, %s:", t.Name(), strings.ReplaceAll(dnstable.CountWords(t.Order().Changes()), " · ", ", "))
	for _, c := range t.Order().Changes() {
		s.sayf("  %s", changeWords(c))
	}
	problems := t.Problems()
	s.problems(t, problems, false)
	for _, why := range t.Findings().Unchecked() {
		s.sayf("  Not checked: %s", why)
	}
	worst, found := dnstable.Worst(problems)
	shut := t.Shut()
	if found && worst == dnstable.Error {
		shut = either(shut, "errors are not sent; mend them first")
	}
	_, warnings := dnstable.CountProblems(problems)
	apply := "apply"
	if warnings > 0 {
		apply = "accept " + phrase.Count(warnings, "warning") + " and apply"
	}
	for {
		a, err := s.ask(question{
			text: "Apply to " + n(t) + "?", help: "Applying reads the table again, keeps what is there as a restore point, writes once, and reads back.",
			items: []item{
				{word: "apply", text: apply, help: "Sends the whole table in one request.", why: shut},
				{word: "request", text: "read the request", help: "What would be sent, word by word."},
			},
		})
		switch {
		case err != nil:
			return false, err
		case a.index == 1:
			w := t.Request()
			s.verbatim(w.Method + " " + w.URL.String())
			for _, line := range w.BodyLines() {
				s.verbatim(line)
			}
		default:
			return s.applyTable(t, problems)
		}
	}
}

func n(t *workspace.Table) string { return t.Network().Name() }

// changeWords is what becomes of a domain, in a sentence.
func changeWords(c dnstable.Change) string {
	name := report.DomainText(safe.New(c.Name()))
	switch c.Kind {
	case dnstable.Added:
		return name + " is new: asks " + dnstable.ServerList(c.To.Servers) + "."
	case dnstable.Removed:
		return name + " goes; it asked " + dnstable.ServerList(c.From.Servers) + "."
	case dnstable.Changed:
	}
	text := name + " changes"
	if len(c.Servers) > 0 || c.Order {
		text += ": servers " + dnstable.ServerList(c.From.Servers) + " to " + dnstable.ServerList(c.To.Servers)
	}
	if c.Order {
		text += ", only their order"
	}
	if c.Spelled {
		text += ", written " + c.From.Key.String() + " to " + c.To.Key.String()
	}
	if c.Members {
		text += ", members that peerdeck does not know"
	}
	return text + "."
}

// applyTable gives the order and follows it to its end. It reports whether there is more to
// review.
func (s *session) applyTable(t *workspace.Table, problems []dnstable.Problem) (again bool, err error) {
	o := t.Order()
	for _, p := range problems {
		if p.Severity == dnstable.Warning {
			o.Accepted = append(o.Accepted, p.Rule)
		}
	}
	if number := o.Guard().Number(); number > 0 {
		yes, err := s.typedName("This removes "+o.Guard().Words()+" of "+o.Target.NetworkName.String()+".", strconv.Itoa(number))
		if err != nil || !yes {
			return false, err
		}
		o.Confirmed = number
	}
	s.apply = nil
	s.do(t.Apply(o))
	if err := s.followApply(t); err != nil {
		return false, err
	}
	return s.applied(t)
}

// followApply reads what an order does as it does it. stop ends it as long as nothing was
// sent.
func (s *session) followApply(t *workspace.Table) error {
	s.sayf("It is written now. stop ends it as long as nothing was sent.")
	said := 0
	return s.until(func() bool {
		if p := t.Progress(); p != nil && p.Apply != nil {
			for ; said < len(p.Apply.Log); said++ {
				s.sayf("  %s %s", p.Apply.Log[said].At.Format("15:04:05"), sentence(p.Apply.Log[said].Text.String()))
			}
		}
		return t.Refusal() != nil || t.Progress() == nil || t.Progress().Over() || s.Applies == nil
	}, func(line string) bool {
		if !strings.EqualFold(strings.TrimSpace(line), "stop") {
			return false
		}
		if p := t.Progress(); p != nil && p.Apply != nil && p.Apply.Sent {
			s.sayf("The request has left, and cannot be called back.")
			return true
		}
		s.do(t.Cancel())
		return true
	})
}

// sentence ends a text as a sentence ends.
func sentence(text string) string {
	if strings.HasSuffix(text, ")") {
		return text
	}
	return strings.TrimSuffix(text, ".") + "."
}

// refused says why an order was not begun. It reports whether that is so.
func (s *session) refused(f *model.Failure) bool {
	if f != nil {
		s.failure(*f)
	}
	return f != nil
}

// applied says what an order has come to. It reports whether the table is to be reviewed
// again.
func (s *session) applied(t *workspace.Table) (again bool, err error) {
	p := t.Progress()
	switch {
	case s.refused(t.Refusal()):
		return false, nil
	case p == nil || p.Apply == nil:
		s.sayf("Nobody knows how it ended; the table is read again.")
		return false, nil
	}
	a := *p.Apply
	s.sayf("%s", a.Said())
	switch a.State {
	case dnstable.ApplyDone:
		if a.Note != "" {
			s.sayf("%s", a.Note)
		}
	case dnstable.ApplyMeanwhile:
		for _, c := range dnstable.Diff(a.Order.Base, a.Theirs) {
			s.sayf("  %s", changeWords(c))
		}
		return true, nil
	case dnstable.ApplyDiffers:
		for _, c := range a.Left {
			s.sayf("  %s", changeWords(c))
		}
		return false, s.restoreOf(t, a)
	case dnstable.ApplyFailed:
		if a.Failure != nil {
			s.failure(*a.Failure)
		}
		if len(a.Unwanted) > 0 && !a.Sent {
			yes, err := s.agree("Konnect refuses "+phrase.And(a.Unwanted)+", which peerdeck does not know. Review again without "+phrase.Either(len(a.Unwanted), "it", "them")+"?", "without", "leave it")
			if err == nil && yes {
				t.Omit(slices.Concat(a.Order.Without, a.Unwanted))
			}
			return yes, err
		}
		if a.Sent {
			return false, s.restoreOf(t, a)
		}
	case dnstable.ApplyCancelled, dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting:
	}
	return false, nil
}

// restoreOf offers the table as it was before a write, as a new edit.
func (s *session) restoreOf(t *workspace.Table, a dnstable.Apply) error {
	if a.Restore == "" {
		return nil
	}
	yes, err := s.agree("The table before it is kept. Stage it as a new edit?", "stage it", "leave it")
	if err != nil || !yes {
		return err
	}
	load, stop := t.RestorePoints()
	defer stop()
	list, err := load()
	if s.trouble(err) {
		return nil
	}
	for _, p := range list {
		if p.ID == a.Restore && p.Problem == "" {
			s.do(t.StagePoint(p))
			return nil
		}
	}
	s.sayf("The restore point %s cannot be read.", a.Restore)
	return nil
}

// merge brings the edits together with what somebody else has done, domain by domain.
func (s *session) merge(t *workspace.Table) error {
	m := t.Merged()
	if len(m.Quiet) > 0 {
		s.sayf("Taken over from others, nothing to decide:")
	}
	for _, c := range m.Quiet {
		s.sayf("  %s", changeWords(c))
	}
	if len(m.Conflicts) > 0 {
		s.sayf("You and somebody else have changed %s in different ways.", phrase.Count(len(m.Conflicts), "domain"))
	}
	for i, c := range m.Conflicts {
		s.sayf("Conflict %d of %d: %s.", i+1, len(m.Conflicts), report.DomainText(safe.New(c.Domain)))
		s.sayf("  Before: %s.", side(c.Base, "it was not there"))
		s.sayf("  Yours: %s.", side(c.Mine, "removed"))
		s.sayf("  Theirs: %s.", side(c.Theirs, "removed"))
		a, err := s.ask(question{
			text: "Which one?", help: "Nothing is sent yet. back leaves the merge: your edits stay as they are, and what others did stands in Konnect.",
			items: []item{{word: "yours", text: "yours"}, {word: "theirs", text: "theirs"}},
		})
		if err != nil {
			if isBack(err) {
				s.sayf("Nothing was merged. Your edits are kept, and what others did stands in Konnect.")
			}
			return err
		}
		m = m.Choose(i, []dnstable.Choice{dnstable.ChooseMine, dnstable.ChooseTheirs}[a.index])
	}
	s.do(t.Merge(m))
	s.sayf("It is put into your edits; nothing is sent yet.")
	return nil
}

// side is one side of a conflict.
func side(r *dnstable.Row, none string) string {
	switch {
	case r == nil:
		return none
	case len(r.Servers) == 0:
		return "no server"
	default:
		return dnstable.ServerList(r.Servers)
	}
}
