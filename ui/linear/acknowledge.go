package linear

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
)

// acknowledge lets a finding of a network be, with a reason and an end, or takes that back.
func (s *session) acknowledge(id safe.Text) error {
	n := s.network(id)
	if n == nil {
		return nil
	}
	q := question{text: "Which finding?", long: true, help: "One that somebody knows of stays in sight, leaves the counts, and comes back when it changes. The number of one that is known takes that back."}
	var list []model.Found
	for _, f := range n.Found() {
		if f.Finding.NeedsPerson() {
			list = append(list, f)
			q.items = append(q.items, item{word: string(f.Finding.Code), text: nameOf(f.Name) + ", " + grade(f.Finding) + ": " + f.Finding.Cause + " (code " + f.Finding.Codes() + ")"})
		}
	}
	if len(list) == 0 {
		s.sayf("The network has no finding that needs somebody.")
		return nil
	}
	a, err := s.ask(q)
	if err != nil {
		return err
	}
	f := list[a.index]
	if f.Finding.Acknowledged() {
		return s.forget(n, f)
	}
	reason, err := s.text("Why is it let be?", "A sentence for whoever comes next.", "", false, anyText)
	if err != nil {
		return err
	}
	p := known.Of(n, f)
	if p.Until, err = s.untilWhen(); err != nil {
		return err
	}
	p.Reason, p.At, p.By = safe.New(reason), s.now(), s.snapshot.User.Email
	if !s.trouble(s.Env.Known.Add(p, map[string]safe.Text{"network": n.Name, "subject": f.Name})) {
		s.sayf("It is known %s.", known.EndText(p.Until, s.now()))
	}
	return nil
}

// untilWhen asks for how long a finding is let be; zero is until it changes.
func (s *session) untilWhen() (time.Time, error) {
	q := question{text: "Until when?", help: "When the time is over, or the finding changes, it is one like all others.", free: "or a span such as 3d, or a time", usual: 1}
	for _, e := range known.Ends() {
		text := string(e)
		if e == known.ForTwoHours {
			text = "for " + text
		}
		q.items = append(q.items, item{word: string(e), text: text})
	}
	for {
		a, err := s.ask(q)
		switch {
		case err != nil:
			return time.Time{}, err
		case a.index >= 0:
			return known.Ends()[a.index].At(s.now()), nil
		}
		until, err := known.ParseEnd(a.text, s.now())
		if err == nil {
			return until, nil
		}
		s.sayf("%s", sentence(capital(err.Error())))
	}
}

// forget takes back that somebody knows of a finding.
func (s *session) forget(n *model.NetworkStatus, f model.Found) error {
	yes, err := s.agree("It is known. Take that back?", "it counts again", "leave it")
	if err != nil || !yes {
		return err
	}
	if !s.trouble(s.Env.Known.Remove(n, f)) {
		s.sayf("It counts again.")
	}
	return nil
}
