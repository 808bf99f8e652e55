package finding

// azureCLIEntries are about the Azure CLI, which is asked for tokens and is a program of its
// own.
func azureCLIEntries() []Entry {
	const (
		readsCLI  = "how the program az ends, and what it prints"
		sourceCLI = "Microsoft: az account get-access-token"
	)
	unknown := []Severity{Unknown}
	return []Entry{
		{Code: "sign-in-azure-cli-silent", Severities: unknown, Title: "The Azure CLI does not answer", Means: "It hangs, or waits for a proxy, a lock or a question. It was ended with everything that it had started. " + notRead, Next: "Run az account show by hand and see, or give it longer with PEERDECK_HELPER_TIMEOUT.", Reads: readsCLI, Source: sourceNone},
		{Code: "sign-in-azure-cli-broken", Severities: unknown, Title: "The Azure CLI is there and cannot run", Means: "Its interpreter, a module or its own files are missing, or may not be used. " + notRead, Next: "Mend or install it anew, or use another way.", Reads: readsCLI, Source: sourceNone},
		{Code: "sign-in-azure-cli-old", Severities: unknown, Title: "The Azure CLI is too old", Means: "It does not know the command or the options with which a token is asked for.", Next: "Renew it, or use another way.", Reads: readsCLI, Source: sourceCLI},
		{Code: "sign-in-azure-cli-answer", Severities: unknown, Title: "What the Azure CLI prints is no token", Means: "It is no JSON, JSON of another form, or more than anybody reads: another program of that name, or a wrapper.", Next: "See which program az is, or use another way.", Reads: readsCLI, Source: sourceCLI},
		{Code: "sign-in-azure-cli-failed", Severities: unknown, Title: "The Azure CLI fails for a reason that peerdeck does not know", Means: "The failure has its own words. " + notRead, Next: "Run az account show by hand, or sign in anew.", Reads: readsCLI, Source: sourceNone},
	}
}
