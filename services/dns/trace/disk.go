package trace

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	dnstrace "peerdeck/model/dns/trace"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/safe"
)

const (
	maxFile   = 16 << 20 // bytes; a thousand domains take some hundred kilobytes
	maxFiles  = 200      // networks
	maxLines  = 5000     // domains of a network
	format    = 1
	traceFile = "traces.json"
)

// disk keeps results in files that their owner alone can read. What cannot be kept or
// read is said once, and the program goes on without.
type disk struct {
	dir  string
	note func(string)
}

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
	return "network-" + hex.EncodeToString(sum[:8]) + ".json"
}

func (d disk) keepMatrix(r *results) {
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
	d.put(fileOf(m.Network), k)
	d.prune()
}

// matrix reads the results of a network, empty ones where there are none.
func (d disk) matrix(network safe.Text) *results {
	r := &results{past: map[dnstable.ProbeKey][]dnstrace.Past{}}
	var k keptMatrix
	if !d.get(fileOf(network), &k) || k.Format != format || k.Network != network {
		return r
	}
	m := dnstrace.Matrix{
		Network: network, NetworkName: k.NetworkName, Vantage: k.Vantage, State: k.State, Begun: k.Begun, Ended: k.Ended,
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
				return r // somebody has edited it
			}
			past := c.Past[:min(len(c.Past), maxPast)]
			line.Cells[c.Server] = entryOf(l.Domain, k.Servers[c.Server], past)
			r.past[dnstrace.Key(l.Domain, k.Servers[c.Server])] = past
			m.Total++
		}
		m.Lines = append(m.Lines, line)
	}
	r.last = m.Counted()
	return r
}

func (d disk) keepTraces(list []dnstrace.Kept) { d.put(traceFile, keptTraces{format, list}) }

func (d disk) traces() []dnstrace.Kept {
	var k keptTraces
	if !d.get(traceFile, &k) || k.Format != format {
		return nil
	}
	return k.Traces[:min(len(k.Traces), maxTraces)]
}

// put writes a file whole, or leaves the one before. Results can be had again, so the
// disk is not waited for.
func (d disk) put(name string, value any) {
	if d.dir == "" {
		return
	}
	data, err := json.Marshal(value)
	if err == nil {
		err = d.write(name, data)
	}
	if err != nil {
		d.note(safe.Clean(fmt.Sprintf("the results of DNS probes cannot be kept in %s: %v", d.dir, err)))
	}
}

// temporary begins the name of a file under way.
const temporary = ".new-"

func (d disk) write(name string, data []byte) error {
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(d.dir, temporary+"*") // readable by its owner alone
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(d.dir, name))
}

func (d disk) get(name string, into any) bool {
	if d.dir == "" {
		return false
	}
	data, err := d.read(name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		d.note(safe.Clean(fmt.Sprintf("earlier DNS probes in %s cannot be read: %v", filepath.Join(d.dir, name), err)))
	}
	return err == nil
}

func (d disk) read(name string) ([]byte, error) {
	f, err := os.Open(filepath.Join(d.dir, name))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("it is longer than %d MB", maxFile>>20)
	}
	return data, err
}

// prune takes the oldest files away when there are too many.
func (d disk) prune() {
	files, err := os.ReadDir(d.dir)
	if d.dir == "" || err != nil || len(files) <= maxFiles {
		return
	}
	oldest, name := time.Now(), ""
	for _, f := range files {
		if info, err := f.Info(); err == nil && strings.HasPrefix(f.Name(), "network-") && info.ModTime().Before(oldest) {
			oldest, name = info.ModTime(), f.Name()
		}
	}
	if name != "" {
		_ = os.Remove(filepath.Join(d.dir, name))
	}
}
