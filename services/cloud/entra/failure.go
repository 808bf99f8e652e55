package entra

import (
	"fmt"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// directoryRoles are those that may let an application in.
const directoryRoles = "Cloud Application Administrator, Application Administrator or Global Administrator"

func (c *Client) failure(err error, tenant safe.Text, operation string, subject safe.Text, write bool) model.Failure {
	f := c.rest.Describe(err, tenant)
	f.Operation, f.Subject = operation, subject
	switch {
	case f.Kind == model.FailurePermission && write:
		f.Cause = safe.New(fmt.Sprintf("you may not add applications to tenant %s (%s)", tenant.Raw(), f.Code.Or("403").Raw()))
		f.Cure = "It needs the directory role " + directoryRoles + ". One that is yours through Privileged Identity Management must be activated first. The consent page is the other way."
	case f.Kind == model.FailurePermission:
		// What cannot be read is not known to be missing.
		f.Cause = safe.New(fmt.Sprintf("cannot tell: you may not read the applications of tenant %s (%s)", tenant.Raw(), f.Code.Or("403").Raw()))
		f.Cure = "Ask for the directory role Directory Readers, or have " + directoryRoles + " look up the application's object id and give it here."
	case f.Code.Raw() == "Request_MultipleObjectsWithSameKeyValue":
		f.Kind = model.FailureConflict
		f.Cure = "The application is in the tenant already; Graph may take minutes to show it. Look again."
	}
	return f
}
