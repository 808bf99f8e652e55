package settings

// Addresses loads the addresses of the services and nothing else: what a command
// needs that asks nobody, and so needs no token.
func Addresses(f Flags, env Environment) (Settings, error) {
	file, err := load(f, env)
	if err != nil {
		return Settings{}, err
	}
	if file, err = file.in(f, env, StateDir(env)); err != nil {
		return Settings{}, err
	}
	var s Settings
	if err := addresses(&s, f, env, file); err != nil {
		return Settings{}, err
	}
	return s, nil
}
