package secret

import "github.com/peerdeck/peerdeck/model"

// KindOf is the kind of place that a source takes its token from; empty for one that this
// package does not know.
func KindOf(s Source) model.IdentitySource {
	switch s.(type) {
	case Static, Variable:
		return model.FromVariable
	case File:
		return model.FromFile
	case Keyring:
		return model.FromKeyring
	case Command:
		return model.FromHelper
	default:
		return ""
	}
}
