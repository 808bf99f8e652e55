package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// IdentitySource is the kind of place that a credential comes from. Its text is for
// programs and never changes.
type IdentitySource string

// The sources of a credential: those of Azure, then those of Konnect.
const (
	FromReadyMade   IdentitySource = "ready-made-token"  // PEERDECK_AZURE_TOKEN
	FromDeviceCode  IdentitySource = "device-code"       // signed in here, on another device
	FromAzureCLI    IdentitySource = "azure-cli"         // az login
	FromEnvironment IdentitySource = "environment"       // AZURE_CLIENT_SECRET or a certificate
	FromWorkload    IdentitySource = "workload-identity" // AZURE_FEDERATED_TOKEN_FILE
	FromManaged     IdentitySource = "managed-identity"  // of the machine that this runs on

	FromVariable IdentitySource = "variable"
	FromFile     IdentitySource = "file"
	FromKeyring  IdentitySource = "keyring"
	FromHelper   IdentitySource = "helper"
	FromKongctl  IdentitySource = "kongctl" // a profile of kongctl's

	// FromRecording is what a recording says instead of any of them: nobody is signed in
	// while it is replayed.
	FromRecording IdentitySource = "recording"
)

// Words are how people call the source.
func (s IdentitySource) Words() string {
	switch s {
	case FromReadyMade:
		return "PEERDECK_AZURE_TOKEN"
	case FromDeviceCode:
		return "device code"
	case FromAzureCLI:
		return "Azure CLI"
	case FromEnvironment:
		return "AZURE_* variables"
	case FromWorkload:
		return "workload identity"
	case FromManaged:
		return "managed identity"
	case FromVariable:
		return "a variable"
	case FromFile:
		return "a file"
	case FromKeyring:
		return "the keyring"
	case FromHelper:
		return "a token command"
	case FromKongctl:
		return "a profile of kongctl's"
	case FromRecording:
		return "a recording"
	default:
		return "not known"
	}
}

// IsApplication reports whether it is the identity of an application, at whose sign-in
// nobody can answer a question.
func (s IdentitySource) IsApplication() bool {
	return s == FromEnvironment || s == FromWorkload || s == FromManaged
}

// Identity says which credential is used for a service, from where, whose it is and until
// when it holds. Nothing of the credential itself is in it.
type Identity struct {
	Service  WriteService
	Tenant   safe.Text // of Entra; empty for Konnect
	Audience safe.Text // what the token is for, as a URL; empty for Konnect
	// Source is where the token comes from; empty while none was got. From says it in
	// words, with the name of the variable, the file or the program.
	Source  IdentitySource
	From    safe.Text
	Account safe.Text // as the token or the service names it; empty when unknown
	Until   time.Time // when the token ends; zero where nobody says
	// Tried are the ways that were asked in vain, in the order in which they were, also
	// where another one gave a token.
	Tried   []Tried
	Failure *Failure // why there is no token; nil where there is one, or none was asked for
}

// Tried is a way to sign in that gave no token, with its own reason.
type Tried struct {
	Source IdentitySource
	From   safe.Text
	// Pointed: the environment names this way, so its reason is the one that a person
	// waits for.
	Pointed bool
	// Closed: there was nothing to ask, such as a program or a variable that is not there.
	Closed  bool
	Failure Failure
}

// IsKnown reports whether anything was asked for yet.
func (i Identity) IsKnown() bool { return i.Source != "" || i.Failure != nil }

// Line says who is signed in and by what, for a place that has one line.
func (i Identity) Line() string {
	switch {
	case i.Failure != nil:
		return i.Failure.Cause.String()
	case i.Source == "":
		return "not asked yet"
	default:
		return i.Account.Or("an account that the token does not name").String() + ", by " + i.From.Or(i.Source.Words()).String()
	}
}
