package mappings

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// wireVersion is that of the files. A file of a greater one is left alone, see [keep.Newer].
const wireVersion = 1

// envelope is a file of the store. The sum tells a flipped bit.
type envelope struct {
	Version int             `json:"version"`
	Kind    string          `json:"kind"`
	Sum     string          `json:"sha256"`
	Body    json.RawMessage `json:"body"`
}

func sum(body []byte) string {
	s := sha256.Sum256(body)
	return hex.EncodeToString(s[:])
}

// seal writes a body into an envelope.
func seal(kind string, body any) ([]byte, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(envelope{wireVersion, kind, sum(raw), raw})
	return append(data, '\n'), err
}

// unseal reads a body out of its envelope.
func unseal(kind string, data []byte, body any) error {
	var e envelope
	if err := json.Unmarshal(data, &e); err != nil {
		return fmt.Errorf("it is damaged: %w", err)
	}
	switch {
	case e.Version != wireVersion || e.Kind != kind:
		return errors.New("it is damaged: it is no " + kind)
	case sum(e.Body) != e.Sum:
		return errors.New("it is damaged: its checksum is not that of its content")
	}
	if err := json.Unmarshal(e.Body, body); err != nil {
		return fmt.Errorf("it is damaged: %w", err)
	}
	return nil
}

// text is a text byte for byte: JSON holds no bytes that are no UTF-8, so those go as
// base64.
type text struct{ safe.Text }

type rawText struct {
	Base64 string `json:"base64"`
}

func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(t.Raw()) {
		return t.Text.MarshalJSON()
	}
	return json.Marshal(rawText{base64.StdEncoding.EncodeToString([]byte(t.Raw()))})
}

func (t *text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		var raw rawText
		if err := json.Unmarshal(data, &raw); err != nil {
			return err
		}
		b, err := base64.StdEncoding.DecodeString(raw.Base64)
		t.Text = safe.New(string(b))
		return err
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	t.Text = safe.New(s)
	return nil
}

// IsZero lets empty texts be left out.
func (t text) IsZero() bool { return t.IsEmpty() }

type rowWire struct {
	Key     text         `json:"domain"`
	Servers []text       `json:"servers"`
	Extra   []memberWire `json:"extra,omitempty"`
}

type memberWire struct {
	Name text `json:"name"`
	JSON text `json:"json"`
}

func packRows(rows []dnstable.Row) []rowWire {
	out := make([]rowWire, len(rows))
	for i, r := range rows {
		out[i] = rowWire{Key: text{r.Key}, Servers: make([]text, len(r.Servers))}
		for k, s := range r.Servers {
			out[i].Servers[k] = text{s}
		}
		for _, m := range r.Extra {
			out[i].Extra = append(out[i].Extra, memberWire{text{m.Name}, text{m.JSON}})
		}
	}
	return out
}

func unpackRows(rows []rowWire) []dnstable.Row {
	var out []dnstable.Row
	for _, r := range rows {
		row := dnstable.Row{Key: r.Key.Text}
		for _, s := range r.Servers {
			row.Servers = append(row.Servers, s.Text)
		}
		for _, m := range r.Extra {
			row.Extra = append(row.Extra, dnstable.Member{Name: m.Name.Text, JSON: m.JSON.Text})
		}
		out = append(out, row)
	}
	return out
}

type targetWire struct {
	Network      text `json:"network"`
	NetworkName  text `json:"network_name,omitzero"`
	Resolver     text `json:"resolver,omitzero"`
	ResolverName text `json:"resolver_name,omitzero"`
}

func packTarget(t dnstable.Target) targetWire {
	return targetWire{text{t.Network}, text{t.NetworkName}, text{t.Resolver}, text{t.ResolverName}}
}

func (t targetWire) target() dnstable.Target {
	return dnstable.Target{Network: t.Network.Text, NetworkName: t.NetworkName.Text, Resolver: t.Resolver.Text, ResolverName: t.ResolverName.Text}
}

type writeWire struct {
	Method string `json:"method"`
	URL    text   `json:"url"`
	Body   text   `json:"body,omitzero"`
	Makes  string `json:"makes,omitempty"`
}

func packWrite(w model.Write) writeWire {
	return writeWire{w.Method, text{w.URL}, text{w.Body}, w.Makes}
}

func (w writeWire) write() model.Write {
	return model.Write{
		Service: model.WriteKonnect, Method: w.Method, URL: w.URL.Text, Body: w.Body.Text, Makes: w.Makes, Kind: model.ObjectResolver, Sent: true,
	}
}
