//go:build linux || freebsd || netbsd || openbsd || dragonfly

package secret

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The names of the Secret Service. Source: the Secret Service API of freedesktop.org, 0.2.
const (
	ringName       = "org.freedesktop.secrets"
	ringPath       = dbus.ObjectPath("/org/freedesktop/secrets")
	ringInterface  = "org.freedesktop.Secret.Service."
	ringItem       = "org.freedesktop.Secret.Item."
	ringCollection = "org.freedesktop.Secret.Collection."
)

// ask asks the Secret Service of the session. github.com/zalando/go-keyring, which does the
// same, takes no context, leaves its connection open, and starts a D-Bus of its own, for
// good, where there is none.
func (k Keyring) ask(ctx context.Context) (string, error) {
	address := k.address()
	if address == "" {
		return "", noSession("there is no D-Bus session here (DBUS_SESSION_BUS_ADDRESS is not set), as in most logins over SSH and in containers", nil)
	}
	conn, err := dbus.Connect(address, dbus.WithContext(ctx))
	if err != nil {
		return "", noSession("the D-Bus session at "+safe.Clean(address)+" does not answer: "+safe.Clean(err.Error()), err)
	}
	defer func() { _ = conn.Close() }()
	r := ring{ctx: ctx, conn: conn, service: conn.Object(ringName, ringPath), wanted: k}
	return r.secret()
}

func noSession(why string, err error) RingError {
	return RingError{
		Door: RingNoSession, Why: "cannot be reached: " + why, Err: err,
		Way: "start peerdeck in the session of the desktop, or use another source of the token",
	}
}

// address is where the bus of the session is, as D-Bus itself looks for it; empty for
// nowhere. None is started.
func (k Keyring) address() string {
	if a := k.env("DBUS_SESSION_BUS_ADDRESS"); a != "" {
		if strings.HasPrefix(a, "autolaunch:") {
			return ""
		}
		return a
	}
	dir := k.env("XDG_RUNTIME_DIR")
	if dir == "" {
		dir = "/run/user/" + strconv.Itoa(os.Getuid())
	}
	socket := filepath.Join(dir, "bus")
	if info, err := os.Stat(socket); err != nil || info.Mode()&os.ModeSocket == 0 {
		return ""
	}
	return "unix:path=" + dbus.EscapeBusAddressValue(socket)
}

// ring is one conversation with a keyring.
type ring struct {
	ctx     context.Context //nolint:containedctx // one conversation
	conn    *dbus.Conn
	service dbus.BusObject
	wanted  Keyring
}

func (r ring) secret() (string, error) {
	var ignored dbus.Variant
	var session dbus.ObjectPath
	if err := r.service.CallWithContext(r.ctx, ringInterface+"OpenSession", 0, "plain", dbus.MakeVariant("")).Store(&ignored, &session); err != nil {
		return "", r.shut(err)
	}
	var open, locked []dbus.ObjectPath
	attributes := map[string]string{"service": r.wanted.Service, "username": r.wanted.User}
	if err := r.service.CallWithContext(r.ctx, ringInterface+"SearchItems", 0, attributes).Store(&open, &locked); err != nil {
		return "", r.shut(err)
	}
	switch {
	case len(open) > 0:
		return r.open(open[0], session)
	case len(locked) > 0:
		return "", r.locked(nil)
	default:
		return "", r.nothing()
	}
}

// open reads an item.
func (r ring) open(item, session dbus.ObjectPath) (string, error) {
	var got struct {
		Session     dbus.ObjectPath
		Parameters  []byte
		Value       []byte
		ContentType string
	}
	if err := r.conn.Object(ringName, item).CallWithContext(r.ctx, ringItem+"GetSecret", 0, session).Store(&got); err != nil {
		return "", r.shut(err)
	}
	return string(got.Value), nil
}

// nothing says why no item was found: a keyring that is locked shows none of its own, and
// where none was made there is none to find.
func (r ring) nothing() error {
	const get = "org.freedesktop.DBus.Properties.Get"
	var collections []dbus.ObjectPath
	if err := r.service.CallWithContext(r.ctx, get, 0, strings.TrimSuffix(ringInterface, "."), "Collections").Store(&collections); err != nil {
		return r.shut(err)
	}
	lasting := 0
	for _, c := range collections {
		if strings.HasSuffix(string(c), "/session") {
			continue // ends with the session
		}
		lasting++
		var locked bool
		err := r.conn.Object(ringName, c).CallWithContext(r.ctx, get, 0, strings.TrimSuffix(ringCollection, "."), "Locked").Store(&locked)
		if err != nil {
			return r.shut(err)
		}
		if locked {
			return r.locked(nil)
		}
	}
	if lasting == 0 {
		return RingError{
			Door: RingNoneMade, Why: "has no collection: none was made in this session yet",
			Way: "store the token, which makes one: " + r.command("store --label=peerdeck"),
		}
	}
	return ErrNone
}

func (r ring) locked(err error) RingError {
	return RingError{
		Door: RingLocked, Why: "is locked", Err: err,
		Way: "unlock it in the desktop, or with a command that asks for its password: " + r.command("lookup") + " >/dev/null",
	}
}

func (r ring) command(what string) string {
	return "secret-tool " + what + " service " + model.ShellQuote(r.wanted.Service) + " username " + model.ShellQuote(r.wanted.User)
}

// shut says which door an error of D-Bus stands for.
func (r ring) shut(err error) RingError {
	said, name := safe.Clean(err.Error()), ""
	if e, ok := errors.AsType[dbus.Error](err); ok {
		name = e.Name
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case last == "IsLocked":
		return r.locked(err)
	case last == "AccessDenied" || last == "AuthFailed" || strings.Contains(strings.ToLower(said), "denied"):
		return RingError{
			Door: RingDenied, Why: "denies peerdeck the access: " + said, Err: err,
			Way: "allow it in the settings of the keyring, or use another source of the token",
		}
	case last == "ServiceUnknown" || last == "NameHasNoOwner" || strings.HasPrefix(last, "Spawn") || strings.Contains(name, ".Spawn."):
		return RingError{
			Door: RingNoService, Why: "cannot be reached: nothing in this session keeps secrets (" + ringName + ")", Err: err,
			Way: "start gnome-keyring, KWallet or KeePassXC with its Secret Service, or use another source of the token",
		}
	case last == "NoSuchObject" || last == "UnknownObject":
		return RingError{
			Door: RingNoneMade, Why: "has no such collection: " + said, Err: err,
			Way: "store the token, which makes one: " + r.command("store --label=peerdeck"),
		}
	default:
		return RingError{Door: RingFailed, Why: "cannot be asked: " + said, Err: err, Way: "use another source of the token"}
	}
}

func (k Keyring) env(name string) string {
	if k.Env == nil {
		return ""
	}
	return k.Env(name)
}
