// Package typed understands the paths that people write into settings, variables, flags
// and fields, where no shell has read them before.
package typed

import (
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// Path is the path that a person means, with the variables of this process.
func Path(path string) string { return PathIn(path, os.Getenv) }

// PathIn is the path that a person means, with the variables of env: ~ and ~NAME are homes, $NAME and ${NAME} (and
// %NAME% on Windows) are variables where they are set, and blanks, line ends and quotation
// marks around it are dropped. A path that is there as it is written, and - for standard
// input, stay as they are.
func PathIn(path string, env func(string) string) string {
	if _, err := os.Lstat(path); err == nil || path == "-" {
		return path
	}
	return home(variables(bare(path), env), env)
}

// bare takes off what stands around a path. A quotation mark on one side alone is a part
// of it.
func bare(path string) string {
	path = strings.TrimSpace(strings.TrimPrefix(path, "\ufeff"))
	for _, quote := range []string{`"`, "'"} {
		if len(path) > 1 && strings.HasPrefix(path, quote) && strings.HasSuffix(path, quote) {
			return strings.TrimSpace(path[1 : len(path)-1])
		}
	}
	return path
}

// variables puts in those that are set; another one stays as it is written, so that an
// error names it.
func variables(path string, env func(string) string) string {
	if !strings.ContainsAny(path, "$%") {
		return path
	}
	forms := `\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$([A-Za-z_][A-Za-z0-9_]*)`
	if runtime.GOOS == "windows" {
		forms += `|%([A-Za-z_][A-Za-z0-9_()]*)%`
	}
	form := regexp.MustCompile(forms)
	return form.ReplaceAllStringFunc(path, func(written string) string {
		name := strings.Trim(written, "${}%")
		if value := env(name); value != "" {
			return value
		}
		return written
	})
}

func home(path string, env func(string) string) string {
	rest, is := strings.CutPrefix(path, "~")
	if !is {
		return path
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r == '/' || r == filepath.Separator })
	if end < 0 {
		end = len(rest)
	}
	if name := rest[:end]; name != "" {
		if who, err := user.Lookup(name); err == nil && who.HomeDir != "" {
			return filepath.Join(who.HomeDir, rest[end:])
		}
		return path
	}
	dir := env("HOME")
	if dir == "" {
		dir, _ = os.UserHomeDir() // where nobody knows one, the path stays as it is written
	}
	if dir == "" {
		return path
	}
	return filepath.Join(dir, rest[end:])
}
