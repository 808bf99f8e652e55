package browser

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
)

// machine is one that records what is started on it.
type machine struct {
	system  string
	env     map[string]string
	has     []string
	fails   map[string]error
	started [][]string
}

func (d *machine) opener() *Opener {
	return &Opener{
		system: d.system, getenv: func(name string) string { return d.env[name] },
		find: func(name string) (string, error) {
			if slices.Contains(d.has, name) {
				return "/bin/" + name, nil
			}
			return "", exec.ErrNotFound
		},
		start: func(_ context.Context, argv []string) error {
			d.started = append(d.started, argv)
			return d.fails[argv[0]]
		},
	}
}

const page = "https://login.example/t/adminconsent?client_id=1&state=a%20b"

func TestOpenStartsTheRightProgram(t *testing.T) {
	t.Parallel()
	x := map[string]string{"DISPLAY": ":0"}
	for name, c := range map[string]struct {
		machine machine
		want    string // what was started, or a part of the error
		fail    bool
	}{
		"linux":             {machine{system: "linux", env: x, has: []string{"xdg-open", "x-www-browser"}}, "/bin/xdg-open " + page, false},
		"wayland":           {machine{system: "linux", env: map[string]string{"WAYLAND_DISPLAY": "w"}, has: []string{"x-www-browser"}}, "/bin/x-www-browser " + page, false},
		"freebsd":           {machine{system: "freebsd", env: x, has: []string{"xdg-open"}}, "/bin/xdg-open " + page, false},
		"X over ssh":        {machine{system: "linux", env: map[string]string{"DISPLAY": ":10", "SSH_TTY": "/dev/pts/0"}, has: []string{"xdg-open"}}, "/bin/xdg-open", false},
		"wsl":               {machine{system: "linux", env: map[string]string{"WSL_DISTRO_NAME": "d"}, has: []string{"xdg-open", "rundll32.exe"}}, "/bin/rundll32.exe url.dll,FileProtocolHandler " + page, false},
		"wsl tools":         {machine{system: "linux", env: map[string]string{"WSL_INTEROP": "x"}, has: []string{"wslview", "rundll32.exe"}}, "/bin/wslview " + page, false},
		"macOS":             {machine{system: "darwin", has: []string{"open"}}, "/bin/open " + page, false},
		"Windows":           {machine{system: "windows", has: []string{"rundll32", "cmd"}}, "/bin/rundll32 url.dll,FileProtocolHandler " + page, false},
		"no display":        {machine{system: "linux", has: []string{"xdg-open"}}, ErrNoDesktop.Error(), true},
		"ssh":               {machine{system: "linux", env: map[string]string{"SSH_CONNECTION": "x"}, has: []string{"xdg-open"}}, "copy the link", true},
		"ssh to a Mac":      {machine{system: "darwin", env: map[string]string{"SSH_CONNECTION": "x"}, has: []string{"open"}}, "copy the link", true},
		"ssh to wsl":        {machine{system: "linux", env: map[string]string{"SSH_CLIENT": "x", "WSL_INTEROP": "x"}, has: []string{"wslview"}}, "copy the link", true},
		"text browser only": {machine{system: "linux", env: x, has: []string{"www-browser", "lynx", "w3m"}}, "no program here that opens links (xdg-open, x-www-browser)", true},
		"it fails":          {machine{system: "linux", env: x, has: []string{"xdg-open"}, fails: map[string]error{"/bin/xdg-open": errors.New("exit status 3")}}, "xdg-open cannot open the link: exit status 3; copy it", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := c.machine.opener().Open(t.Context(), safe.New(page))
			if c.fail {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil || len(c.machine.started) != 1 || !strings.HasPrefix(strings.Join(c.machine.started[0], " "), c.want) {
				t.Errorf("started %q, %v", c.machine.started, err)
			}
		})
	}
}

func TestOpenTriesTheNextProgram(t *testing.T) {
	t.Parallel()
	d := machine{system: "linux", env: map[string]string{"DISPLAY": ":0"}, has: []string{"xdg-open", "x-www-browser"}, fails: map[string]error{"/bin/xdg-open": errors.New("exit status 3")}}
	if err := d.opener().Open(t.Context(), safe.New(page)); err != nil || len(d.started) != 2 {
		t.Errorf("started %q, %v", d.started, err)
	}
}

func TestOpenTakesLinksOfTheWebAlone(t *testing.T) {
	t.Parallel()
	d := machine{system: "darwin", has: []string{"open"}}
	for _, link := range []string{
		"", "-x", "file:///etc/passwd", "javascript:alert(1)", "/etc/passwd", "https://", "mailto:a@example.com", "https://user:secret@example.com/",
		"https://example.com/\n--x", "https://example.com/\x1b[2J", "vnc://example.com", "--help", "ht tp://a",
	} {
		err := d.opener().Open(t.Context(), safe.New(link))
		if err == nil || strings.Contains(err.Error(), "secret") || safe.Clean(err.Error()) != err.Error() {
			t.Errorf("%q: %v", link, err)
		}
	}
	if len(d.started) != 0 {
		t.Errorf("started %q", d.started)
	}
	if err := d.opener().Open(t.Context(), safe.New("HTTPS://example.com/a b?c=\"$(id)\"&d=';|`^")); err != nil {
		t.Fatal(err)
	}
	if got := d.started[0][1]; strings.ContainsAny(got, " \"'$();|`^") || len(d.started[0]) != 2 {
		t.Errorf("handed on %q", d.started[0])
	}
}

func FuzzLink(f *testing.F) {
	for _, seed := range []string{page, "http://[::1]:80/", "https://a/%zz", "https://a\\b", "https://a/?q='\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, link string) {
		got, err := checked(safe.New(link))
		if err != nil {
			return
		}
		if !strings.HasPrefix(got, "http://") && !strings.HasPrefix(got, "https://") || strings.ContainsAny(got, " \"'`$;|^()\r\n\t\x00\x1b") {
			t.Fatalf("%q became %q", link, got)
		}
	})
}
