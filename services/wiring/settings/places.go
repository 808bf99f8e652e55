package settings

import (
	"fmt"
	"path/filepath"

	"github.com/adrg/xdg"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

const (
	stateHome  = "XDG_STATE_HOME"
	configHome = "XDG_CONFIG_HOME"
	ourFolder  = "peerdeck"
)

// StateDir is the folder in which peerdeck keeps what it needs again: history, journals,
// drafts, restore points.
func StateDir(env Environment) string {
	return filepath.Join(folder(env, stateHome, xdg.StateHome), ourFolder)
}

// DefaultFile is where the configuration file is looked for.
func DefaultFile() string { return filepath.Join(xdg.ConfigHome, ourFolder, "config.yaml") }

// folder is the one that a variable names; the usual one where it names none, or none with
// a whole path, as the rule of these variables has it. Source: XDG Base Directory, 0.8.
func folder(env Environment, variable, usual string) string {
	if path := typed.PathIn(env(variable), env); filepath.IsAbs(path) {
		return path
	}
	return usual
}

// configuration is the path of the configuration file, and the flag or the variable that
// names it; empty for the usual place.
func configuration(f Flags, env Environment) (path, by string) {
	switch {
	case f.Config != "":
		return typed.PathIn(f.Config, env), "--config"
	case env("PEERDECK_CONFIG") != "":
		return typed.PathIn(env("PEERDECK_CONFIG"), env), "PEERDECK_CONFIG"
	default:
		return filepath.Join(folder(env, configHome, xdg.ConfigHome), ourFolder, "config.yaml"), ""
	}
}

// load reads the configuration file, as it stands.
func load(f Flags, env Environment) (File, error) {
	path, by := configuration(f, env)
	if by != "" {
		file, err := ReadFile(path, true)
		if err != nil {
			return File{}, fmt.Errorf("%s: %w", by, err)
		}
		return file, nil
	}
	file, err := ReadFile(path, false)
	if err != nil && env(configHome) != "" {
		return File{}, fmt.Errorf("%w (the folder is that of %s: correct or unset it, or name another file with --config)", err, configHome)
	}
	return file, err
}

// badPlaces says which variables name a folder that cannot be used. Nothing that is read
// from the clouds depends on them, so the program goes on.
func badPlaces(env Environment) []string {
	var out []string
	for _, variable := range []string{configHome, stateHome} {
		usual := xdg.ConfigHome
		if variable == stateHome {
			usual = xdg.StateHome
		}
		if value := env(variable); value != "" && folder(env, variable, "") == "" {
			out = append(out, fmt.Sprintf("%s is %q, which is no whole path, and is passed over: %s is used; give it from its root on, or unset it",
				variable, safe.Clean(value), filepath.Join(usual, ourFolder)))
		}
	}
	if w := badState(env); w != "" {
		out = append(out, w)
	}
	if value := env("TMPDIR"); value != "" {
		switch err := (keep.Disk{}).Writable(value); {
		case !filepath.IsAbs(value):
			out = append(out, fmt.Sprintf("TMPDIR is %q, which is no whole path: it is another folder for each program; give it from its root on, or unset it", safe.Clean(value)))
		case err != nil:
			out = append(out, fmt.Sprintf("TMPDIR names %s, where nothing can be written: %s; programs that peerdeck asks, such as the Azure CLI, may fail by that; name another folder, or unset it",
				safe.Clean(value), safe.Clean(err.Error())))
		}
	}
	return out
}

// badState says that nothing can be kept.
func badState(env Environment) string {
	by := stateHome
	switch {
	case folder(env, stateHome, "") != "":
	case env("HOME") != "":
		by = "HOME"
	default:
		return "" // nobody names it
	}
	dir := StateDir(env)
	err := keep.Disk{}.Writable(dir)
	if err == nil {
		return ""
	}
	return fmt.Sprintf("nothing can be kept in %s (by %s): %s; history, journals, drafts and restore points are missing until %s names a folder that can be written",
		safe.Clean(dir), by, safe.Clean(err.Error()), stateHome)
}

// OpenLog has the log written to the file of the settings. An error names what named it.
func (s Settings) OpenLog(open func(path string) error) error {
	if err := open(s.LogFile); err != nil {
		return fmt.Errorf("%s: %w; name another file, or leave it out", s.LogNamed, err)
	}
	return nil
}
