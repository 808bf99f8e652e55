package finding

import "slices"

// signInEntries are about getting in: whose sign-in it is, and why there is none. They are
// read from the answer of the sign-in, which the failure carries in its own words.
func signInEntries() []Entry {
	return about(OfSignIn, slices.Concat(closedEntries(), azureCLIEntries(), personEntries(), applicationEntries()))
}

const (
	readsSignIn   = "the answer of the sign-in service, and the variables and programs of this machine"
	readsEntra    = "Microsoft Entra's answer, by its AADSTS code"
	sourceAADSTS  = "Microsoft: Entra authentication and authorization error codes"
	sourceClaims  = "Microsoft: claims challenges and continuous access evaluation"
	sourceSDK     = "Microsoft: Azure Identity client module for Go"
	sourceFederal = "Microsoft: workload identity federation"
	sourceIMDS    = "Microsoft: managed identities for Azure resources, how to use them on a virtual machine"
	notRead       = "Nothing can be read or changed in the tenant until somebody is signed in."
	unlikeBefore  = "A sign-in that worked before can be refused when the tenant's rules change."
)

func closedEntries() []Entry {
	unknown := []Severity{Unknown}
	return []Entry{
		{Code: "sign-in-nobody", Severities: unknown, Title: "Nobody is signed in to the tenant", Means: notRead, Next: "Sign in with a device code, with the Azure CLI, or by the AZURE_* variables.", Reads: readsSignIn, Source: sourceSDK},
		{Code: "sign-in-no-azure-cli", Severities: unknown, Title: "The Azure CLI is not installed, and no other way to sign in is open", Means: notRead, Next: "Sign in with a device code, install the Azure CLI, or set the AZURE_* variables.", Reads: readsSignIn, Source: sourceSDK},
		{Code: "sign-in-azure-cli-signed-out", Severities: unknown, Title: "The Azure CLI is not signed in", Means: notRead, Next: "Run az login for the tenant.", Reads: "the Azure CLI", Source: sourceSDK},
		{Code: "sign-in-slow", Severities: unknown, Title: "The sign-in gave no answer in time", Means: "The way to the sign-in service, or the program that was asked, hangs.", Next: "Check the network, the proxy and the VPN.", Reads: readsSignIn, Source: sourceNone},
		{Code: "sign-in-not-set", Severities: unknown, Title: "The variables of a way to sign in are not set", Means: "Nobody took this way.", Next: "Set them, or take another way to sign in.", Reads: "the environment of peerdeck", Source: sourceSDK},
		{Code: "sign-in-half-set", Severities: unknown, Title: "Some variables of a way to sign in are set, and others are not", Means: "Somebody meant this way to be taken, and it cannot be.", Next: "Set what is missing, or unset the rest.", Reads: "the environment of peerdeck", Source: sourceSDK},
		{Code: "sign-in-bad-variable", Severities: unknown, Title: "What a variable of the sign-in names cannot be used", Means: "A file is not there, is empty or holds something else, or an id is none.", Next: "Correct the variable.", Reads: "the environment of peerdeck, and the files that it names", Source: sourceSDK},
		{Code: "sign-in-no-managed-identity", Severities: unknown, Title: "This machine has no managed identity", Means: "No metadata service of Azure answers here, or it knows no such identity. A proxy that answers in its place is told apart.", Next: "Take another way to sign in, or give the machine an identity.", Reads: "the metadata service at 169.254.169.254, or the place that IDENTITY_ENDPOINT names", Source: sourceIMDS},
		{Code: "sign-in-ready-made", Severities: unknown, Title: "The ready-made token is not for this tenant or service", Means: "PEERDECK_AZURE_TOKEN is for services on this machine alone, and may be for single tenants.", Next: "Add a token for the tenant, or the address of the service.", Reads: "PEERDECK_AZURE_TOKEN", Source: sourceNone},
		{Code: "konnect-token-missing", Severities: unknown, Title: "The place that should hold Konnect's token gives none", Means: "Konnect cannot be asked.", Next: "Put a token there, or name another place.", Reads: "the variable, file, keyring or program that the token comes from", Source: sourceNone},
	}
}

