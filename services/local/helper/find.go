package helper

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// find returns the path of the program.
func (p Program) find() (string, error) {
	if len(p.Argv) == 0 || strings.TrimSpace(p.Argv[0]) == "" {
		return "", Error{Kind: NotFound, Reason: "the command is empty", Err: exec.ErrNotFound}
	}
	path, err := exec.LookPath(p.Argv[0])
	if err == nil {
		return path, nil
	}
	fault := Error{Kind: NotFound, Program: p.Name(), Err: err}
	name := safe.Clean(p.Argv[0])
	named := strings.ContainsAny(p.Argv[0], `/\`)
	switch {
	case errors.Is(err, exec.ErrDot):
		fault.Kind, fault.Path = NotAllowed, path
		fault.Reason = name + " is in the current folder alone, and a program is not started from there: name it with its whole path, or put its folder into PATH"
	case named && errors.Is(err, fs.ErrNotExist):
		fault.Reason = "there is no program " + name
	case named:
		fault = p.notStarted(p.Argv[0], err)
	default:
		if at := unmarked(p.Argv[0]); at != "" {
			return "", p.notStarted(at, fs.ErrPermission)
		}
		fault.Reason = "there is no program " + name + " in the folders of PATH"
	}
	return "", fault
}

// unmarked finds a file of that name in the folders of PATH that may not be run.
func unmarked(name string) string {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && filepath.IsAbs(path) { //nolint:gosec // it is looked at, and named
			return path
		}
	}
	return ""
}

// notStarted says why a program that is there cannot be started.
func (p Program) notStarted(path string, err error) Error {
	e := Error{Kind: Broken, Program: p.Name(), Path: path, Err: err}
	at := safe.Clean(path)
	info, looked := os.Stat(path)
	first, script := firstLine(path)
	switch {
	case looked == nil && info.IsDir():
		e.Kind, e.Reason = NotAllowed, at+" is a folder and no program"
	case errors.Is(err, fs.ErrPermission) && looked == nil && info.Mode().Perm()&0o111 == 0:
		e.Kind = NotAllowed
		e.Reason = fmt.Sprintf("%s may not be run: its mode is %04o (chmod +x %s lets it)", at, info.Mode().Perm(), model.ShellQuote(at))
	case errors.Is(err, fs.ErrPermission) && script:
		e.Kind, e.Reason = NotAllowed, at+" may not be run, or the program that it is written for ("+safe.Clean(first)+") may not: permission denied"
	case errors.Is(err, fs.ErrPermission):
		e.Kind, e.Reason = NotAllowed, at+" may not be run: permission denied (its folder, or the file system, forbids it)"
	case errors.Is(err, fs.ErrNotExist) && looked != nil:
		e.Kind, e.Reason = NotFound, "there is no program "+at
	case errors.Is(err, fs.ErrNotExist) && script && strings.HasSuffix(first, "\r"):
		e.Reason = at + " cannot be started: its lines end as those of Windows do; sed -i 's/\\r$//' " + model.ShellQuote(at) + " mends that"
	case errors.Is(err, fs.ErrNotExist) && script:
		e.Reason = at + " cannot be started: the program that it is written for, " + safe.Clean(first) + ", is not there; install it, or install " + safe.Clean(e.Program) + " anew"
	case errors.Is(err, fs.ErrNotExist) && !p.inFolder():
		e.Reason = "the folder " + safe.Clean(p.Dir) + ", in which " + safe.Clean(e.Program) + " is to run, is not there"
	case errors.Is(err, fs.ErrNotExist):
		e.Reason = at + " cannot be started: it is made for another system than this one"
	default:
		e.Reason = at + " cannot be started: " + safe.Clean(keep.Reason(err).Error())
	}
	return e
}

func (p Program) inFolder() bool {
	if p.Dir == "" {
		return true
	}
	info, err := os.Stat(p.Dir)
	return err == nil && info.IsDir()
}

// maxLine is the most of a script's first line that is read, in bytes; the kernel reads
// less.
const maxLine = 512

// firstLine returns what a script says it is written for, as the kernel takes it.
func firstLine(path string) (line string, script bool) {
	text, mark := strings.CutPrefix(head(path), "#!")
	if !mark {
		return "", false
	}
	line, _, _ = strings.Cut(text, "\n")
	return strings.TrimLeft(line, " "), true
}

// head returns the bytes at the beginning of a file; none for one that cannot be read.
func head(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	begin := make([]byte, maxLine)
	n, err := f.Read(begin)
	if err != nil {
		return ""
	}
	return string(begin[:n])
}
