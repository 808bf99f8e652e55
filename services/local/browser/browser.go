// Package browser opens links in the desktop's browser. Whatever it starts never
// touches the terminal, which belongs to the screen.
//
// github.com/cli/browser, the usual library, is not used: it waits for what it
// starts, takes no context, keeps its outputs in variables of the package, and its
// last resort on Linux is a text browser in the terminal.
package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// ErrNoDesktop is returned where no browser could be seen.
var ErrNoDesktop = errors.New("there is no desktop here to open a browser on; copy the link, and open it where there is one")

// Opener opens links.
type Opener struct {
	system string                            // as runtime.GOOS has it
	getenv func(string) string               // the environment
	find   func(name string) (string, error) // a program's path
	// start starts a program and returns when it runs, or has failed.
	start func(ctx context.Context, argv []string) error
}

// New returns an opener for this machine.
func New() *Opener {
	return &Opener{system: runtime.GOOS, getenv: os.Getenv, find: exec.LookPath, start: starter{patience: usual}.start}
}

// Open opens a link of the web. It does not wait for the browser; an error says what
// to do instead.
func (o *Opener) Open(ctx context.Context, link safe.Text) error {
	address, err := checked(link)
	if err != nil {
		return err
	}
	if !o.desktop() {
		return ErrNoDesktop
	}
	var names []string
	var failure error
	for _, c := range o.candidates() {
		names = append(names, c[0])
		path, err := o.find(c[0])
		if err != nil {
			continue
		}
		argv := append([]string{path}, append(c[1:], address)...)
		if err := o.start(ctx, argv); err == nil || ctx.Err() != nil {
			return err
		} else if failure == nil {
			failure = fmt.Errorf("%s cannot open the link: %w; copy it instead", c[0], err)
		}
	}
	if failure != nil {
		return failure
	}
	return fmt.Errorf("there is no program here that opens links (%s); copy the link instead", strings.Join(names, ", "))
}

// checked returns a link as it is handed to a program.
func checked(link safe.Text) (string, error) {
	u, err := url.Parse(link.Raw())
	switch {
	case err != nil || u.Host == "":
		return "", fmt.Errorf("%q is no link that can be opened", link.String())
	case u.Scheme != "https" && u.Scheme != "http":
		return "", fmt.Errorf("%q is no link of the web; only http and https are opened", link.String())
	case u.User != nil:
		return "", errors.New("the link holds a user or a password, so it is not opened")
	default:
		return escaped(u.String()), nil
	}
}

// escaped leaves letters, digits and the marks of an address as they are. Quotes,
// spaces and whatever else a program could take for more than a letter is escaped.
func escaped(address string) string {
	var b strings.Builder
	for i := range len(address) {
		c := address[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~:/?#[]@!&*+,=%", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// desktop reports whether somebody would see a browser.
func (o *Opener) desktop() bool {
	remote := o.getenv("SSH_CONNECTION") != "" || o.getenv("SSH_TTY") != "" || o.getenv("SSH_CLIENT") != ""
	display := o.getenv("DISPLAY") != "" || o.getenv("WAYLAND_DISPLAY") != ""
	switch o.system {
	case "darwin", "windows":
		return !remote
	default:
		return display || o.wsl() && !remote
	}
}

// wsl reports whether this is Linux inside Windows.
func (o *Opener) wsl() bool {
	return o.getenv("WSL_DISTRO_NAME") != "" || o.getenv("WSL_INTEROP") != ""
}

// candidates lists programs that open a link, the likeliest first, with what stands
// before the link. None of them is a shell, and none is a browser for terminals.
func (o *Opener) candidates() [][]string {
	switch o.system {
	case "darwin":
		return [][]string{{"open"}}
	case "windows":
		return [][]string{{"rundll32", "url.dll,FileProtocolHandler"}}
	}
	var list [][]string
	if o.wsl() {
		list = [][]string{{"wslview"}, {"rundll32.exe", "url.dll,FileProtocolHandler"}}
	}
	if o.getenv("DISPLAY") != "" || o.getenv("WAYLAND_DISPLAY") != "" {
		list = append(list, []string{"xdg-open"}, []string{"x-www-browser"})
	}
	return list
}
