package model

// directoryRoles are those that may let an application in.
const directoryRoles = "Cloud Application Administrator, Application Administrator or Global Administrator"

// refusedSignIn are refusals of a sign-in, by Entra's own codes and by the services.
func refusedSignIn() []refusal {
	const tenantAdmin = "whoever keeps conditional access in the tenant {tenant}"
	return []refusal{
		{codes: []string{"InvalidAuthenticationTokenTenant"}, kind: FailureAuth, cause: "the sign-in is for another tenant than {tenant} ({code})", cure: signAgain},
		{
			codes: []string{"ExpiredAuthenticationToken", "InvalidAuthenticationToken", "AuthenticationFailed"}, kind: FailureAuth,
			cause: "{service} refuses the sign-in ({code})", cure: signAgain,
		},
		{codes: []string{"AADSTS50076", "AADSTS50079", "AADSTS50074", "AADSTS50158"}, kind: FailureAuth, cure: "The tenant wants a second factor: run {login} in a browser of your own."},
		{
			codes: []string{"AADSTS53000", "AADSTS53001", "AADSTS53002", "AADSTS53003", "AADSTS530003", "AADSTS530032", "AADSTS530034", "AADSTS530035", "AADSTS530036"}, kind: FailureAuth,
			cure: "Conditional access lets this sign-in pass from other devices, places or ways alone; a device code is often closed where {login} is open.",
			who:  tenantAdmin, send: "Conditional access refuses my sign-in to Azure Resource Manager from this machine. Which device or way of signing in is allowed, or can it be?",
		},
		{
			codes: []string{"AADSTS65001", "AADSTS90094", "AADSTS90008", "AADSTS650056"}, kind: FailureAuth, cure: "The tenant has not let this program's way of signing in in.",
			who: "an administrator of the tenant {tenant}", send: "Please consent to the sign-in that the message names, or tell me which one to use.",
		},
		{codes: []string{"AADSTS700016", "AADSTS50020", "AADSTS90072", "AADSTS50034", "AADSTS50178"}, kind: FailureAuth, cure: "The account or the application is not of the tenant {tenant}. Check the tenant id; a guest has to be invited there first."},
		{codes: []string{"AADSTS90002", "AADSTS900023"}, kind: FailureAuth, cure: "There is no tenant {tenant}. Check the tenant id."},
		{codes: []string{"AADSTS70043", "AADSTS700082", "AADSTS50173", "AADSTS50078", "AADSTS700084", "AADSTS50132", "AADSTS50133"}, kind: FailureAuth, cure: "The sign-in is too old, or was ended. " + signAgain},
		{
			codes: []string{"AADSTS50057", "AADSTS50053", "AADSTS50055"}, kind: FailureAuth, cure: "The account is disabled or locked, or its password has expired.",
			who: "an administrator of the tenant {tenant}", send: "Please look at my account in Entra, which cannot sign in.",
		},
		{codes: []string{"AADSTS7000215", "AADSTS7000222", "AADSTS700027"}, kind: FailureAuth, cure: "The secret or the certificate of the AZURE_* variables is wrong or has expired: give a new one."},
		{
			codes: []string{"AADSTS50105"}, kind: FailureAuth, cure: "The application lets in only those who are assigned to it.",
			who: "an administrator of the tenant {tenant}", send: "Please assign me to the enterprise application that the message names.",
		},
	}
}

// refusedDirectory are refusals of Microsoft Graph.
func refusedDirectory() []refusal {
	return []refusal{
		{
			codes: []string{"Authorization_RequestDenied"}, write: true, kind: FailurePermission, cause: "you may not add applications to tenant {tenant} ({code})",
			cure: "It needs the directory role " + directoryRoles + ". One that is yours through Privileged Identity Management must be activated first. The consent page is the other way.",
		},
		{ // what cannot be read is not known to be missing
			codes: []string{"Authorization_RequestDenied"}, kind: FailurePermission, cause: "cannot tell: you may not read the applications of tenant {tenant} ({code})",
			cure: "Ask for the directory role Directory Readers, or have " + directoryRoles + " look up the application's object id and give it here.",
		},
		{
			codes: []string{"Request_MultipleObjectsWithSameKeyValue"}, kind: FailureConflict,
			cure: "The application is in the tenant already; Graph may take minutes to show it. Look again.",
		},
		{
			codes: []string{"Directory_QuotaExceeded", "DirectoryQuotaExceeded"}, kind: FailureConflict, cure: "The directory holds as many objects as it may.",
			who: "an administrator of the tenant {tenant}", send: "The directory's quota is used up, so Kong's application cannot be added. Please make room or have it raised.",
		},
	}
}
