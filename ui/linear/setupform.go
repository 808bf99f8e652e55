package linear

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	setupscreen "github.com/peerdeck/peerdeck/ui/screens/setup"
)

// setupForm asks for everything that a set-up needs, one question after the other. back
// leads to the question before.
func (s *session) setupForm() error {
	if !s.form.Unkept() { // what it holds was run, or is in a file
		s.form.Fill(setup.Request{DNS: setup.DNSResolver})
		s.form.Kept()
	}
	if len(s.snapshot.Networks) > 0 {
		a, err := s.ask(question{
			text: "The network:", usual: 1, help: "A network that is made first takes 30 to 40 minutes.",
			items: []item{{word: "there", text: "is there"}, {word: "make", text: "is to be made first"}},
		})
		if err != nil {
			return err
		}
		s.form.SetMakes(a.index == 1)
	}
	if err := s.fields(); err != nil {
		return err
	}
	for asked := false; !asked; {
		if err := s.mode(); err != nil {
			return err
		}
		var err error
		if s.form.Mode() != setup.DNSNone {
			err = s.mappings()
		}
		if err != nil && !isBack(err) {
			return err
		}
		asked = err == nil // back leads to the mode
	}
	return s.setupReview()
}

// fields asks for the fields that must be given: the VNET before the peering, which is
// called after it. back leads to the field before.
func (s *session) fields() error {
	var list []setupscreen.FormField
	for _, want := range []setup.Field{
		setup.FieldNetwork, setup.FieldCIDR, setup.FieldRegion, setup.FieldTenant, setup.FieldSubscription, setup.FieldVNet, setup.FieldGroup, setup.FieldPeering,
	} {
		for _, f := range s.form.Fields() {
			if f.Field == want {
				list = append(list, f)
			}
		}
	}
	picked := false // with the VNET its resource group is known
	for i := 0; i < len(list); {
		f := list[i]
		if f.Field == setup.FieldGroup && picked {
			i++
			continue
		}
		err := s.field(f)
		switch {
		case isBack(err) && i > 0:
			i--
			if list[i].Field == setup.FieldGroup && picked {
				i--
			}
		case err != nil:
			return err
		default:
			if f.Field == setup.FieldVNet {
				picked = s.picked
			}
			i++
		}
	}
	return nil
}

// spare reports whether hardly anybody needs a field.
func spare(f setupscreen.FormField) bool { return f.Empty != "" }

// field asks for one field, until it is right or worth only a warning.
func (s *session) field(f setupscreen.FormField) error {
	for again := false; ; again = true {
		if err := s.fieldOnce(f, again); err != nil {
			return err
		}
		fatal := false
		for _, p := range s.form.Problems(f.Field) {
			s.sayf("  %s: %s", severityOf(p), sentence(p.Sentence()))
			fatal = fatal || p.Fatal()
		}
		if !fatal {
			if note := s.form.Note(f.Field); note != "" {
				s.sayf("  %s", note)
			}
			return nil
		}
	}
}

func severityOf(p setup.Problem) string {
	switch {
	case p.Fatal():
		return "Not right yet"
	case p.Asks():
		return "Warning"
	default:
		return "Note"
	}
}

// fieldOnce asks for one field once: from a list, where there is one, or typed.
func (s *session) fieldOnce(f setupscreen.FormField, again bool) error {
	s.picked = false
	if f.Pick && f.Field != setup.FieldGroup {
		if taken, err := s.pickField(f, again); err != nil || taken {
			return err
		}
	}
	now := s.form.Value(f.Field).String()
	if f.Field == setup.FieldPeering && now == "" {
		now = s.form.Value(setup.FieldVNet).String()
	}
	text, err := s.text(capital(f.Label)+":", f.About, now, f.Empty != "", anyText)
	if err != nil {
		return err
	}
	s.form.Set(f.Field, text)
	return nil
}

// pickField lets a field be picked from what the clouds have. It reports false where that
// cannot be: then it is typed.
func (s *session) pickField(f setupscreen.FormField, again bool) (bool, error) {
	if f.Field == setup.FieldVNet && s.form.Value(setup.FieldSubscription).IsEmpty() {
		return false, nil
	}
	list := s.form.List(f.Field)
	items, err := list.Load(s.ctx)
	if s.ctx.Err() != nil {
		return false, s.ctx.Err()
	}
	if s.trouble(err) {
		s.sayf("It can be typed.")
		return false, nil
	}
	if len(items) == 0 {
		s.sayf("%s", list.Empty)
		return false, nil
	}
	q := s.pickFrom(f, items)
	q.quiet = again
	a, err := s.ask(q)
	switch {
	case err != nil:
		return false, err
	case a.index < 0:
		s.form.Set(f.Field, a.text)
		return true, nil
	}
	s.picked = true
	if x := items[a.index]; x.Then != nil {
		_ = x.Then() // where the form goes on to is asked for here anyway
	} else if x.Do != nil {
		x.Do()
	}
	return true, nil
}

