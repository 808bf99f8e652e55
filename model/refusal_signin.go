package model

const (
	orCode       = "Or sign in with a device code (key A of the dashboard)."
	tenantAdmin  = "an administrator of the tenant {tenant}"
	policyKeeper = "whoever keeps conditional access in the tenant {tenant}"
	// appCannot is what an application needs at whose sign-in a person would be asked.
	appCannot = "The sign-in is that of an application ({source}), which can answer no question: a person of the tenant has to change what is asked of it."
)

// refusedSignIn are refusals of a sign-in, by Entra's codes, by OAuth's where Entra gives
// none of its own, and by those of the services. Source: Microsoft, Entra authentication
// and authorization error codes; RFC 6749, RFC 8628.
func refusedSignIn() []refusal {
	var out []refusal
	for _, part := range [][]refusal{refusedToken(), refusedPerson(), refusedPolicy(), refusedAccount(), refusedPlaceOfAccount(), refusedApplication(), refusedFederation(), refusedDeviceCode(), refusedLast()} {
		out = append(out, part...)
	}
	return out
}

// refusedToken are tokens that Azure's services do not take.
func refusedToken() []refusal {
	return []refusal{
		{
			codes: []string{"InvalidAuthenticationTokenTenant"}, kind: FailureAuth, finding: "sign-in-wrong-tenant",
			cause: "the sign-in is for another tenant than {tenant} ({code})", cure: orCode, command: "{login}",
			app: "The {source} gives tokens of another tenant: give those of an application of the tenant {tenant}.",
		},
		{
			codes: []string{"ExpiredAuthenticationToken", "InvalidAuthenticationToken", "AuthenticationFailed"}, kind: FailureAuth, finding: "sign-in-token-refused",
			cause: "{service} refuses the sign-in ({code})", cure: orCode, command: "{login}",
			app: "The token of the {source} is not taken: it was revoked, has expired, or this machine's clock is wrong. Give another one, and check the clock.",
		},
	}
}

// refusedPerson are questions that Entra wants to ask a person.
func refusedPerson() []refusal {
	return []refusal{
		{
			codes: []string{"AADSTS50072", "AADSTS50074", "AADSTS50076", "AADSTS50079", "AADSTS50078", "AADSTS50158", "AADSTS500121"}, kind: FailureAuth, finding: "sign-in-mfa",
			cause: "the tenant wants a second factor, which this sign-in has not shown ({code})", cure: "Sign in once more with the second factor; where the tenant lets it, a device code (key A of the dashboard) will do.", command: "{scoped}",
			app: appCannot,
		},
		{
			codes: []string{"AADSTS65001", "AADSTS65004", "AADSTS65005", "AADSTS90008", "AADSTS90093", "AADSTS90094", "AADSTS650052", "AADSTS650056", "AADSTS650057", "consent_required"}, kind: FailureAuth, finding: "sign-in-consent",
			cause: "the tenant {tenant} has not consented to this way of signing in ({code})", cure: "Sign in once and consent, if you may.", command: "{scoped}",
			who: tenantAdmin, send: "Please consent to the application that signs in to Azure Resource Manager here, or tell me which one to use: {message}.",
		},
		{
			codes: []string{"AADSTS70008", "AADSTS70043", "AADSTS700081", "AADSTS700082", "AADSTS700084", "AADSTS50089", "token_expired"}, kind: FailureAuth, finding: "sign-in-expired",
			cause: "the sign-in is too old: its refresh token has expired ({code})", cure: orCode, command: "{scoped}",
			app: appCannot,
		},
		{
			codes: []string{"AADSTS50173", "AADSTS50132", "AADSTS50133", "AADSTS70000", "bad_token"}, kind: FailureAuth, finding: "sign-in-revoked",
			cause: "the sign-in was ended: it was revoked, or the password was changed ({code})", cure: orCode, command: "{scoped}",
			app: appCannot,
		},
		{
			codes: []string{"AADSTS50058", "AADSTS16000", "AADSTS16001", "interaction_required", "login_required"}, kind: FailureAuth, finding: "sign-in-interaction",
			cause: "the tenant wants to ask the person who signs in something ({code})", cure: orCode, command: "{scoped}",
			app: appCannot,
		},
	}
}