func personEntries() []Entry {
	unknown := []Severity{Unknown}
	return []Entry{
		{Code: "sign-in-challenge", Severities: unknown, Title: "Azure wants a fresh sign-in that shows more", Means: "The token was good until now: the session was revoked, the place changed, or a policy wants a second factor for this. The same token is refused again, so nothing is asked until a person has signed in.", Next: "Run the command of the finding, or sign in with a device code, which carries what is wanted.", Reads: "the answer of Azure or Graph, status 401 with claims", Source: sourceClaims},
		{Code: "sign-in-mfa", Severities: unknown, Title: "The tenant wants a second factor", Means: unlikeBefore, Next: "Sign in once more with the second factor.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-interaction", Severities: unknown, Title: "The tenant wants to ask the person who signs in something", Means: "A program cannot answer it.", Next: "Sign in once more.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-consent", Severities: unknown, Title: "The tenant has not consented to this way of signing in", Means: "The program that signs in may not get tokens for Azure there.", Next: "Consent, or ask an administrator of the tenant.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-expired", Severities: unknown, Title: "The sign-in is too old", Means: "Its refresh token has expired, or the tenant wants a sign-in more often.", Next: "Sign in again.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-revoked", Severities: unknown, Title: "The sign-in was ended", Means: "It was revoked, or the password was changed.", Next: "Sign in again.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-token-refused", Severities: unknown, Title: "Azure does not take the token", Means: "It has expired or was revoked, or the clock of this machine is wrong.", Next: "Sign in again, and check the clock.", Reads: "the answer of Azure or Graph, status 401", Source: sourceAADSTS},
		{Code: "sign-in-policy", Severities: unknown, Title: "Conditional access refuses the sign-in", Means: "The place, the risk or the way of signing in is not allowed. A device code is often closed where a browser is open.", Next: "Take another way to sign in, or ask whoever keeps conditional access.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-device", Severities: unknown, Title: "Conditional access wants another device", Means: "It must be managed, compliant or joined.", Next: "Sign in from such a device, or ask whoever keeps conditional access.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-disabled", Severities: unknown, Title: "The account is disabled", Means: notRead, Next: "Ask an administrator of the tenant, or use another account.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-locked", Severities: unknown, Title: "The account is locked, or its address is blocked", Means: "It follows many tries with a wrong password.", Next: "Wait some minutes, or ask an administrator.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-password", Severities: unknown, Title: "The password is wrong or has expired", Means: notRead, Next: "Change it, then sign in.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-not-assigned", Severities: unknown, Title: "The application lets in only those who are assigned to it", Means: notRead, Next: "Ask an administrator of the tenant to assign the account.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-unknown-tenant", Severities: unknown, Title: "There is no such tenant", Means: "Its id is wrong, or it is in another of Azure's clouds.", Next: "Check the tenant id.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-guest", Severities: unknown, Title: "The account is no guest of the tenant", Means: "It was not invited, or has not accepted the invitation.", Next: "Accept the invitation, ask for one, or use an account of the tenant.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-wrong-tenant", Severities: unknown, Title: "What signs in is of another tenant", Means: "The account, the application or the token is not of the tenant that holds the VNET.", Next: "Sign in to that tenant.", Reads: "the answer of Entra or Azure, and what the token says", Source: sourceAADSTS},
		{Code: "sign-in-declined", Severities: unknown, Title: "The sign-in with a device code was declined", Means: "Somebody said no on the other device.", Next: "Begin it again.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-code-expired", Severities: unknown, Title: "The device code has expired before anybody used it", Means: "A code lasts a quarter of an hour.", Next: "Begin it again.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-busy", Severities: unknown, Title: "Microsoft's sign-in asks to be asked later", Means: "It fails for a moment, or was asked too often.", Next: "Look again in a while.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-refused", Severities: unknown, Title: "The sign-in is refused for a reason that peerdeck does not know", Means: "The message of the failure has the service's own words.", Next: "Do what the message says, or take another way to sign in.", Reads: readsEntra, Source: sourceAADSTS},
	}
}

func applicationEntries() []Entry {
	unknown := []Severity{Unknown}
	return []Entry{
		{Code: "sign-in-secret-expired", Severities: unknown, Title: "The application's secret has expired", Means: notRead, Next: "Make another one beside it and put it into AZURE_CLIENT_SECRET.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-secret-wrong", Severities: unknown, Title: "The application's secret is wrong", Means: "Often the id of a secret was taken for its value, or the secret is another application's.", Next: "Correct AZURE_CLIENT_SECRET.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-certificate", Severities: unknown, Title: "Entra does not take the application's certificate", Means: "It is not registered with the application, or has expired.", Next: "Correct AZURE_CLIENT_CERTIFICATE_PATH, or register the certificate.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-app-disabled", Severities: unknown, Title: "The application that signs in is disabled", Means: notRead, Next: "Ask an administrator of the tenant.", Reads: readsEntra, Source: sourceAADSTS},
		{Code: "sign-in-assertion-expired", Severities: unknown, Title: "The federated token has expired or is not valid yet", Means: "Whoever writes its file has not renewed it, or this machine's clock is wrong.", Next: "Renew the file in AZURE_FEDERATED_TOKEN_FILE; check the clock.", Reads: readsEntra, Source: sourceFederal},
		{Code: "sign-in-federation", Severities: unknown, Title: "The application trusts no federated token like this one", Means: "Issuer, subject or audience differ from those of its federated credentials.", Next: "Compare them, letter by letter.", Reads: readsEntra, Source: sourceFederal},
	}
}
