package secret

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// Keyring is a token in the keyring of the operating system: the Secret Service of a
// desktop (GNOME, KDE, KeePassXC), the keychain of macOS, the credentials of Windows.
type Keyring struct {
	Service, User string
	// Env looks a variable up, for where the session is.
	Env func(name string) string
	// Patience bounds the wait for a keyring; 0 for three seconds.
	Patience time.Duration
}

// keyringPatience bounds the wait for a keyring, which may ask its owner, or hang.
const keyringPatience = 3 * time.Second

// RingDoor is what keeps a keyring shut.
type RingDoor string

// The doors.
const (
	RingNoSession RingDoor = "no session" // no D-Bus of a desktop session
	RingNoService RingDoor = "no service" // a session, and nothing in it that keeps secrets
	RingNoneMade  RingDoor = "none made"  // no collection, no keychain
	RingLocked    RingDoor = "locked"
	RingDenied    RingDoor = "denied"
	RingSilent    RingDoor = "silent" // no answer in time
	RingFailed    RingDoor = "failed" // for a reason that nobody knows
)

// RingError says why a keyring cannot be asked.
type RingError struct {
	Door RingDoor
	Why  string // a sentence without a full stop
	Way  string // out of it
	Err  error
}

// Error is one sentence, and the way out.
func (e RingError) Error() string { return "the keyring " + e.Why + "; " + e.Way }

// Unwrap is what lies below.
func (e RingError) Unwrap() error { return e.Err }

// Token asks the keyring. Nobody is asked to unlock it: a window may open where nobody
// sits. Errors that are no [ErrNone] are [RingError].
func (k Keyring) Token(ctx context.Context) (Secret, error) {
	patience := k.Patience
	if patience == 0 {
		patience = keyringPatience
	}
	within, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	value, err := k.ask(within)
	switch {
	case ctx.Err() != nil:
		return Secret{}, ctx.Err()
	case within.Err() != nil && err != nil:
		return Secret{}, RingError{
			Door: RingSilent, Why: "gave no answer within " + phrase.Exact(patience), Err: within.Err(),
			Way: "it may be asking for a password in a window; answer that, or use another source of the token",
		}
	case errors.Is(err, ErrNone):
		return Secret{}, fmt.Errorf("the keyring: %w for service %s, user %s", ErrNone, k.Service, k.User)
	case err != nil:
		return Secret{}, err
	}
	return Parse(value, "the keyring")
}

// Describe says where the token comes from.
func (k Keyring) Describe() string {
	return fmt.Sprintf("the keyring (service %s, user %s)", k.Service, k.User)
}

// Kind is that of a keyring.
func (k Keyring) Kind() model.IdentitySource { return model.FromKeyring }