// refusedPolicy are refusals by conditional access.
func refusedPolicy() []refusal {
	const ask = "Conditional access refuses my sign-in to Azure Resource Manager from this machine. Which device or way of signing in is allowed, or can it be?"
	return []refusal{
		{
			codes: []string{"AADSTS53000", "AADSTS53001", "AADSTS53002", "AADSTS53009", "AADSTS530003", "AADSTS50097", "AADSTS50129", "AADSTS50155"}, kind: FailureAuth, finding: "sign-in-device",
			cause: "conditional access wants another device: one that is managed, compliant or joined ({code})",
			cure:  "Sign in from such a device. A device code names the device on which it was typed, and is often closed where the sign-in in a browser of a managed device is open.", command: "{scoped}",
			app: appCannot, who: policyKeeper, send: ask,
		},
		{
			codes: []string{"AADSTS53003", "AADSTS53004", "AADSTS53011", "AADSTS530032", "AADSTS530034", "AADSTS530035", "AADSTS530036", "AADSTS50131", "AADSTS50142"}, kind: FailureAuth, finding: "sign-in-policy",
			cause: "conditional access refuses this sign-in ({code})",
			cure:  "It may pass from other devices, places or ways; a device code is often closed where the sign-in in a browser is open.", command: "{scoped}",
			app: appCannot, who: policyKeeper, send: ask,
		},
	}
}

// refusedAccount are about the account of a person.
func refusedAccount() []refusal {
	const look = "Please look at my account in Entra, which cannot sign in: {message}."
	return []refusal{
		{
			codes: []string{"AADSTS50057"}, kind: FailureAuth, finding: "sign-in-disabled", cause: "the account is disabled ({code})", cure: "Another account may sign in.", command: "{login}",
			who: tenantAdmin, send: look,
		},
		{
			codes: []string{"AADSTS50053"}, kind: FailureAuth, finding: "sign-in-locked", cause: "the account is locked, or its address is blocked ({code})", cure: "It opens after some minutes without a try.",
			who: tenantAdmin, send: look,
		},
		{
			codes: []string{"AADSTS50055", "AADSTS50056", "AADSTS50126", "AADSTS50144", "user_password_expired"}, kind: FailureAuth, finding: "sign-in-password", cause: "the password is wrong or has expired ({code})", cure: "Change the password, then sign in.", command: "{login}",
			who: tenantAdmin, send: look,
		},
		{
			codes: []string{"AADSTS50105"}, kind: FailureAuth, finding: "sign-in-not-assigned", cause: "the application lets in only those who are assigned to it ({code})",
			who: tenantAdmin, send: "Please assign me to the enterprise application that this message names: {message}.",
		},
	}
}

// refusedPlaceOfAccount are about the tenant that was asked.
func refusedPlaceOfAccount() []refusal {
	return []refusal{
		{
			codes: []string{"AADSTS90002", "AADSTS900021", "AADSTS900023", "AADSTS900382", "AADSTS50059", "AADSTS50128", "invalid_tenant"}, kind: FailureAuth, finding: "sign-in-unknown-tenant",
			cause: "there is no tenant {tenant} ({code})", cure: "Check the tenant id, and the cloud that it is in. This lists the tenants that you can sign in to.", command: "az account list --query '[].{name:name, tenant:tenantId}' -o table",
		},
		{
			codes: []string{"AADSTS50020", "AADSTS90072", "AADSTS50014", "AADSTS50177", "AADSTS16003", "AADSTS51004"}, kind: FailureAuth, finding: "sign-in-guest",
			cause: "the account is no guest of the tenant {tenant}, or has not accepted the invitation ({code})",
			cure:  "Accept the invitation, or sign in with an account of that tenant.", command: "{login}",
			who: tenantAdmin, send: "Please invite my account as a guest of the tenant, with the role Reader on the VNET: {message}.",
		},
		{
			codes: []string{"AADSTS700016", "AADSTS7000229", "AADSTS50034", "AADSTS50178", "AADSTS50194", "AADSTS500011", "AADSTS500014", "AADSTS500208"}, kind: FailureAuth, finding: "sign-in-wrong-tenant",
			cause: "the account or the application that signs in is not of the tenant {tenant} ({code})", cure: "Check the tenant id; sign in with an account of that tenant.", command: "{login}",
			app: "The application of the {source} has no service principal in the tenant {tenant}: check AZURE_CLIENT_ID and AZURE_TENANT_ID, or have it added there.", appCommand: "az ad sp create --id {client}",
		},
	}
}

