package secret_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// played is a source that says what it is told to.
type played struct {
	name, token string
	err         error
}

func (p played) Token(context.Context) (secret.Secret, error) { return secret.New(p.token), p.err }
func (p played) Describe() string                             { return p.name }
func (p played) Kind() model.IdentitySource                   { return model.FromFile }

func TestPickTakesTheFirstAndKeepsEveryReason(t *testing.T) {
	t.Parallel()
	broken := secret.Candidate{Source: played{name: "the file a", err: errors.New("the file a is not there")}, By: "konnect.token_file"}
	locked := secret.Candidate{Source: played{name: "the keyring", err: errors.New("the keyring is locked")}}
	good := secret.Candidate{Source: played{name: "the command c", token: "x"}}
	source, asked, err := secret.Pick(t.Context(), []secret.Candidate{broken, locked, good})
	if err != nil || source.Describe() != "the command c" || len(asked) != 2 {
		t.Fatalf("%v, %v, %v", source, asked, err)
	}
	if w := asked[0].Warning(source); w != "konnect.token_file: the file a is not there; the token of the command c is used instead" {
		t.Errorf("%q", w)
	}
	_, _, err = secret.Pick(t.Context(), []secret.Candidate{broken, locked})
	if !errors.Is(err, broken.Source.(played).err) || !errors.Is(err, locked.Source.(played).err) {
		t.Errorf("a reason was lost: %v", err)
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 3 || !strings.Contains(lines[1], "the file a") || !strings.Contains(lines[2], "is locked") {
		t.Errorf("%q", lines)
	}
}

// A source that a person pointed at is not replaced by another one.
func TestWhatAPersonPointedAtIsNotReplaced(t *testing.T) {
	t.Parallel()
	pointed := secret.Candidate{Source: played{name: "the file a", err: errors.New("the file a is not there")}, By: "KONNECT_TOKEN_FILE", Only: true, Leave: "unset KONNECT_TOKEN_FILE"}
	good := secret.Candidate{Source: played{name: "the keyring", token: "of another organization"}}
	source, _, err := secret.Pick(t.Context(), []secret.Candidate{pointed, good})
	if source != nil || err == nil {
		t.Fatalf("%v was taken", source)
	}
	for _, part := range []string{"the file a is not there", "no other token is taken", "the keyring", "unset KONNECT_TOKEN_FILE"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
}

func TestNobodyToAsk(t *testing.T) {
	t.Parallel()
	_, _, err := secret.Pick(t.Context(), nil)
	if none, ok := errors.AsType[secret.NoToken](err); !ok || none.Error() != "there is no Konnect token" {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := secret.Pick(ctx, []secret.Candidate{{Source: played{err: ctx.Err()}}}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
