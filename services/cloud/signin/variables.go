package signin

import "strings"

// variables looks up the variables that Azure's SDKs share.
type variables func(name string) string

// The variables of a sign-in without a person, as azidentity defines them.
const (
	varTenant      = "AZURE_TENANT_ID"
	varClient      = "AZURE_CLIENT_ID"
	varSecret      = "AZURE_CLIENT_SECRET" //nolint:gosec // the name of a variable
	varCertificate = "AZURE_CLIENT_CERTIFICATE_PATH"
	varPassword    = "AZURE_CLIENT_CERTIFICATE_PASSWORD" //nolint:gosec // the name of a variable
	varSendChain   = "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"
	varFederated   = "AZURE_FEDERATED_TOKEN_FILE"
)

// get returns a value without the blanks, line ends and quotes that come with copying.
func (v variables) get(name string) string {
	text := strings.TrimSpace(v(name))
	for _, quote := range []string{`"`, "'"} {
		if inner, ok := strings.CutPrefix(text, quote); ok && strings.HasSuffix(inner, quote) {
			text = strings.TrimSpace(strings.TrimSuffix(inner, quote))
		}
	}
	return text
}

// set lists those of some variables that have a value, and those that have none.
func (v variables) set(names ...string) (has, lacks []string) {
	for _, name := range names {
		if v.get(name) == "" {
			lacks = append(lacks, name)
		} else {
			has = append(has, name)
		}
	}
	return has, lacks
}