// refusedApplication are about an application's own proof.
func refusedApplication() []refusal {
	const show = "az ad app credential list --id {client} -o table"
	return []refusal{
		{
			codes: []string{"AADSTS7000222"}, kind: FailureAuth, finding: "sign-in-secret-expired", cause: "the application's secret has expired ({code})",
			cure: "Make another secret beside it and put it into AZURE_CLIENT_SECRET.", command: "az ad app credential reset --append --id {client}",
		},
		{
			codes: []string{"AADSTS7000215", "AADSTS7000216"}, kind: FailureAuth, finding: "sign-in-secret-wrong", cause: "the application's secret is wrong ({code})",
			cure: "AZURE_CLIENT_SECRET holds the value of a secret, not its id; check that it is of the application in AZURE_CLIENT_ID. This lists those that it has.", command: show,
		},
		{
			codes: []string{"AADSTS700027", "AADSTS700023", "AADSTS7000220", "AADSTS700030"}, kind: FailureAuth, finding: "sign-in-certificate", cause: "the application's certificate is not one that Entra knows, or has expired ({code})",
			cure: "Check the file in AZURE_CLIENT_CERTIFICATE_PATH. This lists the certificates that the application has.", command: "az ad app credential list --id {client} --cert -o table",
		},
		{
			codes: []string{"AADSTS7000112", "AADSTS7000113", "AADSTS7000114"}, kind: FailureAuth, finding: "sign-in-app-disabled", cause: "the application that signs in is disabled in the tenant {tenant} ({code})",
			who: tenantAdmin, send: "Please let the application sign in again: {message}.",
		},
	}
}

// refusedFederation are about a federated token, such as Kubernetes keeps in a file.
func refusedFederation() []refusal {
	const list = "az ad app federated-credential list --id {client}"
	return []refusal{
		{
			codes: []string{"AADSTS700024", "AADSTS500133"}, kind: FailureAuth, finding: "sign-in-assertion-expired", cause: "the federated token has expired or is not valid yet ({code})",
			cure: "Whoever writes the file in AZURE_FEDERATED_TOKEN_FILE has to renew it; where it is new, this machine's clock is wrong. This shows its age.", command: `ls -l "$AZURE_FEDERATED_TOKEN_FILE"`,
		},
		{
			codes: []string{"AADSTS70021", "AADSTS700211", "AADSTS700212", "AADSTS700213", "AADSTS70025", "AADSTS7002138", "AADSTS700222", "AADSTS50166", "AADSTS501661", "AADSTS50013", "AADSTS50027"}, kind: FailureAuth, finding: "sign-in-federation",
			cause: "the application trusts no federated token like this one ({code}): {message}",
			cure:  "Issuer, subject and audience of a federated credential must be those of the token, letter by letter. This lists those that the application has.", command: list,
		},
	}
}

// refusedDeviceCode are ends of a sign-in with a device code.
func refusedDeviceCode() []refusal {
	return []refusal{
		{codes: []string{"AADSTS70018", "authorization_declined", "access_denied"}, kind: FailureAuth, finding: "sign-in-declined", cause: "the sign-in was declined on the other device ({code})", cure: "Begin it again with the key A of the dashboard."},
		{codes: []string{"AADSTS70019", "AADSTS70020", "expired_token", "code_expired"}, kind: FailureAuth, finding: "sign-in-code-expired", cause: "the device code has expired before anybody used it ({code})", cure: "Begin it again with the key A of the dashboard; a code lasts a quarter of an hour."},
	}
}

// refusedLast are what passes, and what no other row knows.
func refusedLast() []refusal {
	return []refusal{
		{codes: []string{"AADSTS90033", "AADSTS90055", "AADSTS90012", "AADSTS50196", "temporarily_unavailable"}, kind: FailureServer, passes: passes, finding: "sign-in-busy", cause: "Microsoft's sign-in asks to be asked later ({code})", cure: "Look again in a while."},
		{codes: []string{anyOfEntra}, kind: FailureAuth, finding: "sign-in-refused", cause: "{message}", cure: orCode, command: "{scoped}", app: "The message says what the tenant wants of the application of the {source}."},
	}
}
