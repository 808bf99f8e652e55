package file

import "github.com/peerdeck/peerdeck/services/terraform"

// writeTerraform writes the resource of Kong's provider for an Azure outbound resolver,
// in the layout of terraform fmt.
func writeTerraform(w *writer) {
	w.head("#")
	w.b.WriteString(terraform.Resolver(w.options.Name.Or("mappings"), w.options.NetworkID, w.sorted()))
}
