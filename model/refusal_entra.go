package model

// directoryRoles are those that may let an application in.
const directoryRoles = "Cloud Application Administrator, Application Administrator or Global Administrator"

// refusedDirectory are refusals of Microsoft Graph.
func refusedDirectory() []refusal {
	return []refusal{
		{
			codes: []string{"Authorization_RequestDenied"}, write: true, kind: FailurePermission, finding: "refused-directory-writing", cause: "you may not add applications to tenant {tenant} ({code})",
			cure: "It needs the directory role " + directoryRoles + ". One that is yours through Privileged Identity Management must be activated first at {app-roles}. The consent page is the other way.",
		},
		{ // what cannot be read is not known to be missing
			codes: []string{"Authorization_RequestDenied"}, kind: FailurePermission, finding: "refused-directory-reading", cause: "cannot tell: you may not read the applications of tenant {tenant} ({code})",
			cure: "Ask for the directory role Directory Readers, or have " + directoryRoles + " look up the application's object id and give it here: az ad sp show --id {kong-app} --query id -o tsv.",
		},
		{
			codes: []string{"Request_MultipleObjectsWithSameKeyValue"}, kind: FailureConflict, finding: "refused-application-there",
			cure: "The application is in the tenant already; Graph may take minutes to show it. Look again.",
		},
		{
			codes: []string{"Directory_QuotaExceeded", "DirectoryQuotaExceeded"}, kind: FailureConflict, finding: "refused-directory-full", cure: "The directory holds as many objects as it may.",
			who: "an administrator of the tenant {tenant}", send: "The directory's quota is used up, so Kong's application cannot be added. Please make room or have it raised.",
		},
	}
}
