//go:build unix

package secret

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/peerdeck/peerdeck/services/local/helper"
)

// Exit codes of security(1): the last byte of the error of the Security framework, of which
// SecBase.h has the list.
const (
	keychainNotThere = 44  // errSecItemNotFound
	keychainNoWindow = 36  // errSecInteractionNotAllowed
	keychainDenied   = 51  // errSecAuthFailed
	keychainRefused  = 128 // errSecUserCanceled
	keychainNone     = 37  // errSecNoDefaultKeychain
)

// askKeychain asks the keychain of macOS by its own program, which may open a window and
// is ended with the context.
func (k Keyring) askKeychain(ctx context.Context, program string) (string, error) {
	out, err := helper.Program{Argv: []string{program, "find-generic-password", "-s", k.Service, "-wa", k.User}, Most: maxToken}.Run(ctx)
	if err != nil {
		return "", keychainShut(err)
	}
	return decoded(strings.TrimSpace(out.Text()))
}

func keychainShut(err error) error {
	e, ok := errors.AsType[helper.Error](err)
	if !ok {
		return err
	}
	shut := RingError{Door: RingFailed, Why: "cannot be asked: " + e.Error(), Way: "use another source of the token", Err: err}
	switch {
	case e.Kind == helper.NotFound:
		shut.Door = RingNoService
	case e.Kind != helper.Exited:
	case e.Code == keychainNotThere:
		return ErrNone
	case e.Code == keychainNoWindow:
		shut.Door, shut.Why, shut.Way = RingLocked, "is locked, and cannot ask here, as over SSH", "run: security unlock-keychain"
	case e.Code == keychainDenied || e.Code == keychainRefused:
		shut.Door, shut.Why, shut.Way = RingDenied, "denies peerdeck the access", "allow it when macOS asks, or use another source of the token"
	case e.Code == keychainNone:
		shut.Door, shut.Why, shut.Way = RingNoneMade, "has no keychain: none was made", "run: security create-keychain login.keychain, or use another source of the token"
	}
	return shut
}

// decoded reads what programs in Go have put into a keychain: the library that most use
// writes it so, because security(1) prints other text as hexadecimal.
func decoded(text string) (string, error) {
	if rest, is := strings.CutPrefix(text, "go-keyring-base64:"); is {
		data, err := base64.StdEncoding.DecodeString(rest)
		return string(data), err
	}
	if rest, is := strings.CutPrefix(text, "go-keyring-encoded:"); is {
		data, err := hex.DecodeString(rest)
		return string(data), err
	}
	return text, nil
}
