package run

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// role makes sure that there is a custom role with the rights of a peering that can
// be assigned in the subscription.
type role struct {
	*engine
	want   model.RoleDefinition
	before model.RoleDefinition // what it was; empty id: it is made
	usable bool                 // it reaches the VNET already
	known  *finds               // what a search after a refusal found, for the next check
	taken  int                  // how often Azure has said that the name is taken
}

func (*role) id() setup.StepID { return setup.StepRole }

func (r *role) check(ctx context.Context) (verdict, error) {
	if v, ok, err := r.unneeded(ctx); ok || err != nil {
		return v, err
	}
	if known := r.known; known != nil {
		r.known = nil
		return r.judge(*known)
	}
	f, err := r.find(ctx, false)
	if err != nil {
		return verdict{}, err
	}
	if f.best.ID.IsEmpty() {
		r.sayf(r.id(), model.LinePlain, "%s is %s", r.plan.request.Role(), f.looks.Text())
	}
	return r.judge(f)
}

// judge decides what to do about the role that was found, or that is missing.
func (r *role) judge(f finds) (verdict, error) {
	ref := r.plan.request.VNet
	d := f.best
	if d.ID.IsEmpty() {
		return r.create(r.plan.request.Role())
	}
	if (f.usable || d.HasScope(ref.SubscriptionID)) && len(d.Missing(model.PeeringActions())) == 0 {
		r.facts.role = d
		if err := r.found(r.id(), model.ObjectRole, d.ID, d.RoleName); err != nil {
			return verdict{}, err
		}
		r.sayf(r.id(), model.LineGood, "%s is there, with all rights", d.RoleName)
		return met("already"), nil
	}
	r.before, r.want = d, r.extended(d, f.usable)
	if len(r.want.Missing(model.PeeringActions())) > 0 {
		return verdict{}, setup.RoleForbids(d.RoleName)
	}
	if r.plan.options.DryRun {
		r.facts.role = r.want
	}
	r.sayf(r.id(), model.LinePlain, "%s", r.change())
	if r.plan.options.DryRun {
		r.facts.role = r.want // the next step plans with it
	}
	w := r.o.Clouds.Roles.PutRoleWrite(r.home(), r.want)
	return verdict{summary: r.change(), writes: []model.Write{w}}, nil
}

// extended is a role with what it lacks. One that Azure lists for the VNET has a scope
// that reaches it, such as a management group or the resource group.
func (r *role) extended(d model.RoleDefinition, usable bool) model.RoleDefinition {
	sub := r.plan.request.VNet.SubscriptionID
	full := d.With(sub, model.PeeringActions())
	if usable {
		full.AssignableScopes = d.AssignableScopes
	}
	r.usable = usable
	return full
}

// change says what will be changed of a role that is there.
func (r *role) change() string {
	text := ""
	if !r.usable && !r.before.HasScope(r.plan.request.VNet.SubscriptionID) {
		text = "subscription added"
	}
	if n := len(r.before.Missing(model.PeeringActions())); n > 0 {
		if text != "" {
			text += ", "
		}
		text += phrase.Count(n, "right") + " added"
	}
	return text
}

// home is the scope that the role is written at: the VNET's subscription, which it
// names or will name, or else what it names above the VNET, such as the resource group.
func (r *role) home() safe.Text {
	ref := r.plan.request.VNet
	if !r.before.ID.IsEmpty() && !r.want.HasScope(ref.SubscriptionID) {
		for _, s := range r.want.AssignableScopes {
			if model.Covers(s, ref.ID()) {
				return s
			}
		}
	}
	return subscriptionScope(ref.SubscriptionID)
}

// atVNet is the id by which a role is read on the VNET. It shows there whenever it can
// be assigned there, also where it names no subscription.
func (e *engine) atVNet(role safe.Text) safe.Text {
	return safe.New(e.plan.request.VNet.ID().Raw() + "/providers/Microsoft.Authorization/roleDefinitions/" + model.LastSegment(role).Raw())
}

