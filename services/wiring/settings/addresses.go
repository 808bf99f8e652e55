package settings

import "cmp"

// Addresses loads the addresses of the services and nothing else: what a command
// needs that asks nobody, and so needs no token.
func Addresses(f Flags, env Environment) (Settings, error) {
	path := cmp.Or(f.Config, env("PEERDECK_CONFIG"))
	file, err := ReadFile(cmp.Or(path, DefaultFile()), path != "")
	if err != nil {
		return Settings{}, err
	}
	var s Settings
	if err := addresses(&s, f, env, file); err != nil {
		return Settings{}, err
	}
	return s, nil
}
