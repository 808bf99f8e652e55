package model

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The Azure CLI is a program of its own: it may be missing, hang, fall over or print
// something else than a token, and it hands on what Entra says. Here is what each of that
// means. Source: the Azure CLI's own texts, releases 2.30 to 2.76; docs of its commands.

// AzureCLISilent says that the Azure CLI did not answer in time; said is the sentence of
// that.
func AzureCLISilent(tenant safe.Text, said string) Failure {
	f := signIn(tenant, "sign-in-azure-cli-silent", said,
		"It was ended, with what it had started. It may wait for a proxy, a lock or a question: run it by hand and see: az account show. "+
			"If it is only slow here, give it longer with PEERDECK_HELPER_TIMEOUT=2m. "+orCode)
	f.Kind, f.Command, f.Retryable = FailureTimeout, "az account show", true
	return f
}

// AzureCLIBroken says that the Azure CLI is there and cannot run; said is the sentence of
// that.
func AzureCLIBroken(tenant safe.Text, said string) Failure {
	f := signIn(tenant, "sign-in-azure-cli-broken", said, "Mend or install the Azure CLI anew, and see whether it runs: az version. "+orCode)
	f.Command = "az version"
	return f
}

// AzureCLIAnswer says that what the Azure CLI printed is no token; said is the sentence of
// that.
func AzureCLIAnswer(tenant safe.Text, said string) Failure {
	f := signIn(tenant, "sign-in-azure-cli-answer", said,
		"Something else of the name az may stand first in PATH, or a wrapper around it prints something of its own: command -v az. "+orCode)
	f.Command = "command -v az"
	return f
}

// AzureCLIElsewhere says that the Azure CLI gives tokens of another tenant than the one
// that was asked for.
func AzureCLIElsewhere(tenant, of safe.Text) Failure {
	f := signIn(tenant, "sign-in-wrong-tenant", "the Azure CLI gives a token of the tenant "+of.String()+", and one of "+tenant.String()+" is needed",
		"Sign in to that tenant. "+orCode+" Run: "+loginCommand(tenant))
	f.Command = loginCommand(tenant)
	return f
}

// OddTenant says that a text is no tenant, and is not handed to a program.
func OddTenant(tenant safe.Text) Failure {
	return signIn(tenant, "sign-in-unknown-tenant", tenant.Quoted()+" is no tenant: it is an id, or a domain such as contoso.onmicrosoft.com", "Check the tenant id.")
}

// AzureCLIComplaint is what the Azure CLI said when it failed.
type AzureCLIComplaint struct {
	Tenant safe.Text
	Scope  string    // that a token was asked for
	Text   string    // all of it
	Said   safe.Text // the line that tells most
	How    string    // how it ended, as a sentence
}

// said is one row of what the Azure CLI says: one of these words is in its text, in small
// letters, and then it is this.
type said struct {
	words []string
	tell  func(c AzureCLIComplaint) Failure
}

// AzureCLIRefused describes why the Azure CLI gave no token, by its own words.
func AzureCLIRefused(c AzureCLIComplaint) Failure {
	if EntraCode(c.Text) != "" {
		return RefusedSignIn(SignInRefusal{Source: FromAzureCLI, Tenant: c.Tenant, Scope: c.Scope, Message: c.Text})
	}
	low := strings.ToLower(c.Text)
	for _, row := range azureCLISays() {
		for _, words := range row.words {
			if strings.Contains(low, words) {
				return row.tell(c)
			}
		}
	}
	f := signIn(c.Tenant, "sign-in-azure-cli-failed", c.How, "See what it says by hand: az account show --output json. "+orCode+" Or sign in anew: "+loginCommand(c.Tenant))
	f.Command = "az account show --output json"
	return f
}