// create plans a role of a name.
func (r *role) create(name safe.Text) (verdict, error) {
	ref := r.plan.request.VNet
	guid := roleGUID(ref.TenantID, name)
	r.before, r.usable = model.RoleDefinition{}, false
	r.want = model.RoleDefinition{
		ID:   safe.New(r.home().Raw() + "/providers/Microsoft.Authorization/roleDefinitions/" + guid.Raw()),
		Name: guid, RoleName: name, Description: safe.New(model.RoleDescription), Type: safe.New("CustomRole"),
		AssignableScopes: []safe.Text{r.home()},
	}
	set := model.PermissionSet{}
	for _, a := range model.PeeringActions() {
		set.Actions = append(set.Actions, safe.New(a))
	}
	r.want.Permissions = []model.PermissionSet{set}
	if r.plan.options.DryRun {
		r.facts.role = r.want
	}
	return verdict{summary: "to be made", writes: []model.Write{r.o.Clouds.Roles.PutRoleWrite(r.home(), r.want)}}, nil
}

func (r *role) apply(ctx context.Context) error {
	if !r.before.ID.IsEmpty() {
		if err := r.refresh(ctx); err != nil {
			return err
		}
	}
	err := r.put(ctx)
	switch {
	case code(err) == "LinkedAuthorizationFailed" && !r.before.ID.IsEmpty():
		return r.second(ctx, err)
	case exists(err), code(err) == "LinkedAuthorizationFailed":
		// A role of this name or of this id is there, and no look has shown it.
		return r.exists(ctx, err)
	default:
		return err
	}
}

// exists reports whether Azure refuses a role because there is one already. Without a
// role that was read before, one with assignments is one that nobody has shown yet.
func exists(err error) bool {
	return code(err) == "RoleDefinitionWithSameNameExists" || code(err) == "RoleDefinitionHasAssignments"
}

// exists looks for the role that Azure says is there, by all ways and for as long as
// readers have been seen to lag. Nothing is made beside it meanwhile. What is found goes
// through the check again, so that a pause shows what is to be changed now.
func (r *role) exists(ctx context.Context, cause error) error {
	var f finds
	if r.taken++; r.taken <= takenMost {
		found, err := r.seek(ctx, r.id(), "Azure says that a role of this name is there; no look shows it yet", func(ctx context.Context) (_ bool, err error) {
			f, err = r.find(ctx, true)
			return !f.best.ID.IsEmpty(), err
		})
		if err != nil {
			return err
		}
		if found {
			r.known = &f
			r.step(r.id(), func(s *setup.Step) { s.StopHere = s.StopHere || slices.Contains(r.plan.options.StopAt, r.id()) })
			return errAgain
		}
	}
	f.looks.For = lagTakes
	return r.unseen(ctx, setup.Unseen{Kind: model.ObjectRole, Name: r.want.RoleName, Said: failure(cause), Looks: f.looks, Request: r.plan.request})
}

// unseen leaves to a person what to do about a role that is there and is not shown.
func (r *role) unseen(ctx context.Context, u setup.Unseen) error {
	found := u.Judge()
	r.remark(r.id(), found)
	options := []setup.RunCommandKind{setup.CommandRetry, setup.CommandSkip}
	labels := []string{"look again now", "go on without a role"}
	name := r.secondName()
	if r.want.RoleName != name {
		options = append(options, setup.CommandBeside)
		labels = append(labels, "make a second role, "+name.String()+", for this subscription alone")
	}
	order, err := r.ask(r.id(), setup.Ask{Text: found.Cause + " " + found.Next.Line(), Options: options, Labels: labels})
	if err != nil {
		return err
	}
	r.answered(r.id())
	switch order.Kind {
	case setup.CommandBeside:
		return r.beside(ctx, name)
	case setup.CommandSkip:
		return errSkipped
	default:
		r.taken = 0
		return errAgain
	}
}

// beside makes a role of another name for this subscription alone.
func (r *role) beside(ctx context.Context, name safe.Text) error {
	if _, err := r.create(name); err != nil {
		return err
	}
	r.step(r.id(), func(s *setup.Step) { s.State = setup.StepApplying })
	return r.put(ctx)
}

