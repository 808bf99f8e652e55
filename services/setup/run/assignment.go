package run

import (
	"context"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
)

// assignment gives the role to Kong's application on the VNET.
type assignment struct {
	*engine
	want    model.RoleAssignment
	existed bool
}

func (*assignment) id() setup.StepID { return setup.StepAssignment }

func (a *assignment) check(ctx context.Context) (verdict, error) {
	ref := a.plan.request.VNet
	if a.facts.principal.ID.IsEmpty() {
		if a.plan.options.DryRun {
			a.want = a.wanted(safe.New("(object id, known after the consent)"))
			return verdict{summary: "to be made", writes: []model.Write{a.o.Clouds.Roles.PutAssignmentWrite(a.want)}}, nil
		}
		return verdict{}, model.Failure{
			Kind: model.FailureConflict, Operation: "assign role", Subject: ref.Name,
			Cause: safe.New("the object id of Kong's application is not known, because the consent was skipped"),
			Cure:  "Retry the run when the consent is given, or skip this step if somebody else assigns the role.",
		}
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
		return verdict{}, model.Failure{
			Kind: model.FailureConflict, Operation: "assign role", Subject: ref.Name,
			Cause: safe.New("there is no role to assign, because its step was skipped"),
			Cure:  "Retry the run when the role is there, or skip this step if somebody else assigns it.",
		}
	}
	a.strangers(ctx)
	a.want = a.wanted(a.facts.principal.ID)
	return verdict{summary: "to be made", writes: []model.Write{a.o.Clouds.Roles.PutAssignmentWrite(a.want)}}, nil
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
	if code(err) == "RoleAssignmentExists" {
		a.existed = true
		a.sayf(a.id(), model.LineGood, "it was assigned already, under another id")
		return nil
	}
	return err
}

func (a *assignment) verify(ctx context.Context) (string, error) {
	for n := 1; n <= readBackTries; n++ {
		got, _, ok, err := a.assigned(ctx, a.id())
		if err != nil {
			return "", err
		}
		if ok {
			a.facts.assignment = got
			if a.existed {
				return "already", nil
			}
			return "assigned", nil
		}
		if err := a.hold(a.id(), "Azure does not show the assignment yet", readBackEvery, n+1, readBackTries); err != nil {
			return "", err
		}
	}
	return "", model.Failure{
		Kind: model.FailureTimeout, Operation: "read back role assignment", Subject: a.name(), Retryable: true,
		Cause: safe.New("Azure took the assignment and does not show it after five minutes"), Cure: "Retry in some minutes.",
	}
}
