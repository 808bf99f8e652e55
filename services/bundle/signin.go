package bundle

import "time"

// SignIn is what a sign-in came to. It holds no token and nothing to make one of.
type SignIn struct {
	Service Service `json:"service"` // konnect, or arm or graph for Azure
	Tenant  string  `json:"tenant,omitempty"`
	// Kind is the source of the credential as a word of the settings (variable, file,
	// keyring, command; cli, environment, workload-identity, ...), and Source the same in
	// words for a person.
	Kind    string    `json:"kind,omitempty"`
	Source  string    `json:"source,omitempty"`
	Account string    `json:"account,omitempty"`
	Until   time.Time `json:"until,omitzero"`    // when it ends, zero where that is not known
	Failure *Failure  `json:"failure,omitempty"` // nil: it worked
}
