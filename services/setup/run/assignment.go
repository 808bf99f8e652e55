package run

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
)

// assignment gives the role to Kong's application on the VNET.
type assignment struct {
	*engine
	want    model.RoleAssignment
	existed bool
	back    bool // the run has gone back to the role, since Azure does not know it
}

func (*assignment) id() setup.StepID { return setup.StepAssignment }

func (a *assignment) check(ctx context.Context) (verdict, error) {
	ref := a.plan.request.VNet
	if a.facts.principal.ID.IsEmpty() {
		if a.plan.options.DryRun {
			a.want = a.wanted(safe.New("(object id, known after the consent)"))
			return verdict{summary: "to be made", writes: []model.Write{a.o.Clouds.Roles.PutAssignmentWrite(a.want)}}, nil
		}
		return verdict{}, setup.NothingToAssign(ref.Name, false)
	}
	if got, d, ok, err := a.assigned(ctx, a.id()); err != nil || ok {
		if err != nil {
			return verdict{}, err
		}
		a.facts.assignment, a.facts.role = got, d
		if err := a.found(a.id(), model.ObjectAssignment, got.ID, a.name()); err != nil {
			return verdict{}, err
		}
		a.sayf(a.id(), model.LineGood, "%s: %s", d.RoleName, how(got, ref))
		return met("%s", where(got, ref)), nil
	}
	if a.facts.role.ID.IsEmpty() {
		return verdict{}, setup.NothingToAssign(ref.Name, true)
	}
	a.strangers(ctx)
	a.want = a.wanted(a.facts.principal.ID)
	if there, err := a.unlisted(ctx); err != nil || there {
		return met("already"), err
	}
	return verdict{summary: "to be made", writes: []model.Write{a.o.Clouds.Roles.PutAssignmentWrite(a.want)}}, nil
}

// unlisted reads the assignment by the id that this program gives it: the list may not
// show it yet.
func (a *assignment) unlisted(ctx context.Context) (bool, error) {
	got, err := a.read(ctx, a.want.ID)
	switch {
	case is(err, model.FailureNotFound), is(err, model.FailurePermission):
		return false, nil
	case err != nil || !a.matches(got):
		return false, err
	}
	a.facts.assignment = got
	a.sayf(a.id(), model.LineGood, "the list does not show the assignment; a read of its id does")
	return true, a.found(a.id(), model.ObjectAssignment, got.ID, a.name())
}

// how says where an assignment was made that is in force on the VNET.
func how(a model.RoleAssignment, ref model.VNetRef) string {
	if a.Scope.EqualFold(ref.ID()) {
		return "assigned before"
	}
	return "inherited from " + model.LastSegment(a.Scope).String()
}

// where is the same in a word or two.
func where(a model.RoleAssignment, ref model.VNetRef) string {
	if a.Scope.EqualFold(ref.ID()) {
		return "already"
	}
	return "inherited"
}

// name is what a person calls the assignment: the VNET that it is on.
func (a *assignment) name() safe.Text { return a.plan.request.VNet.Name }

func (a *assignment) wanted(principal safe.Text) model.RoleAssignment {
	scope := a.plan.request.VNet.ID()
	name := assignmentGUID(scope, principal, a.facts.role.ID)
	return model.RoleAssignment{
		ID:   safe.New(scope.Raw() + "/providers/Microsoft.Authorization/roleAssignments/" + name.Raw()),
		Name: name, Scope: scope, RoleDefinitionID: a.facts.role.ID, PrincipalID: principal, PrincipalType: safe.New("ServicePrincipal"),
	}
}

// strangers tells when the role is assigned here to somebody else: an application
// that was deleted and made anew leaves such assignments behind.
func (a *assignment) strangers(ctx context.Context) {
	ref := a.plan.request.VNet
	list, err := a.o.Clouds.Roles.Assignments(ctx, ref.TenantID, ref.ID(), safe.Text{})
	if err != nil {
		return // it would only be a remark
	}
	for _, c := range setup.JudgeStrangers(list, a.facts.role.ID, a.facts.principal.ID, ref) {
		a.remark(a.id(), c)
	}
}

func (a *assignment) apply(ctx context.Context) error {
	w := a.o.Clouds.Roles.PutAssignmentWrite(a.want)
	o := object{kind: model.ObjectAssignment, id: a.want.ID, name: a.name()}
	err := sendAgain(ctx, a.engine, a.id(), w, o, func(ctx context.Context) (safe.Text, error) {
		got, err := a.o.Clouds.Roles.PutAssignment(ctx, a.plan.request.VNet.TenantID, w)
		return got.ID, err
	})
	switch code(err) {
	case "RoleAssignmentExists":
		return a.exists(ctx, err)
	case "RoleAssignmentUpdateNotPermitted":
		return a.other(ctx, err)
	case "RoleDefinitionDoesNotExist":
		return a.unknown(err)
	default:
		return err
	}
}

// unknown is what becomes of a role that Azure does not know after all the time that it may take
// to spread: a list has shown one that is gone. It is looked for again, and made; where that
// does not help, a person is told.
func (a *assignment) unknown(cause error) error {
	if a.back = !a.back; !a.back {
		return cause
	}
	return back{setup.StepRole, "Azure does not know the role that was found"}
}

