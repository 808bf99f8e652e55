//go:build !linux && !freebsd && !netbsd && !openbsd && !dragonfly && !darwin

package secret

import (
	"context"
	"errors"
	"strings"

	"github.com/zalando/go-keyring"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// ask asks the credentials of Windows, which are read without a question.
func (k Keyring) ask(ctx context.Context) (string, error) {
	value, err := work.Await(ctx, "asking the keyring", func() (string, error) { return keyring.Get(k.Service, k.User) })
	switch {
	case err == nil:
		return value, nil
	case errors.Is(err, keyring.ErrNotFound):
		return "", ErrNone
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return "", RingError{Door: RingNoService, Why: "is not known on this system", Way: "use another source of the token", Err: err}
	}
	said := safe.Clean(err.Error())
	shut := RingError{Door: RingFailed, Why: "cannot be asked: " + said, Way: "use another source of the token", Err: err}
	switch low := strings.ToLower(said); {
	case strings.Contains(low, "logon session does not exist"):
		shut.Door, shut.Way = RingNoSession, "start peerdeck in a session that was signed in to with a password, or use another source of the token"
	case strings.Contains(low, "access is denied"):
		shut.Door = RingDenied
	}
	return "", shut
}
