package run

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

const (
	consentEvery = 3 * time.Second  // between two looks, while somebody is at it
	consentSlow  = 15 * time.Second // after some minutes
	consentBrisk = 5 * time.Minute

	// withoutConsent is how the application got into the tenant when peerdeck put it there.
	withoutConsent = "no consent"
)

// consent waits until Kong's application is in the tenant. Microsoft tells only
// Kong about the consent, so the directory is asked again and again.
type consent struct {
	*engine
	asked time.Time
	how   string
}

func (*consent) id() setup.StepID { return setup.StepConsent }

func (c *consent) check(ctx context.Context) (verdict, error) {
	c.asked = c.o.Clock.Now()
	for {
		p, there, err := c.look(ctx)
		switch {
		case ctx.Err() != nil:
			return verdict{}, context.Cause(ctx)
		case is(err, model.FailurePermission):
			return c.blind(ctx, failure(err))
		case err != nil:
			return verdict{}, err
		case there && p.Enabled == model.No:
			return verdict{}, setup.ApplicationDisabled(p)
		case there:
			c.facts.principal = p
			if err := c.noteFound(p); err != nil {
				return verdict{}, err
			}
			if c.how != "" {
				v := met("%s", c.how)
				v.state = setup.StepDone
				return v, nil
			}
			if c.state(c.id()).Asks != nil {
				c.answered(c.id())
				v := met("given")
				v.state = setup.StepDone
				return v, nil
			}
			return met("given"), nil
		case c.plan.options.DryRun:
			return c.planned(), nil
		}
		if err := c.wait(ctx); err != nil {
			return verdict{}, err
		}
	}
}

// noteFound looks whether the application is there by a request of ours whose answer was
// lost.
func (c *consent) noteFound(p model.ServicePrincipal) error {
	open, sent := c.reread().Open(c.id(), model.ObjectPrincipal)
	if !sent || open.Deletes {
		return nil
	}
	c.how = withoutConsent
	return c.found(c.id(), model.ObjectPrincipal, p.ID, open.Name)
}

func (*consent) apply(context.Context) error            { return nil }
func (*consent) verify(context.Context) (string, error) { return "", nil }

func (c *consent) look(ctx context.Context) (model.ServicePrincipal, bool, error) {
	type answer struct {
		p     model.ServicePrincipal
		there bool
	}
	r := c.plan.request
	a, err := try(ctx, c.engine, c.id(), func(ctx context.Context) (answer, error) {
		p, there, err := c.o.Clouds.Directory.Principal(ctx, r.VNet.TenantID, r.App())
		return answer{p, there}, err
	})
	return a.p, a.there, err
}

// planned is what a dry run says.
func (c *consent) planned() verdict {
	return verdict{summary: "to be given"}
}

// wait asks for the consent, and returns when it is time to look again.
func (c *consent) wait(ctx context.Context) error {
	r := c.plan.request
	if c.how != "" { // it is made, and Graph does not show it yet
		return c.hold(c.id(), "the directory does not show it yet", consentEvery, 0, 0)
	}
	first := c.state(c.id()).Asks == nil
	text := "An administrator of the tenant must let Kong's application in, by the link. This goes on by itself."
	if first {
		if p, was, err := c.o.Clouds.Directory.Deleted(ctx, r.VNet.TenantID, r.App()); err == nil && was {
			c.sayf(c.id(), model.LineTrouble, "the application was in this tenant and was deleted (object %s); after a new consent it has another id, and old role assignments no longer count", p.ID)
			text = "Kong's application was deleted from this tenant. " + text
		}
	} else {
		text = c.state(c.id()).Asks.Text
	}
	every := consentEvery
	if c.o.Clock.Now().Sub(c.asked) > consentBrisk {
		every = consentSlow
	}
	order, err := c.askFor(c.id(), setup.Ask{
		Text: text, Link: setup.ConsentLink(c.o.Clouds.Login, r.VNet.TenantID, r.App()),
		Options: []setup.RunCommandKind{setup.CommandRetry, setup.CommandCreatePrincipal, setup.CommandSkip},
	}, every)
	if err != nil {
		return err
	}
	switch order.Kind {
	case setup.CommandCreatePrincipal:
		return c.create(ctx)
	case setup.CommandSkip:
		return errSkipped
	default:
		return nil
	}
}

// create makes the service principal without a consent.
func (c *consent) create(ctx context.Context) error {
	r := c.plan.request
	c.answered(c.id())
	w := c.o.Clouds.Directory.CreatePrincipalWrite(r.App())
	c.step(c.id(), func(s *setup.Step) { s.Plan, s.State = []model.Write{w}, setup.StepApplying })
	err := c.send(ctx, c.id(), w, object{kind: model.ObjectPrincipal, name: safe.New("Kong's application")}, func(ctx context.Context) (safe.Text, error) {
		p, err := c.o.Clouds.Directory.CreatePrincipal(ctx, r.VNet.TenantID, w)
		return p.ID, err
	})
	if is(err, model.FailureConflict) {
		return nil // it is there by now; the next look finds it
	}
	if err == nil {
		c.how = withoutConsent
	}
	return err
}

// blind is for an account that may not read the directory: whether there is consent
// cannot be told, which is not the same as none.
func (c *consent) blind(ctx context.Context, f model.Failure) (verdict, error) {
	if c.plan.options.DryRun {
		return verdict{summary: "cannot tell"}, nil
	}
	r := c.plan.request
	order, err := c.ask(c.id(), setup.Ask{
		Text:    "Cannot tell whether there is consent: your account may not read applications in this directory. Give the object id of Kong's application, or have somebody look.",
		Link:    setup.ConsentLink(c.o.Clouds.Login, r.VNet.TenantID, r.App()),
		Options: []setup.RunCommandKind{setup.CommandGivePrincipal, setup.CommandRetry, setup.CommandSkip},
	})
	if err != nil {
		return verdict{}, err
	}
	c.answered(c.id())
	switch order.Kind {
	case setup.CommandGivePrincipal:
		c.facts.principal = model.ServicePrincipal{ID: order.Text, AppID: r.App(), Name: safe.New("as given")}
		c.sayf(c.id(), model.LinePlain, "the object id %s was given; it is not checked", order.Text)
		v := met("id given")
		v.state = setup.StepDone
		return v, nil
	case setup.CommandSkip:
		return verdict{}, errSkipped
	default:
		c.sayf(c.id(), model.LineWait, "looking again: %s", f.Cause)
		return c.check(ctx)
	}
}
