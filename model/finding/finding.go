package finding

import (
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Code names a finding for ever: it is in JSON, in the documents and in what people
// write to each other. A code is never used again for another meaning.
type Code string

// Finding is what peerdeck makes of a state.
type Finding struct {
	Code     Code
	Severity Severity
	Word     string // one or two words for a table
	Cause    string // one sentence with the real names: what is so
	Next     Next

	// Servers are the DNS servers that it is about, where it is about some.
	Servers []safe.Text
	// Confidence says how sure the cause is. The zero value is that of a finding that
	// repeats what a cloud says, which is sure.
	Confidence Confidence
	// Because is the code of the failure for which something is not known; empty where none
	// is in the way.
	Because Code
	// Missing are facts that would decide, each with the reason for which it is not known.
	Missing []string
	// Known is what somebody said of it who knows of it; nil where nobody did.
	Known *Known
}

// In returns the finding with its next step as it is in a cloud of Azure: its command and
// its links are for that cloud.
func (f Finding) In(c azurecloud.Cloud) Finding {
	f.Next.Command, f.Next.Text = c.Fit(f.Next.Command), c.Fit(f.Next.Text)
	return f
}

// NeedsPerson reports whether somebody should look.
func (f Finding) NeedsPerson() bool { return f.Severity.NeedsPerson() }

// Codes are those that explain tells of: the finding's own, and that of the failure for
// which something is not known.
func (f Finding) Codes() string {
	if f.Because == "" {
		return string(f.Code)
	}
	return string(f.Code) + ", " + string(f.Because)
}

// Same reports whether two findings say the same: the code, how urgent it is and what to
// do. The cause may name more or fewer details.
func (f Finding) Same(g Finding) bool {
	return f.Code == g.Code && f.Severity == g.Severity && f.Next.Same(g.Next)
}
