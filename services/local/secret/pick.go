package secret

import (
	"context"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Candidate is a source that may have the token.
type Candidate struct {
	Source Source
	// By is what names the source: KONNECT_TOKEN_FILE, konnect.token_file in the
	// configuration file; empty for one that is asked unnamed.
	By string
	// Only: a person pointed at it for this run. When it has no token, none is taken in its
	// place, which could be another organization's.
	Only bool
	// Leave is how to have the others asked, as a command.
	Leave string
}

// Asked is a source that was asked in vain.
type Asked struct {
	Kind model.IdentitySource
	From string // in words
	By   string
	Err  error
}

// Pick asks the candidates in turn and returns the first source that gives a token, with
// those that were asked before in vain. It is picked once: another one later could be
// another organization's. Errors are [NoToken], or the context's.
func Pick(ctx context.Context, candidates []Candidate) (Source, []Asked, error) {
	none := NoToken{}
	for i, c := range candidates {
		_, err := c.Source.Token(ctx)
		if err == nil {
			return c.Source, none.Asked, nil
		}
		if ctx.Err() != nil {
			return nil, none.Asked, ctx.Err()
		}
		none.Asked = append(none.Asked, Asked{Kind: c.Source.Kind(), From: c.Source.Describe(), By: c.By, Err: err})
		if c.Only {
			none.Leave = c.Leave
			for _, later := range candidates[i+1:] {
				none.NotAsked = append(none.NotAsked, later.Source.Describe())
			}
			break
		}
	}
	return nil, none.Asked, none
}

// NoToken says that no source gave a token, and why each of them did not.
type NoToken struct {
	Asked []Asked
	// NotAsked are the sources behind one that a person pointed at, in words, and Leave is
	// the command that has them asked.
	NotAsked []string
	Leave    string
	For      string // what it would be for, such as " for the context prod"; may be empty
	Help     string // how to get one; empty where that is plain
}

// Error is a line for each source, in the order in which they were asked.
func (n NoToken) Error() string {
	if len(n.Asked) == 0 {
		return strings.TrimSuffix("there is no Konnect token"+n.For+"; "+n.Help, "; ")
	}
	last := n.Asked[len(n.Asked)-1]
	if len(n.Asked) == 1 {
		text := "there is no Konnect token" + n.For + ": " + said(last.Err)
		if len(n.NotAsked) > 0 {
			text += "\nyou pointed at it, so no other token is taken in its place; to have " + strings.Join(n.NotAsked, ", ") + " asked: " + n.Leave
		}
		return with(text, n.Help)
	}
	lines := []string{"there is no Konnect token" + n.For + "; these were asked, in this order:"}
	for _, a := range n.Asked {
		lines = append(lines, "- "+a.line())
	}
	if len(n.NotAsked) > 0 {
		lines = append(lines, "you pointed at the last one, so no other token is taken in its place; to have "+strings.Join(n.NotAsked, ", ")+" asked: "+n.Leave)
	}
	return with(strings.Join(lines, "\n"), n.Help)
}

func with(text, help string) string {
	if help == "" {
		return text
	}
	return text + "\n" + help
}

// Unwrap is why the sources have none.
func (n NoToken) Unwrap() []error {
	var out []error
	for _, a := range n.Asked {
		out = append(out, a.Err)
	}
	return out
}

func (a Asked) line() string {
	text := said(a.Err)
	if a.By != "" && !strings.Contains(text, a.By) {
		return a.By + ": " + text
	}
	return text
}

// Warning says that a source was asked in vain, where another one has a token.
func (a Asked) Warning(used Source) string {
	return a.line() + "; the token of " + used.Describe() + " is used instead"
}

func said(err error) string { return safe.Clean(err.Error()) }
