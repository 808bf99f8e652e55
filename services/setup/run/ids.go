package run

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// roleGUID is the id of a custom role: the same for the same tenant and name, so
// that creating it twice is one role and not a conflict of names.
func roleGUID(tenant, name safe.Text) safe.Text {
	return guid("role-definition", tenant.Raw(), name.Raw())
}

// assignmentGUID is the id of a role assignment: the same for the same scope,
// principal and role.
func assignmentGUID(scope, principal, role safe.Text) safe.Text {
	return guid("role-assignment", scope.Raw(), principal.Raw(), model.LastSegment(role).Raw())
}

// guid derives a UUID of version 5 from words. Azure compares all of them without
// regard to case.
func guid(words ...string) safe.Text {
	return safe.New(uuid.NewSHA1(uuid.NameSpaceURL, []byte("peerdeck:"+strings.ToLower(strings.Join(words, "\x00")))).String())
}

// runID names a run and its journal. It begins with the time, so that names sort
// as runs do; the rest keeps two runs of one second apart.
func runID(now time.Time) string {
	var b [3]byte
	_, _ = rand.Read(b[:]) // never fails
	return now.UTC().Format("20060102-150405") + "-" + hex.EncodeToString(b[:])
}

func subscriptionScope(id safe.Text) safe.Text { return safe.New("/subscriptions/" + id.Raw()) }
