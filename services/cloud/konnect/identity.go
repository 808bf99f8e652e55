package konnect

import (
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// signIn is what became of the token.
type signIn struct {
	mu      sync.Mutex
	asked   bool
	failure *model.Failure
}

// heard takes note of what came of a request with the token. What says nothing about the
// token leaves it as it was.
func (s *signIn) heard(err error) {
	f, failed := model.AsFailure(err)
	if failed && f.Kind != model.FailureAuth {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked, s.failure = true, nil
	if failed {
		s.failure = &f
	}
}

// SignedIn says where the token comes from and, where there is none or Konnect refuses it,
// why. Konnect's tokens say neither whose they are nor until when they hold; the account
// is what Konnect tells of the user.
func (c *Client) SignedIn() model.Identity {
	c.signIn.mu.Lock()
	defer c.signIn.mu.Unlock()
	i := model.Identity{Service: model.WriteKonnect, From: safe.New(c.token.Describe()), Failure: c.signIn.failure}
	if c.signIn.asked && i.Failure == nil {
		i.Source = c.token.Kind()
	}
	return i
}
