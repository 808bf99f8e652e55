package setup

import (
	"context"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// Form is the form apart from the tab, for a face that asks for one field after the other.
// What it says of a field, and offers to pick from, is what the tab says and offers.
type Form struct{ s *Screen }

// NewForm returns an empty form. Its context ends what it asks of the service.
func NewForm(ctx context.Context, env screen.Env, service Service) *Form {
	return &Form{&Screen{ctx: ctx, env: env, service: service, snapshot: &model.Snapshot{}, form: newForm()}}
}

// FormField is a field that holds a text.
type FormField struct {
	Field setup.Field
	Label string
	About string // what it is for
	Pick  bool   // there is a list to pick from
	// Empty is what it means to leave it empty; empty: it must be given.
	Empty string
}

// Receive takes a snapshot: the networks and tenants to pick from.
func (f *Form) Receive(snapshot *model.Snapshot) { f.s.Receive(snapshot) }

// Fields lists the fields in their order: those of a network that is to be made among them,
// and last those that hardly anybody needs.
func (f *Form) Fields() []FormField {
	rows := mainRows()
	if f.s.form.makes {
		rows = slices.Insert(rows, 1, newRows()...)
	}
	var out []FormField
	for _, r := range append(rows, moreRows()...) {
		if r.kind == rowText {
			empty, _ := spare(r.field)
			typed := f.s.form.makes && r.field == setup.FieldNetwork // it is to be made
			out = append(out, FormField{r.field, strings.TrimSpace(r.label), r.about, r.pick && !typed, empty})
		}
	}
	return out
}

// Value is what a field holds.
func (f *Form) Value(field setup.Field) safe.Text { return f.s.form.texts[field] }

// Set gives a field a text.
func (f *Form) Set(field setup.Field, text string) {
	f.s.form.set(field, safe.New(strings.TrimSpace(text)))
	f.s.check()
}

// List is what can be picked for a field. An item that is picked fills the field in, and
// those that follow from it.
func (f *Form) List(field setup.Field) dialog.List {
	f.s.form.choose(field)
	switch field {
	case setup.FieldNetwork:
		return f.s.networkList()
	case setup.FieldTenant:
		return f.s.tenantList()
	case setup.FieldSubscription:
		return f.s.subscriptionList()
	default:
		return f.s.vnetList()
	}
}

// Problems lists what is wrong with a field, the fatal first. The way out by a key of the
// tab is not told.
func (f *Form) Problems(field setup.Field) []setup.Problem {
	var out []setup.Problem
	for _, r := range append(f.s.form.rows(), moreRows()...) {
		if r.field == field && r.kind != rowMapping {
			out = append(out, f.s.form.problemsOf(r)...)
		}
	}
	return withoutKeys(out)
}

// withoutKeys leaves the keys of the tab out of what is said.
func withoutKeys(list []setup.Problem) []setup.Problem {
	for i := range list {
		list[i].Text, _, _ = strings.Cut(list[i].Text, "; enter ")
	}
	return list
}

// All lists everything that is wrong, and Unchecked what of the mappings could not be looked
// at.
func (f *Form) All() []setup.Problem { return withoutKeys(slices.Clone(f.s.form.problems)) }

// Unchecked says what of the mappings could not be checked, and why.
func (f *Form) Unchecked() []string { return f.s.form.unchecked }

// Note is what is known beside the value of a field, such as the state of a network.
func (f *Form) Note(field setup.Field) string { return f.s.form.notes[field].text }

// WhyNot says why the form cannot be run as it is, empty when it can.
func (f *Form) WhyNot() string {
	why, _, _ := strings.Cut(f.s.form.whyNot(), "; enter ")
	return why
}

// Makes reports whether the run is to make the network.
func (f *Form) Makes() bool { return f.s.form.makes }

// SetMakes says whether the run is to make the network.
func (f *Form) SetMakes(makes bool) {
	if f.s.form.makes != makes {
		f.s.toggleNew()
		f.s.check()
	}
}

// Mode is where the mappings go, as the run gets it.
func (f *Form) Mode() setup.DNSMode { return f.s.form.dns() }

// SetMode says where the mappings go.
func (f *Form) SetMode(m setup.DNSMode) {
	f.s.form.mode, f.s.form.chosen, f.s.form.changed = m, true, true
	f.s.check()
}

// Mappings are the mappings as they were typed.
func (f *Form) Mappings() []string {
	var out []string
	for _, m := range f.s.form.mappings {
		out = append(out, m.typed)
	}
	return out
}

// AddMapping adds a mapping. The problem says why the text is none; then nothing is added.
func (f *Form) AddMapping(typed string) (problem string) {
	m := readMapping(typed)
	if m.problem != "" {
		return m.problem
	}
	f.s.form.mappings = append(f.s.form.mappings, m)
	f.s.form.changed = true
	f.s.check()
	return ""
}

// RemoveMapping takes the mapping of a number away.
func (f *Form) RemoveMapping(i int) {
	f.s.form.mappings = slices.Delete(f.s.form.mappings, i, i+1)
	f.s.form.changed = true
	f.s.check()
}

// MappingProblems lists what is wrong with the mapping of a number.
func (f *Form) MappingProblems(i int) []setup.Problem {
	return withoutKeys(f.s.form.problemsOf(row{kind: rowMapping, field: setup.FieldMappings, index: i}))
}

// Fill replaces all values.
func (f *Form) Fill(r setup.Request) {
	f.s.form.fill(r)
	f.s.check()
}

// Kept says that what the form holds is in a file or in a run.
func (f *Form) Kept() { f.s.form.changed = false }

// Unkept reports whether it holds values that are in no file and in no run.
func (f *Form) Unkept() bool { return f.s.form.changed && !f.s.form.empty() }

// Request is what the form says.
func (f *Form) Request() setup.Request { return f.s.form.request() }

// Meaning is a DNS mode in half a sentence.
func Meaning(m setup.DNSMode) string { return modeMeaning(m) }

// Target names what a set-up is about.
func Target(r setup.Request) string { return target(r) }

// Noun is what a run is called: set-up, teardown or dry run.
func Noun(r setup.Run) string { return runNoun(r) }

// Standing says what a run has made so far, and what becomes of that.
func Standing(r *setup.Run) string { return standing(r) }

// Facts lists what the journal tells of a run as labelled values; a label alone is a
// heading.
func Facts(r setup.RunSummary) [][2]string { return summaryFacts(r) }

// Stood says how an earlier run stands, and where.
func Stood(r setup.RunSummary) string {
	_, word := summaryWord(r)
	return word + ", at " + phrase.Lower(r.Last.Title())
}

// SkipText says what it means to go on without a step.
func SkipText(kind setup.RunKind, step setup.StepID) []string { return skipText(kind, step) }

// PrincipalText says what it means to make the principal without a consent.
func PrincipalText(r setup.Request) []string { return principalText(r) }

// ObjectText says where the object id of the principal is found, and ObjectProblem what is
// wrong with one.
func ObjectText(r setup.Request) string { return objectText(r) }

// ObjectProblem says what is wrong with an object id, empty for nothing.
func ObjectProblem(text string) string { return objectProblem(text) }

// ConfirmText says what is removed when its name is typed.
func ConfirmText(r setup.Request, step *setup.Step) []string { return confirmText(r, step) }

// TeardownText says what a teardown looks for.
func TeardownText(r setup.Request, made int) []string { return teardownText(r, made) }

// ResumeText says what it means to go on with a run.
func ResumeText(r setup.RunSummary) []string { return resumeText(r) }

// CancelText says what becomes of a run that is ended, but for where it is found again.
func CancelText(r *setup.Run) []string { return cancelText(r) }