// azureCLISays are the rows, the narrower first.
func azureCLISays() []said {
	return append(azureCLINetwork(), []said{
		{[]string{"modulenotfounderror", "importerror", "no module named", "attributeerror", "syntaxerror:", "undefined symbol", "error loading shared libraries", "glibc"}, func(c AzureCLIComplaint) Failure {
			return AzureCLIBroken(c.Tenant, "the Azure CLI falls over: "+c.Said.String())
		}},
		{[]string{"jsondecodeerror", "permission denied", "errno 13", "no space left", "errno 28", "read-only file system", "errno 30", "portalocker", "could not decrypt", "keyerror"}, func(c AzureCLIComplaint) Failure {
			f := signIn(c.Tenant, "sign-in-azure-cli-broken", "the Azure CLI cannot use its own files: "+c.Said.String(),
				"They are in the folder that AZURE_CONFIG_DIR names, or in .azure of your home: it must be yours, whole and writable. See: az account list. "+orCode)
			f.Command = "az account list"
			return f
		}},
		{[]string{"is misspelled or not recognized", "unrecognized arguments", "invalid choice", "not in the 'az", "no such option"}, func(c AzureCLIComplaint) Failure {
			f := signIn(c.Tenant, "sign-in-azure-cli-old", "this Azure CLI is too old for what it was asked: "+c.Said.String(), "Renew it: az upgrade, or the package that it came with. "+orCode)
			f.Command = "az upgrade"
			return f
		}},
		{[]string{"interactive authentication is needed", "please explicitly log in", "authenticate interactively", "additional arguments may be added"}, func(c AzureCLIComplaint) Failure {
			command := loginCommand(c.Tenant)
			if c.Scope != "" {
				command += " --scope " + ShellQuote(c.Scope)
			}
			f := signIn(c.Tenant, "sign-in-interaction", "the Azure CLI cannot get a token without asking you: "+c.Said.String(), orCode+" Run: "+command)
			f.Command = command
			return f
		}},
		{[]string{"no subscription", "doesn't exist in cloud", "no subscriptions were found"}, func(c AzureCLIComplaint) Failure {
			command := loginCommand(c.Tenant) + " --allow-no-subscriptions"
			f := signIn(c.Tenant, "sign-in-azure-cli-signed-out", "the Azure CLI knows no subscription for the tenant: "+c.Said.String(), orCode+" Run: "+command)
			f.Command = command
			return f
		}},
		{[]string{"az login", "setup account", "not exist in msal token cache", "not logged in", "no accounts were found"}, func(c AzureCLIComplaint) Failure { return AzureCLISignedOut(c.Tenant) }},
	}...)
}

// azureCLINetwork are the words for what stands between the Azure CLI and the sign-in. It
// reads the proxy from the environment too, and authorities from REQUESTS_CA_BUNDLE.
func azureCLINetwork() []said {
	row := func(code finding.Code, cause, cure string, words ...string) said {
		return said{words, func(c AzureCLIComplaint) Failure {
			f := signIn(c.Tenant, code, cause+": "+c.Said.String(), cure+" "+orCode)
			f.Kind, f.Retryable = FailureUnreachable, true
			return f
		}}
	}
	return []said{
		row("proxy-sign-in", "the proxy wants the Azure CLI to sign in", "Name the proxy with a name and password in HTTPS_PROXY, or take it out of the way for login.microsoftonline.com with NO_PROXY.",
			"407 proxy authentication", "tunnel connection failed: 407"),
		row("tls-untrusted", "the Azure CLI trusts no certificate on its way to the sign-in", "Name the file of your authorities, which the Azure CLI reads from its own variable: export REQUESTS_CA_BUNDLE=FILE.",
			"certificate_verify_failed", "certificate verify failed", "sslerror", "sslcertverificationerror"),
		row("proxy-unreached", "the Azure CLI cannot connect through the proxy", "Check HTTPS_PROXY and the proxy; NO_PROXY names hosts that are reached without it.",
			"proxyerror", "cannot connect to proxy", "unable to connect to proxy"),
		row("host-unreached", "the Azure CLI cannot reach the sign-in", "Check the network, the VPN and the proxy (HTTPS_PROXY).",
			"max retries exceeded", "failed to establish a new connection", "name or service not known", "temporary failure in name resolution", "getaddrinfo failed", "nameresolutionerror",
			"connection refused", "connection reset", "connection aborted", "remote end closed", "network is unreachable", "read timed out", "connecttimeout"),
	}
}