// pickFrom asks for one of some items; what the field holds now is the usual one.
func (s *session) pickFrom(f setupscreen.FormField, items []dialog.Item) question {
	q := question{text: f.Label + ":", help: f.About, long: true, free: "or type it"}
	now := s.form.Value(f.Field).String()
	for i, x := range items {
		text := x.Name
		if x.Marked {
			text += ", " + gradeOf(x.Severity)
		}
		about := []string{x.Note, x.More}
		if f.Field == setup.FieldTenant {
			about = about[:1] // the rest says the same at length
		}
		for _, more := range about {
			if more = strings.Trim(more, " ·"); more != "" {
				text += ", " + more
			}
		}
		q.items = append(q.items, item{word: x.Name, text: text + "."})
		if now != "" && (x.Name == now || strings.Contains(x.Note, now) || strings.Contains(x.More, now)) {
			q.usual = i + 1
		}
	}
	return q
}

// mode asks where the mappings go.
func (s *session) mode() error {
	q := question{text: "DNS:", usual: 1, help: "Where private names are resolved."}
	for _, m := range setup.DNSModes() {
		q.items = append(q.items, item{word: string(m), text: string(m) + " (" + setupscreen.Meaning(m) + ")"})
	}
	a, err := s.ask(q)
	if err == nil {
		s.form.SetMode(setup.DNSModes()[a.index])
	}
	return err
}

// mappings asks for mappings until there are no more.
func (s *session) mappings() error {
	for {
		n := len(s.form.Mappings())
		text, err := s.text(fmt.Sprintf("Mapping %d:", n+1), "Domains, an arrow and their servers: example.com, example.org -> 10.20.0.4, 10.20.0.5. An empty line ends the list.", "", n > 0, anyText)
		if err != nil || text == "" {
			return err
		}
		if problem := s.form.AddMapping(text); problem != "" {
			s.sayf("%s.", capital(strings.TrimSuffix(problem, ".")))
			continue
		}
		for _, p := range s.form.MappingProblems(n) {
			s.sayf("  %s: %s", severityOf(p), sentence(p.Sentence()))
		}
	}
}

// setupReview reads the answers back, and asks what to do with them.
func (s *session) setupReview() error {
	for anew := true; ; {
		if anew {
			s.readAnswers()
		}
		why := s.form.WhyNot()
		if s.active() {
			why = "a run is in hand; it must end first"
		}
		list := []choice{
			{item{word: "run", text: "run it", help: "Each step looks first, and changes only what is not there.", why: either(why, whyIf(s.Env.ReadOnly, "this is the read-only mode"))}, func(string) error { return s.start(false) }},
			{item{word: "dry run", text: "dry run", help: "The same, and nothing is written: every request that would be sent is read out.", why: why}, func(string) error { return s.start(true) }},
			{item{word: "change", text: "change an answer", help: "One of them, and then they are read again."}, func(string) error { return s.changeAnswer() }},
			{item{word: "save", text: "save them to a file", help: "For peerdeck setup -f, and for another day."}, func(string) error {
				return s.saveText("the set-up", "peering.yaml", func(path string) error {
					err := s.Setup.WriteFile(s.ctx, path, s.form.Request())
					if err == nil {
						s.form.Kept()
					}
					return err
				})
			}},
			{item{word: "hand-off", text: "hand-off for the Azure administrator", help: "What somebody else must do in Azure, as a script."}, func(string) error { return s.handoff(s.form.Request()) }},
		}
		q := question{text: "What to do with these answers?", help: "Nothing was changed so far."}
		for _, c := range list {
			q.items = append(q.items, c.item)
		}
		a, err := s.ask(q)
		if err != nil {
			return err
		}
		anew = list[a.index].word == "change"
		if err := list[a.index].do(""); err != nil && !isBack(err) {
			return err
		}
		if a.index < 2 && s.run != nil && s.run.Over() && !s.run.DryRun && s.run.State == setup.RunDone {
			return nil
		}
	}
}

