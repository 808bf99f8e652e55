package setupfile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"peerdeck/model"
	"peerdeck/model/safe"
)

const head = `# A set-up file of peerdeck: what one VNET peering between Kong Konnect and Azure
# is to be. It holds no secret.
#
#   peerdeck setup -f FILE      does it, or what is left of it
#   peerdeck handoff -f FILE    prints what the Azure admin must do

`

// Format writes a request as a set-up file, which [Parse] reads.
func Format(r model.SetupRequest) []byte {
	var b strings.Builder
	b.WriteString(head)
	line := func(indent, key string, value safe.Text, remark string) {
		written := indent + key + ": " + scalar(value)
		if remark != "" {
			written = fmt.Sprintf("%-27s # %s", written, remark)
		}
		b.WriteString(written + "\n")
	}
	line("", "network", r.Network, "name or id in Konnect")
	line("", "peering", r.Peering, "the name that Konnect shows")
	b.WriteString("azure:\n")
	line("  ", "tenant_id", r.VNet.TenantID, "")
	line("  ", "subscription_id", r.VNet.SubscriptionID, "")
	line("  ", "resource_group", r.VNet.ResourceGroup, "")
	line("  ", "vnet", r.VNet.Name, "")
	if !r.RoleName.IsEmpty() {
		line("  ", "role_name", r.RoleName, "")
	}
	if !r.AppID.IsEmpty() {
		line("  ", "app_id", r.AppID, "")
	}
	b.WriteString("dns:\n")
	line("  ", "mode", safe.New(string(r.DNS)), "resolver (editable later), peering (fixed at creation), none")
	if len(r.Mappings) > 0 {
		b.WriteString("  mappings:\n")
	}
	for _, m := range r.Mappings {
		b.WriteString("    - domains: " + list(m.Domains) + "\n      servers: " + list(m.Servers) + "\n")
	}
	return []byte(b.String())
}

func list(items []safe.Text) string {
	words := make([]string, len(items))
	for i, t := range items {
		words[i] = scalar(t)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// scalar writes a text: as it stands when every reader of YAML takes it for a text,
// between quotes otherwise.
func scalar(t safe.Text) string {
	s := t.Raw()
	reserved := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
	belongs := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.", r)
	}
	letters := strings.ContainsFunc(s, func(r rune) bool { return r >= 'g' && r <= 'z' || r >= 'G' && r <= 'Z' })
	switch {
	case s == "" || strings.ContainsFunc(s, func(r rune) bool { return !belongs(r) }):
		return quote(s)
	case model.IsGUID(s) || strings.Count(s, ".") == 3 && strings.Trim(s, "0123456789.") == "":
		return s // an id, or an address: no reader takes one for a number
	case !letters || strings.ContainsAny(s[:1], "-_.0123456789") || slices.Contains(reserved, strings.ToLower(s)):
		return quote(s)
	default:
		return s
	}
}

// quote writes a text between double quotes. What cannot be seen is escaped, so the
// file can be shown on a terminal.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == ' ' || unicode.IsPrint(r) && safe.Clean("a"+string(r)) == "a"+string(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String() + `"`
}
