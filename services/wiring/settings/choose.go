package settings

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Choice by which a context is taken. The one of a flag is for one run, that of the
// variable for a shell, and the one that is kept for all that say nothing.
const (
	contextFlag     = "--context"
	contextVariable = "PEERDECK_CONTEXT"
	contextKept     = "peerdeck context use"
)

// contextFile is the file of the state folder that holds the name of the context in use.
const contextFile = "context"

func kept(dir string) keep.Folder {
	const limit = 4 << 10
	return keep.Folder{Dir: dir, Limit: limit}
}

// chosen is the name of the context that is asked for, and by what. Both are empty for
// the top of the file.
func chosen(f Flags, env Environment, dir string) (name, by string, err error) {
	for _, said := range []struct{ name, by string }{{f.Context, contextFlag}, {strings.TrimSpace(env(contextVariable)), contextVariable}} {
		if said.name == NoContext {
			return "", "", nil
		}
		if said.name != "" {
			return said.name, said.by, nil
		}
	}
	data, err := kept(dir).Get(contextFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", "", nil
	case err != nil:
		return "", "", fmt.Errorf("which context is in use cannot be read from %s: %w; name one for each run with %s NAME (- for none), or keep another with %s NAME", filepath.Join(dir, contextFile), keep.Reason(err), contextFlag, contextKept)
	}
	name = strings.TrimSpace(safe.Decode(data))
	if name == "" || name == NoContext {
		return "", "", nil
	}
	return name, contextKept, nil
}

// in returns the file as it holds in the context that is asked for.
func (f File) in(flags Flags, env Environment, dir string) (File, error) {
	name, by, err := chosen(flags, env, dir)
	if err != nil && len(f.contexts) == 0 {
		return f, nil // there is nothing to choose, so nothing is missed by a state folder that cannot be read
	}
	if err != nil || name == "" {
		return f, err
	}
	c, err := f.Find(name)
	if err != nil {
		way := "peerdeck context list shows them all"
		if by == contextKept {
			way += ", and peerdeck context use NAME takes another (- for none)"
		}
		return f, fmt.Errorf("%s: %w\n%s", by, err, way)
	}
	if c.Err != nil {
		return f, fmt.Errorf("the context %s cannot be used: the configuration file %s, %w", safe.Clean(cmp.Or(c.Name, name)), f.path, c.Err)
	}
	f.Part, f.context = c.Part.under(f.Part), &c
	return f, nil
}

// Use keeps which context is used where nobody says another. Nothing is kept of one that
// is not there or cannot be used; NoContext goes back to the top of the file. The
// configuration file is the person's own, and is not written.
func Use(f Flags, env Environment, name string) (taken string, err error) {
	dir := StateDir(env)
	taken = NoContext
	if name != NoContext {
		file, err := load(f, env)
		if err != nil {
			return "", err
		}
		c, err := file.Find(name)
		if err != nil {
			return "", err
		}
		if c.Err != nil {
			return "", fmt.Errorf("the context %s cannot be used: the configuration file %s, %w", c.Name, file.path, c.Err)
		}
		taken = c.Name
	}
	if err := kept(dir).Put(contextFile, []byte(taken+"\n")); err != nil {
		return "", fmt.Errorf("which context is in use cannot be kept in %s: %w; name it for each run with %s NAME, or for a shell with %s=NAME",
			filepath.Join(dir, contextFile), keep.Reason(err), contextFlag, contextVariable)
	}
	return taken, nil
}
