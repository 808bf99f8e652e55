package paths

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	resultPrefix = "paths-"
	resultFormat = 1
	mostResults  = 200     // networks
	mostBytes    = 8 << 20 // of a file
	mostFaults   = 500     // services of a network that are kept by name
)

// Results are what the last whole readings found, of earlier sessions too. They may be asked
// from any goroutine, while a [Reader] adds to them.
type Results struct {
	dir  string // empty keeps them in memory
	note func(string)

	mu   sync.Mutex
	last map[safe.Text]*model.PathsRead
}

// NewResults returns the results that are kept in a folder, or in memory where that is
// empty. Note hears what goes wrong beside, such as a full disk.
func NewResults(dir string, note func(string)) *Results {
	return &Results{dir: dir, note: note, last: map[safe.Text]*model.PathsRead{}}
}

// keptResult is a file of results. Nothing but peerdeck reads it.
type keptResult struct {
	Format  int
	Network safe.Text
	Read    model.PathsRead
}

// Last is what the last whole reading of a network's paths found, nil for none.
func (r *Results) Last(network safe.Text) *model.PathsRead {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known, is := r.last[network]; is {
		return known
	}
	r.last[network] = r.read(network)
	return r.last[network]
}

// keep keeps the end of a whole reading.
func (r *Results) keep(v paths.View) {
	read, whole := v.Kept()
	if !whole {
		return
	}
	read.Faults = read.Faults[:min(len(read.Faults), mostFaults)]
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last[v.Network.ID] = &read
	if r.dir == "" {
		return
	}
	data, err := json.Marshal(keptResult{resultFormat, v.Network.ID, read}) //nolint:musttag // nothing but this type reads it
	if err == nil {
		err = r.folder().Put(resultFile(v.Network.ID), data)
	}
	if err != nil {
		r.note(safe.Clean(fmt.Sprintf("what was found of paths cannot be kept in %s: %v", r.folder().Where(resultFile(v.Network.ID)), keep.Reason(err))))
		return
	}
	_ = r.folder().Bound("", resultPrefix, mostResults)
}

func (r *Results) folder() keep.Folder {
	return keep.Folder{Dir: r.dir, Limit: mostBytes, Form: resultFormat}
}

// resultFile is the file of a network; its id comes from outside and may hold anything.
func resultFile(network safe.Text) string {
	sum := sha256.Sum256([]byte(network.Raw()))
	return resultPrefix + hex.EncodeToString(sum[:8]) + ".json"
}

// read reads the file of a network. One that makes no sense is set aside, and said.
func (r *Results) read(network safe.Text) *model.PathsRead {
	if r.dir == "" {
		return nil
	}
	name := resultFile(network)
	data, err := r.folder().Get(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var k keptResult
	if err == nil {
		err = json.Unmarshal(data, &k) //nolint:musttag // as above
	}
	if err == nil && (k.Format != resultFormat || k.Network != network) {
		err = errors.New("it does not tell its form, or is of another network")
	}
	if err == nil {
		return &k.Read
	}
	if errors.As(err, new(keep.Newer)) {
		r.note(safe.Clean(fmt.Sprintf("an earlier reading of paths, %s, is not shown: %v", r.folder().Where(name), err)))
		return nil
	}
	if to, aside := r.folder().Aside(name, time.Now()); aside == nil {
		r.note(safe.Clean(fmt.Sprintf("an earlier reading of paths cannot be read and is kept as %s: %v", r.folder().Where(to), keep.Reason(err))))
	}
	return nil
}
