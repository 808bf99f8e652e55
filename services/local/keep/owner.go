package keep

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Owner is the program that holds a lock. Its zero value is one that has not said who it
// is yet, or could not.
type Owner struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// String names the owner in a sentence.
func (o Owner) String() string {
	if o.PID == 0 {
		return "another process"
	}
	return fmt.Sprintf("process %d on %s, since %s", o.PID, safe.Clean(o.Host), o.Since.Format("2006-01-02 15:04:05"))
}

func self() Owner {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	return Owner{PID: os.Getpid(), Host: host, Since: time.Now().Truncate(time.Second)}
}

// maxOwner bounds what is read of a lock's file.
const maxOwner = 4 << 10

// sign writes the owner into the file of a lock that is held. The lock holds without it,
// so a full disk takes nothing but the name.
func (o Owner) sign(f *os.File) {
	if data, err := json.Marshal(o); err == nil && f.Truncate(0) == nil {
		_, _ = f.WriteAt(append(data, '\n'), 0)
	}
}

// signed reads who holds a lock.
func signed(f *os.File) Owner {
	var o Owner
	data, err := io.ReadAll(io.NewSectionReader(f, 0, maxOwner))
	if err != nil || json.Unmarshal(data, &o) != nil {
		return Owner{}
	}
	return o
}

// Busy is the error of a lock that somebody else holds.
type Busy struct {
	Path  string
	Owner Owner
}

// Error says who holds it.
func (b Busy) Error() string { return "it is held by " + b.Owner.String() }
