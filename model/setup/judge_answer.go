package setup

import (
	"fmt"

	"peerdeck/model"
	"peerdeck/model/finding"
)

// JudgeAnswer says what the answer of a DNS server to a mapped domain means. Way tells
// whether other servers were heard from here, so that a silence means something.
func JudgeAnswer(a model.ProbeAnswer, way bool) Checked {
	c := Checked{Title: fmt.Sprintf("%s at %s", a.Domain, a.Server), About: a.Domain.String() + " at " + a.Server.String()}
	f := finding.Finding{Severity: model.SeverityAttention, Cause: a.Words()}
	switch {
	case a.Serves():
		f = finding.Finding{Code: "setup-dns-answers", Severity: model.SeverityOK, Word: "answers", Cause: a.Words()}
	case a.Heard():
		f.Code, f.Word = "setup-dns-unwilling", "does not serve"
		f.Next = admin("The server does not answer for this domain: check its zone or its forwarder, and whether the zone is linked to the server's VNET.")
	case way:
		f.Code, f.Word = "setup-dns-silent", "silent"
		f.Next = admin("Other servers answered this machine; check that this one runs and that UDP and TCP 53 are open to it.")
	default:
		f.Code, f.Severity, f.Word, f.Cause = "setup-dns-untestable", model.SeverityUnknown, "not testable", "not testable from here: "+a.Words()
		f.Next = admin("Test from a machine that has a way into the VNET.")
	}
	c.Finding = f
	return c
}
