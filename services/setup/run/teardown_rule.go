package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/setup"
)

// removeRule deletes a rule that a run has added to a security group, as long as it is the
// one that was added.
type removeRule struct {
	*engine
	seen azurenet.WrittenRule
}

func (r *removeRule) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	got, err := try(ctx, r.engine, setup.StepRemoveRule, func(ctx context.Context) (azurenet.WrittenRule, error) {
		return r.o.Clouds.Azure.Rule(ctx, r.plan.request.VNet.TenantID, m.ID)
	})
	if is(err, model.FailureNotFound) {
		return m, false, nil
	}
	r.seen = got
	return m, err == nil, err
}

// keep looks whether somebody has made another rule of it: that one is theirs.
func (r *removeRule) keep(context.Context, setup.Made) (string, error) {
	if r.plan.request.Mend == nil || !azurenet.Lets(r.seen.Rule, r.plan.request.Mend.Change) {
		return "somebody has changed it since", nil
	}
	return "", nil
}

func (*removeRule) goes() string { return "" }

func (r *removeRule) going() bool { return r.seen.State == model.ProvisioningDeleting }

func (r *removeRule) write(m setup.Made) model.Write { return r.o.Clouds.Azure.DeleteRuleWrite(m.ID) }

func (r *removeRule) send(ctx context.Context, m setup.Made, w model.Write) error {
	return dismiss(ctx, r.engine, setup.StepRemoveRule, m, w, func(ctx context.Context) error {
		return r.o.Clouds.Azure.Change(ctx, r.plan.request.VNet.TenantID, m.ID, w)
	})
}

func (r *removeRule) after(setup.Made) string {
	return "What it lets through, " + r.plan.request.Mend.What() + ", is kept out again where no other rule allows it."
}
