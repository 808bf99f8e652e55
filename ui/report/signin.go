package report

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// SignIn says with which credential a service was asked, from where it comes, whose it is
// and until when it holds. Nothing of the credential itself is in it.
type SignIn struct {
	Service  string    `json:"service"` // Konnect, Azure, Graph
	Tenant   safe.Text `json:"tenant_id"`
	Audience safe.Text `json:"audience"`
	// Source is one of variable, file, keyring, helper, ready-made-token, device-code,
	// azure-cli, environment, workload-identity, managed-identity, recording; empty while
	// there is no token.
	Source  string    `json:"source"`
	From    safe.Text `json:"from"` // the same in words
	Account safe.Text `json:"account"`
	Until   string    `json:"until"` // empty where nobody says
	Tried   []Tried   `json:"tried"` // what was asked in vain, in that order
	Failure *Failure  `json:"failure"`
}

// Tried is a way to sign in that gave no token.
type Tried struct {
	Source  string       `json:"source"`
	From    safe.Text    `json:"from"`
	Code    finding.Code `json:"code"`
	Cause   safe.Text    `json:"cause"`
	Cure    string       `json:"cure"`
	Command string       `json:"command"`
}

// signIns lists Konnect's sign-in and that of each tenant.
func signIns(s model.Snapshot) []SignIn {
	out := []SignIn{}
	if s.SignedIn.IsKnown() {
		out = append(out, signIn(s.SignedIn))
	}
	for _, t := range s.Tenants {
		if t.IsKnown() {
			out = append(out, signIn(t.Identity))
		}
	}
	return out
}

func signIn(i model.Identity) SignIn {
	out := SignIn{
		Service: string(i.Service), Tenant: i.Tenant, Audience: i.Audience, Source: string(i.Source), From: i.From, Account: i.Account, Tried: []Tried{},
	}
	if !i.Until.IsZero() {
		out.Until = i.Until.UTC().Format(time.RFC3339)
	}
	for _, t := range i.Tried {
		out.Tried = append(out.Tried, Tried{
			Source: string(t.Source), From: t.From, Code: t.Failure.FindingCode(), Cause: t.Failure.Cause, Cure: t.Failure.Cure, Command: t.Failure.Command,
		})
	}
	if i.Failure != nil {
		f := failure(*i.Failure)
		out.Failure = &f
	}
	return out
}
