package trace

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	maxFile   = 16 << 20 // bytes; a thousand domains take some hundred kilobytes
	maxFiles  = 200      // networks
	maxLines  = 5000     // domains of a network
	format    = 1
	traceFile = "traces.json"
	// networkFile begins the names of the files of networks.
	networkFile = "network-"
)

// disk keeps results in files that their owner alone can read. What cannot be kept is
// said, and the program goes on without; what cannot be read is set aside, and said too.
type disk struct {
	dir  string // none: nothing is kept
	note func(string)
}

func (d disk) folder() keep.Folder { return keep.Folder{Dir: d.dir, Limit: maxFile, Form: format} }

// keptMatrix is a file of results. Nothing but peerdeck reads it.
type keptMatrix struct {
	Format      int
	Network     safe.Text
	NetworkName safe.Text
	Vantage     string
	State       dnstrace.State
	Begun       time.Time
	Ended       time.Time
	Servers     []safe.Text
	Lines       []keptLine
}

type keptLine struct {
	Domain   safe.Text
	Origin   dnstrace.Origin
	From     safe.Text
	Word     string // of the agreement
	Severity model.Severity
	Cells    []keptCell
}

type keptCell struct {
	Server int // among the servers of the file
	Past   []dnstrace.Past
}

type keptTraces struct {
	Format int
	Traces []dnstrace.Kept
}

// fileOf is the file of a network; its id comes from outside and may hold anything.
func fileOf(network safe.Text) string {
	sum := sha256.Sum256([]byte(network.Raw()))
	return networkFile + hex.EncodeToString(sum[:8]) + ".json"
}

func (d disk) keepMatrix(r *results) {
	k := keptOf(r)
	d.put(fileOf(k.Network), k)
	if d.dir != "" {
		_ = d.folder().Bound("", networkFile, maxFiles)
	}
}

// keptOf is the file of results.
func keptOf(r *results) keptMatrix {
	m := r.last
	k := keptMatrix{
		Format: format, Network: m.Network, NetworkName: m.NetworkName, Vantage: m.Vantage, State: m.State, Begun: m.Begun, Ended: m.Ended,
	}
	for _, c := range m.Columns {
		k.Servers = append(k.Servers, c.Server)
	}
	for _, l := range m.Lines[:min(len(m.Lines), maxLines)] {
		line := keptLine{Domain: l.Domain, Origin: l.Origin, From: l.From, Word: l.Agreement.Word, Severity: l.Agreement.Severity}
		for j, e := range l.Cells {
			if e.Asked {
				line.Cells = append(line.Cells, keptCell{j, r.past[dnstrace.Key(l.Domain, m.Columns[j].Server)]})
			}
		}
		k.Lines = append(k.Lines, line)
	}
	return k
}

// matrix reads the results of a network, empty ones where there are none.
func (d disk) matrix(network safe.Text) *results {
	var k keptMatrix
	if !d.get(fileOf(network), &k) {
		return noResults()
	}
	r, err := k.results()
	if err == nil && k.Network != network {
		err = errors.New("it is of another network")
	}
	if err != nil {
		d.aside(fileOf(network), err)
		return noResults()
	}
	return r
}

func noResults() *results { return &results{past: map[dnstable.ProbeKey][]dnstrace.Past{}} }

// results are those of a file.
func (k keptMatrix) results() (*results, error) {
	r := noResults()
	m := dnstrace.Matrix{
		Network: k.Network, NetworkName: k.NetworkName, Vantage: k.Vantage, State: k.State, Begun: k.Begun, Ended: k.Ended,
	}
	for _, s := range k.Servers {
		m.Columns = append(m.Columns, dnstrace.Column{Server: s})
	}
	for _, l := range k.Lines {
		line := dnstrace.Line{
			Domain: l.Domain, Origin: l.Origin, From: l.From, Cells: make([]dnstrace.Entry, len(m.Columns)),
			Agreement: dnsverdict.Agreement{Word: l.Word, Severity: l.Severity},
		}
		for _, c := range l.Cells {
			if c.Server < 0 || c.Server >= len(m.Columns) {
				return nil, errors.New("it names a server that is not in it")
			}
			past := c.Past[:min(len(c.Past), maxPast)]
			line.Cells[c.Server] = entryOf(l.Domain, k.Servers[c.Server], past)
			r.past[dnstrace.Key(l.Domain, k.Servers[c.Server])] = past
			m.Total++
		}
		m.Lines = append(m.Lines, line)
	}
	r.last = m.Counted()
	return r, nil
}

func (d disk) keepTraces(list []dnstrace.Kept) { d.put(traceFile, keptTraces{format, list}) }

func (d disk) traces() []dnstrace.Kept {
	var k keptTraces
	if !d.get(traceFile, &k) {
		return nil
	}
	return k.Traces[:min(len(k.Traces), maxTraces)]
}

// put writes a file whole, or leaves the one before.
func (d disk) put(name string, value any) {
	if d.dir == "" {
		return
	}
	data, err := json.Marshal(value)
	if err == nil {
		err = d.folder().Put(name, data)
	}
	if err != nil {
		d.note(safe.Clean(fmt.Sprintf("the results of DNS probes cannot be kept in %s: %v", d.folder().Where(name), keep.Reason(err))))
	}
}

// get reads a file of this version; false when there is none.
func (d disk) get(name string, into any) bool {
	if d.dir == "" {
		return false
	}
	data, err := d.folder().Get(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	var version struct {
		Format int `json:"Format"`
	}
	if err == nil {
		err = json.Unmarshal(data, &version)
	}
	if err == nil && version.Format != format {
		err = errors.New("it does not tell its form")
	}
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	switch {
	case errors.As(err, new(keep.Newer)):
		d.note(safe.Clean(fmt.Sprintf("earlier DNS probes in %s are not shown: %v", d.folder().Where(name), err)))
	case err != nil:
		d.aside(name, err)
	}
	return err == nil
}

// aside keeps a file under another name that cannot be read, so that no result takes its
// place, and says so.
func (d disk) aside(name string, why error) {
	f := d.folder()
	fate := ""
	if to, err := f.Aside(name, time.Now()); err == nil {
		fate = " and are kept as " + f.Where(to)
	}
	d.note(safe.Clean(fmt.Sprintf("earlier DNS probes in %s cannot be read%s: %v", f.Where(name), fate, keep.Reason(why))))
}