// readAnswers reads the answers back, with what is wrong with them.
func (s *session) readAnswers() {
	s.sayf("The set-up:")
	for _, f := range s.form.Fields() {
		value := s.form.Value(f.Field).String()
		switch {
		case value == "" && spare(f):
			continue
		case value == "":
			value = "still missing"
		}
		s.sayf("  %s: %s", capital(f.Label), value)
	}
	s.sayf("  DNS: %s, %s", s.form.Mode(), setupscreen.Meaning(s.form.Mode()))
	if s.form.Mode() != setup.DNSNone {
		for i, m := range s.form.Mappings() {
			s.verbatim(fmt.Sprintf("  Mapping %d: %s", i+1, m))
		}
	}
	if r := s.form.Request().Route; r != nil {
		s.sayf("  A gateway service and a route are made last, as the file says.")
	}
	for _, p := range s.form.All() {
		if p.Field != "" && !s.missing(p.Field) {
			s.sayf("  %s: %s", severityOf(p), sentence(p.Sentence()))
		}
	}
	for _, why := range s.form.Unchecked() {
		s.sayf("  Not checked yet: %s", why)
	}
	if why := s.form.WhyNot(); why != "" {
		s.sayf("It cannot be run yet: %s.", strings.TrimSuffix(why, "."))
	}
}

// missing reports whether a field holds nothing yet: what is wrong with it is that.
func (s *session) missing(field setup.Field) bool {
	for _, f := range s.form.Fields() {
		if f.Field == field {
			return s.form.Value(field).IsEmpty()
		}
	}
	return field == setup.FieldMappings && len(s.form.Mappings()) == 0
}

// changeAnswer asks which answer to change, and for it.
func (s *session) changeAnswer() error {
	fields := s.form.Fields()
	q := question{text: "Which answer?", long: true, help: "Those that may stay empty are here, too."}
	for _, f := range fields {
		q.items = append(q.items, item{word: f.Label, text: f.Label + ", " + s.form.Value(f.Field).Or("empty").String() + "."})
	}
	q.items = append(q.items, item{word: "DNS", text: "DNS, " + string(s.form.Mode()) + "."}, item{word: "add a mapping", text: "Add mappings."})
	for i, m := range s.form.Mappings() {
		q.items = append(q.items, item{word: fmt.Sprintf("mapping %d", i+1), text: fmt.Sprintf("Remove mapping %d, %s.", i+1, m)})
	}
	a, err := s.ask(q)
	switch {
	case err != nil:
		return err
	case a.index < len(fields):
		return s.field(fields[a.index])
	case a.index == len(fields):
		return s.mode()
	case a.index == len(fields)+1:
		return s.mappings()
	default:
		s.form.RemoveMapping(a.index - len(fields) - 2)
		s.sayf("%s left.", numbered(len(s.form.Mappings()), "mapping"))
		return nil
	}
}

// handoff reads the text for the Azure administrator, or saves it.
func (s *session) handoff(r setup.Request) error {
	a, err := s.ask(question{
		text: "The hand-off:", help: "What the administrator of the VNET must do, and nothing else. It holds no secret.",
		items: []item{{word: "script", text: "read the script"}, {word: "text", text: "read it as a text"}, {word: "save", text: "save the script"}},
	})
	if err != nil {
		return err
	}
	switch a.index {
	case 0:
		s.lines(s.Setup.Handoff(r, "sh"))
	case 1:
		s.lines(s.Setup.Handoff(r, "md"))
	default:
		return s.saveText("the hand-off", "handoff-"+phrase.Lower(r.Peering.Or("peering").String())+".sh", func(path string) error {
			return s.Setup.SaveText(s.ctx, path, s.Setup.Handoff(r, "sh"))
		})
	}
	return nil
}

// start asks, begins the run and follows it.
func (s *session) start(dry bool) error {
	r := s.form.Request()
	if !dry {
		yes, err := s.agree(fmt.Sprintf("This changes the network %s in Konnect, and Azure's roles for the VNET %s. Go on?", r.Network, r.VNet.Name), "run it", "not now")
		if err != nil || !yes {
			return err
		}
	}
	s.told, s.run = progress{}, nil
	if s.trouble(s.Setup.Start(r, setup.Options{DryRun: dry})) {
		return nil
	}
	s.form.Kept() // the journal has it now
	return s.follow()
}
