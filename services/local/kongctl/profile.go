// Package kongctl takes over a profile of kongctl, Konnect's own command line, where a
// person asks for it: which region it is for, and its token. What is read is what kongctl
// documents: its configuration file, its variables, and where a login is kept. Nothing of
// kongctl's is written, and no token is renewed in its place.
// Source: https://developer.konghq.com/kongctl/config and /kongctl/authentication, and the
// README of github.com/Kong/kongctl 1.13.
package kongctl

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

// Profile is what a profile says of Konnect, without its token.
type Profile struct {
	Name string
	// BaseURL is the address that the profile names, and Region the region; both empty where
	// it leaves them to kongctl. In BaseURLBy and RegionBy stands what names them.
	BaseURL, BaseURLBy string
	Region, RegionBy   string

	folder string
	env    func(string) string
}

// maxFile bounds what is read of kongctl's, as of our own configuration: both have a few KiB.
const maxFile = 64 << 10

// Folder is where kongctl keeps its configuration and its logins: on every system the one
// of XDG_CONFIG_HOME, else ~/.config.
func Folder(env func(string) string) string {
	if path := typed.PathIn(env("XDG_CONFIG_HOME"), env); filepath.IsAbs(path) {
		return filepath.Join(path, "kongctl")
	}
	return filepath.Join(typed.PathIn("~/.config", env), "kongctl")
}

// CheckName says why a text cannot be the name of a profile: it becomes a part of the name
// of a file.
func CheckName(name string) error {
	if !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`).MatchString(name) {
		return fmt.Errorf("%s is no name of a profile of kongctl's: it has letters, digits, dots, dashes and underscores; kongctl get profiles lists them", safe.New(name).Quoted())
	}
	return nil
}

// Open reads a profile. One that kongctl knows nothing of is an error, with the names of
// those that may have been meant.
func Open(name string, env func(string) string) (Profile, error) {
	p := Profile{Name: name, folder: Folder(env), env: env}
	if err := CheckName(name); err != nil {
		return p, err
	}
	file, err := p.read()
	if err != nil {
		return p, err
	}
	said, there := file.of(name)
	if !there && p.variable("konnect.pat", "konnect.region", "konnect.base-url") == "" && !p.hasLogin() {
		return p, p.unknown(file)
	}
	if said.wrong != "" {
		return p, fmt.Errorf("%s: %s of the profile %s is no text", p.config(), said.wrong, name)
	}
	p.BaseURL, p.BaseURLBy = p.pick("konnect.base-url", said.baseURL)
	p.Region, p.RegionBy = p.pick("konnect.region", said.region)
	return p, nil
}

// read reads kongctl's configuration file; one that is not there is empty.
func (p Profile) read() (config, error) {
	data, err := keep.Read(p.config(), maxFile)
	_, long := errors.AsType[keep.TooLong](err)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return config{}, nil
	case long:
		return config{}, fmt.Errorf("kongctl's configuration file %s is longer than %d KiB and is not read", p.config(), maxFile>>10)
	case err != nil:
		return config{}, fmt.Errorf("kongctl's configuration file %s cannot be read: %w", p.config(), keep.Reason(err))
	}
	c, err := parse(data)
	if err != nil {
		return config{}, fmt.Errorf("kongctl's configuration file %s cannot be read: %w", p.config(), err)
	}
	return c, nil
}

func (p Profile) config() string { return filepath.Join(p.folder, "config.yaml") }

// login is the file in which kongctl keeps the tokens of kongctl login.
func (p Profile) login() string { return filepath.Join(p.folder, "."+p.Name+"-konnect-token.json") }

func (p Profile) hasLogin() bool {
	_, err := os.Lstat(p.login())
	return err == nil
}

// pick is a value as kongctl takes it: the variable goes before the file.
func (p Profile) pick(path, inFile string) (value, by string) {
	if name := p.variable(path); name != "" {
		return strings.TrimSpace(p.env(name)), name
	}
	if inFile = strings.TrimSpace(inFile); inFile != "" {
		return inFile, path + " in " + p.config()
	}
	return "", ""
}

// variable is the first variable that is set for one of these paths; empty for none.
func (p Profile) variable(paths ...string) string {
	for _, path := range paths {
		name := "KONGCTL_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(p.Name+"."+path))
		if strings.TrimSpace(p.env(name)) != "" {
			return name
		}
	}
	return ""
}

func (p Profile) unknown(file config) error {
	why := fmt.Sprintf("kongctl has no profile %s: neither a group of that name in %s, nor a login in %s, nor a variable KONGCTL_%s_KONNECT_PAT",
		safe.New(p.Name).Quoted(), p.config(), p.login(), strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(p.Name)))
	if meant := near.Names(p.Name, file.names()); len(meant) > 0 {
		return fmt.Errorf("%s; is %s meant?", why, phrase.Or(meant))
	}
	if names := file.names(); len(names) > 0 {
		const some = 12
		return fmt.Errorf("%s; there are: %s", why, phrase.Few(names, some))
	}
	return fmt.Errorf("%s; kongctl login --profile %s makes one", why, model.ShellQuote(p.Name))
}
