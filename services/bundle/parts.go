package bundle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Names of the entries, in the order of the file.
const (
	manifestName  = "manifest.json"
	statusName    = "status.json"
	doctorName    = "doctor.json"
	findingsName  = "findings.json"
	historyName   = "history.jsonl"
	activityName  = "activity.jsonl"
	exchangesName = "exchanges.jsonl"
	dnsName       = "dns.jsonl"
	signInsName   = "signins.jsonl"
	sessionName   = "session.json"
	probesName    = "probes.jsonl"
	journalFolder = "journals/"
	journalEnd    = ".jsonl"
)

// part is one entry with its bytes.
type part struct {
	name string
	data []byte
}

// parts makes the entries of a bundle, but for the manifest.
func (b Bundle) parts() ([]part, error) {
	journals := slices.Clone(b.Journals)
	slices.SortStableFunc(journals, func(a, b Journal) int { return cmp.Compare(a.ID, b.ID) })
	others := slices.Clone(b.Others)
	slices.SortStableFunc(others, func(a, b Other) int { return cmp.Compare(a.Name, b.Name) })

	var w writer
	w.document(statusName, b.Status)
	w.document(doctorName, b.Doctor)
	w.document(findingsName, b.Findings)
	lines(&w, historyName, b.History)
	for _, j := range journals {
		lines(&w, journalFolder+j.ID+journalEnd, j.Lines)
	}
	lines(&w, activityName, b.Activity)
	lines(&w, probesName, b.Probes)
	lines(&w, exchangesName, b.Exchanges)
	lines(&w, dnsName, b.DNS)
	lines(&w, signInsName, b.SignIns)
	if b.Session != nil {
		raw, err := encode(b.Session)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", sessionName, err)
		}
		w.document(sessionName, raw)
	}
	for _, o := range others {
		w.parts = append(w.parts, part{o.Name, o.Data})
	}
	return w.parts, w.err
}

// writer collects entries until one fails.
type writer struct {
	parts []part
	err   error
}

// document adds a JSON document, in lines that a person can read.
func (w *writer) document(name string, raw json.RawMessage) {
	if w.err != nil || len(raw) == 0 {
		return
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		w.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	out.WriteByte('\n')
	w.parts = append(w.parts, part{name, out.Bytes()})
}

// lines adds values, one a line.
func lines[T any](w *writer, name string, list []T) {
	if w.err != nil || len(list) == 0 {
		return
	}
	var out bytes.Buffer
	for _, v := range list {
		line, err := encode(v)
		if err != nil {
			w.err = fmt.Errorf("%s: %w", name, err)
			return
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	w.parts = append(w.parts, part{name, out.Bytes()})
}

// encode writes a value as JSON in one line, with < and & as they are: an address in a
// bundle reads as it was.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(out.Bytes(), "\n"), nil
}

// accept takes an entry into the bundle. One that is not known is kept as it is.
func accept(b *Bundle, p part) error {
	switch p.name {
	case statusName:
		return acceptDocument(p.data, &b.Status)
	case doctorName:
		return acceptDocument(p.data, &b.Doctor)
	case findingsName:
		return acceptDocument(p.data, &b.Findings)
	case historyName:
		return acceptLines(p.data, &b.History)
	case activityName:
		return acceptLines(p.data, &b.Activity)
	case exchangesName:
		return acceptLines(p.data, &b.Exchanges)
	case dnsName:
		return acceptLines(p.data, &b.DNS)
	case signInsName:
		return acceptLines(p.data, &b.SignIns)
	case probesName:
		return acceptLines(p.data, &b.Probes)
	case sessionName:
		var raw json.RawMessage
		if err := acceptDocument(p.data, &raw); err != nil {
			return err
		}
		b.Session = new(Session)
		if err := json.Unmarshal(raw, b.Session); err != nil {
			return shape(err)
		}
		return nil
	}
	if id, ok := journalID(p.name); ok {
		j := Journal{ID: id}
		err := acceptLines(p.data, &j.Lines)
		b.Journals = append(b.Journals, j)
		return err
	}
	b.Others = append(b.Others, Other{p.name, p.data})
	return nil
}

// journalID is the id of the journal that an entry holds.
func journalID(name string) (string, bool) {
	id, in := strings.CutPrefix(name, journalFolder)
	id, ends := strings.CutSuffix(id, journalEnd)
	return id, in && ends && id != "" && !strings.Contains(id, "/")
}
