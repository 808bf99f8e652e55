// Package remembered keeps the list of networks as it was read last, one small file for each
// context, so that a start shows it while the first answers come. The history beside it knows
// states by organization; whose token a program has is not known before an answer, so this is
// kept by what is: the context, and the address of Konnect.
package remembered

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	form         = 1
	maxFile      = 16 << 20 // at 10,000 networks it has some 3 MB
	mostNetworks = 20_000
	mostText     = 256 // bytes of a name or a word: more than Konnect takes
)

// wire is the file.
type wire struct {
	Version      int           `json:"version"` // the form
	Konnect      string        `json:"konnect"` // whose networks these are
	Organization wireName      `json:"organization"`
	At           time.Time     `json:"at"`
	Networks     []wireNetwork `json:"networks"`
}

type wireName struct {
	ID   safe.Text `json:"id"`
	Name safe.Text `json:"name"`
}

type wireNetwork struct {
	ID       safe.Text `json:"id"`
	Name     safe.Text `json:"name"`
	Region   safe.Text `json:"region"`
	Provider safe.Text `json:"provider"`
	CIDR     safe.Text `json:"cidr"`
	State    safe.Text `json:"state"`
	Peerings int       `json:"peerings"`
	Severity string    `json:"severity"`
	Word     safe.Text `json:"word"`
	ReadAt   time.Time `json:"read_at"`
}

// encode makes the file of a list: short texts without secrets, of a bounded number of
// networks.
func encode(konnect string, r model.Remembered) ([]byte, error) {
	w := wire{
		Version: form, Konnect: konnect, At: r.At.UTC(),
		Organization: wireName{tidy(r.Organization.ID), tidy(r.Organization.Name)}, Networks: []wireNetwork{},
	}
	for _, n := range r.Networks[:min(len(r.Networks), mostNetworks)] {
		w.Networks = append(w.Networks, wireNetwork{
			ID: tidy(n.ID), Name: tidy(n.Name), Region: tidy(n.Region), Provider: tidy(n.Provider), CIDR: tidy(n.CIDR), State: tidy(n.State),
			Peerings: n.Peerings, Severity: n.Severity.String(), Word: tidy(n.Word), ReadAt: n.ReadAt.UTC(),
		})
	}
	data, err := json.Marshal(w)
	if err == nil && len(data) >= maxFile {
		err = fmt.Errorf("it would be longer than %d MiB", maxFile>>20)
	}
	return append(data, '\n'), err
}

// tidy is a text without what looks like a secret, and not endless.
func tidy(t safe.Text) safe.Text { return short(t.Secretless()) }

func short(t safe.Text) safe.Text {
	if raw := t.Raw(); len(raw) > mostText {
		return safe.New(raw[:mostText])
	}
	return t
}

// decode reads a file. What it says is as trusted as an answer from outside: anybody who can
// write to the folder may have written it.
func decode(data []byte) (konnect string, r model.Remembered, err error) {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return "", r, errors.New("it is no JSON of peerdeck's")
	}
	if w.Version != form || w.At.IsZero() {
		return "", r, errors.New("it does not tell its form, or when it was read")
	}
	r.At, r.Organization = w.At, model.Organization{ID: short(w.Organization.ID), Name: short(w.Organization.Name)}
	seen := map[safe.Text]bool{{}: true} // a row is found by its id
	for _, n := range w.Networks[:min(len(w.Networks), mostNetworks)] {
		id := short(n.ID)
		if seen[id] {
			continue
		}
		seen[id] = true
		at := n.ReadAt
		if at.IsZero() || at.After(w.At) {
			at = w.At
		}
		r.Networks = append(r.Networks, model.RememberedNetwork{
			ID: id, Name: short(n.Name), Region: short(n.Region), Provider: short(n.Provider), CIDR: short(n.CIDR), State: short(n.State),
			Peerings: max(-1, n.Peerings), Severity: finding.SeverityNamed(n.Severity), Word: short(n.Word), ReadAt: at,
		})
	}
	return w.Konnect, r, nil
}