// exists looks for the assignment that Azure says is there. It is what was wanted only
// when it gives the same role to the same principal at the same scope.
func (a *assignment) exists(ctx context.Context, cause error) error {
	ref := a.plan.request.VNet
	looks := setup.Looks{Ways: []string{"the list of Kong's assignments at " + ref.Name.String(), "a read of the id that peerdeck gives it"}, For: lagTakes}
	told := authorization.ExistingAssignment(failure(cause), a.want.Scope)
	if !told.IsEmpty() {
		looks.Ways = append(looks.Ways, "a read of the id that Azure names")
	}
	found, err := a.seek(ctx, a.id(), "Azure says that it is assigned; no look shows the assignment yet", func(ctx context.Context) (bool, error) {
		got, ok, err := a.same(ctx, told)
		if ok {
			a.want, a.existed = got, true
			a.sayf(a.id(), model.LineGood, "it was assigned already, under the id %s", model.LastSegment(got.ID))
		}
		return ok, err
	})
	if err != nil || found {
		return err
	}
	c := setup.Unseen{Kind: model.ObjectAssignment, Name: a.name(), Said: failure(cause), Looks: looks, Request: a.plan.request}.Judge()
	a.remark(a.id(), c)
	order, err := a.ask(a.id(), setup.Ask{
		Text: c.Cause + " " + c.Next.Line(), Options: []setup.RunCommandKind{setup.CommandRetry, setup.CommandSkip},
		Labels: []string{"look again now", "go on without having seen it"},
	})
	if err != nil {
		return err
	}
	a.answered(a.id())
	if order.Kind == setup.CommandSkip {
		return errSkipped
	}
	return errAgain
}

// same looks for an assignment of the role to the principal at the VNET: by the ids that
// may be its, and in the list.
func (a *assignment) same(ctx context.Context, told safe.Text) (model.RoleAssignment, bool, error) {
	for _, id := range []safe.Text{told, a.want.ID} {
		if id.IsEmpty() {
			continue
		}
		got, err := a.read(ctx, id)
		if err == nil && a.matches(got) {
			return got, true, nil
		}
		if err != nil && !is(err, model.FailureNotFound) && !is(err, model.FailurePermission) {
			return model.RoleAssignment{}, false, err
		}
	}
	ref := a.plan.request.VNet
	list, err := try(ctx, a.engine, a.id(), func(ctx context.Context) ([]model.RoleAssignment, error) {
		return a.o.Clouds.Roles.Assignments(ctx, ref.TenantID, ref.ID(), a.want.PrincipalID)
	})
	if i := slices.IndexFunc(list, a.matches); i >= 0 {
		return list[i], true, nil
	}
	return model.RoleAssignment{}, false, err
}

func (a *assignment) read(ctx context.Context, id safe.Text) (model.RoleAssignment, error) {
	return try(ctx, a.engine, a.id(), func(ctx context.Context) (model.RoleAssignment, error) {
		return a.o.Clouds.Roles.Assignment(ctx, a.plan.request.VNet.TenantID, id)
	})
}

// matches reports whether an assignment is the wanted one, whatever its id.
func (a *assignment) matches(got model.RoleAssignment) bool {
	return got.PrincipalID.EqualFold(a.want.PrincipalID) && model.SameRole(got.RoleDefinitionID, a.want.RoleDefinitionID) && got.Scope.EqualFold(a.want.Scope)
}

// other says what stands in the place of the assignment.
func (a *assignment) other(ctx context.Context, cause error) error {
	got, err := a.read(ctx, a.want.ID)
	if err != nil || a.matches(got) {
		return cause
	}
	return setup.OtherAssignment(a.want, got)
}

func (a *assignment) verify(ctx context.Context) (string, error) {
	summary := "assigned"
	if a.existed {
		summary = "already"
	}
	shown := 0
	for n := 1; n <= lookTries; n++ {
		ok, err := a.shows(ctx)
		if err != nil {
			return "", err
		}
		if ok {
			if shown++; shown == lookTwice {
				return summary, nil
			}
			continue
		}
		why := "Azure does not show the assignment yet"
		if shown > 0 {
			why = "Azure shows the assignment at some looks and not at others"
		}
		if err := a.hold(a.id(), why, lookEvery, n+1, lookTries); err != nil {
			return "", err
		}
	}
	if shown > 0 {
		a.remark(a.id(), setup.Unsteady(model.ObjectAssignment, a.name(), shown, lookTries, lagTakes))
		return summary, nil
	}
	return "", setup.NotShown(model.ObjectAssignment, a.name(), setup.Looks{
		Ways: []string{"the list of assignments at " + a.name().String(), "a read of its id"}, For: lagTakes,
	})
}

// shows reports whether a look shows the assignment: the list that Azure judges rights by,
// or a read of its id, which tells of it earlier.
func (a *assignment) shows(ctx context.Context) (bool, error) {
	got, _, ok, err := a.assigned(ctx, a.id())
	if err != nil {
		return false, err
	}
	if ok {
		a.facts.assignment = got
		return true, nil
	}
	got, err = a.read(ctx, a.want.ID)
	if err == nil && a.matches(got) {
		if a.facts.assignment.ID.IsEmpty() {
			a.sayf(a.id(), model.LinePlain, "the list does not show the assignment; a read of its id does")
		}
		a.facts.assignment = got
		return true, nil
	}
	if err != nil && !is(err, model.FailureNotFound) && !is(err, model.FailurePermission) {
		return false, err
	}
	return false, nil
}
