package secret

import "context"

// keychain is the program of macOS that reads its keychain.
const keychain = "/usr/bin/security"

func (k Keyring) ask(ctx context.Context) (string, error) { return k.askKeychain(ctx, keychain) }
