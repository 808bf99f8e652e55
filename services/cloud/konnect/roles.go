package konnect

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Roles reads the roles that were given to a person directly. Those of teams are not among
// them, and a system account has no such list. The answer is one page: the contract gives
// the call no paging.
func (c *Client) Roles(ctx context.Context, user safe.Text) ([]model.KonnectRole, error) {
	var w struct {
		Data []struct {
			Name   safe.Text `json:"role_name"`
			Kind   safe.Text `json:"entity_type_name"`
			Entity safe.Text `json:"entity_id"`
			Region safe.Text `json:"entity_region"`
		} `json:"data"`
	}
	if err := c.one(ctx, c.get("list the roles of the user", user, "v3", "users", user.Raw(), "assigned-roles"), &w); err != nil {
		return nil, err
	}
	out := make([]model.KonnectRole, 0, len(w.Data))
	for _, r := range w.Data {
		out = append(out, model.KonnectRole(r))
	}
	return out, nil
}