// refresh reads the role again right before it is written: the whole is replaced,
// and Azure knows no condition for it.
func (r *role) refresh(ctx context.Context) error {
	id := r.before.ID
	if r.usable {
		id = r.atVNet(id)
	}
	now, err := try(ctx, r.engine, r.id(), func(ctx context.Context) (model.RoleDefinition, error) {
		return r.o.Clouds.Roles.RoleDefinition(ctx, r.plan.request.VNet.TenantID, id)
	})
	if err != nil {
		return err
	}
	r.before = now
	r.want = r.extended(now, r.usable)
	return nil
}

// put sends the role. The id of the answer is the one to go on with.
func (r *role) put(ctx context.Context) error {
	w := r.o.Clouds.Roles.PutRoleWrite(r.home(), r.want)
	r.step(r.id(), func(s *setup.Step) { s.Plan = []model.Write{w} })
	o := object{kind: model.ObjectRole, id: r.want.ID, name: r.want.RoleName, changed: !r.before.ID.IsEmpty()}
	return sendAgain(ctx, r.engine, r.id(), w, o, func(ctx context.Context) (safe.Text, error) {
		d, err := r.o.Clouds.Roles.PutRole(ctx, r.plan.request.VNet.TenantID, w)
		if err == nil && !d.ID.IsEmpty() {
			r.want.ID = d.ID
		}
		return d.ID, err
	})
}

// second makes a role of another name for this subscription alone, when the one of
// the usual name lives where this account may not change it.
func (r *role) second(ctx context.Context, cause error) error {
	name := r.secondName()
	f := failure(cause)
	if r.want.RoleName == name {
		return f
	}
	order, err := r.ask(r.id(), setup.Ask{
		Text:    setup.SecondRole(r.want.RoleName, name, f.Code),
		Options: []setup.RunCommandKind{setup.CommandContinue, setup.CommandRetry, setup.CommandSkip},
		Labels:  []string{"make that second role", "look again now", "go on without a role"},
	})
	if err != nil {
		return err
	}
	r.answered(r.id())
	switch order.Kind {
	case setup.CommandContinue:
		return r.beside(ctx, name)
	case setup.CommandSkip:
		return errSkipped
	default:
		return errAgain
	}
}

// secondName is the name of such a role. A role is looked for under it too, so a
// second run finds it.
func (r *role) secondName() safe.Text {
	const short = 8
	sub := r.plan.request.VNet.SubscriptionID.Raw()
	return safe.New(r.plan.request.Role().Raw() + " - " + sub[:min(short, len(sub))])
}

// takenMost bounds a search that finds what the next write does not.
const takenMost = 3

func (r *role) verify(ctx context.Context) (string, error) {
	shown, equal := 0, 0
	for n := 1; n <= lookTries; n++ {
		d, err := try(ctx, r.engine, r.id(), func(ctx context.Context) (model.RoleDefinition, error) {
			return r.o.Clouds.Roles.RoleDefinition(ctx, r.plan.request.VNet.TenantID, r.atVNet(r.want.ID))
		})
		if err != nil && !is(err, model.FailureNotFound) {
			return "", err
		}
		if err == nil && (r.usable || d.HasScope(r.plan.request.VNet.SubscriptionID)) && len(d.Missing(model.PeeringActions())) == 0 {
			r.facts.role = d
			shown++
			if equal++; equal == lookTwice {
				return r.summary(), nil
			}
			continue
		}
		equal = 0
		if err := r.hold(r.id(), r.notYet(shown), lookEvery, n+1, lookTries); err != nil {
			return "", err
		}
	}
	if shown >= lookTwice { // to and fro: it is there, and what needs it is sent again
		r.remark(r.id(), setup.Unsteady(model.ObjectRole, r.want.RoleName, shown, lookTries, lagTakes))
		return r.summary(), nil
	}
	return "", setup.NotShown(model.ObjectRole, r.want.RoleName, setup.Looks{
		Ways: []string{"a read of its id at " + r.plan.request.VNet.Name.String()}, For: lagTakes,
	})
}

func (r *role) summary() string {
	if r.before.ID.IsEmpty() {
		return "created"
	}
	return "extended"
}

// notYet says what a wait is for: what was shown once is not gone because the next look
// does not show it.
func (*role) notYet(shown int) string {
	if shown > 0 {
		return "Azure shows the role at some looks and not at others"
	}
	return "Azure does not show the role as it was written yet"
}
