package making

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
)

// Service makes services and routes. Its methods return at once, but for Earlier; how an
// order stands comes as [screen.Made]. Errors are failures with a cure.
type Service interface {
	// Order makes the order of a draft, with the requests as they will be sent.
	Order(plane model.ControlPlane, d gateway.Draft) (gateway.Order, []model.Write, error)
	Make(o gateway.Order) error
	GoOn(id string) error
	Undo(id string) error
	Cancel()
	// Earlier lists orders that have made something which is not undone.
	Earlier(ctx context.Context) ([]gateway.Making, error)
}
