// Package clients_test holds the sandbox to clients that are not this project's: Azure's own
// Go modules, over loopback, through every operation that the program and the script of the
// hand-off use, and through the usual ones beside them. Each operation is one row of a table.
package clients_test

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
