package bundle

import (
	"encoding/json"

	"github.com/peerdeck/peerdeck/model"
)

// Bundle is the content of one file. Parts that are empty are not written; a reader does
// without them.
type Bundle struct {
	Manifest Manifest

	Status   json.RawMessage // what "status -o json" prints of the snapshot
	Doctor   json.RawMessage // what "doctor -o json" prints
	Findings json.RawMessage // what the snapshot has found, as a list

	History  []model.Change    // the oldest first
	Journals []Journal         // of set-ups, by name
	Activity []Activity        // the oldest first
	Probes   []json.RawMessage // the last probes of mapping tables, as they are kept, one a network

	Exchanges []Exchange  // with the clouds, in the order in which they were sent
	DNS       []DNSAnswer // in the order in which they were asked
	SignIns   []SignIn

	// Session is what a replay needs beside; nil where nothing was recorded.
	Session *Session

	// Others are entries that this peerdeck does not know: a newer one wrote them. They
	// are kept, so that a bundle that is written again has lost nothing.
	Others []Other
}

// Journal is what a set-up wrote down: its lines as they stand in the file.
type Journal struct {
	ID    string
	Lines []json.RawMessage
}

// Other is an entry of a bundle that this peerdeck does not know.
type Other struct {
	Name string
	Data []byte
}
