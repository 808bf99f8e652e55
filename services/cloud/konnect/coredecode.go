package konnect

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// What a control plane tells its data planes is decoded leniently: a member of another type
// than it should have is not known, and takes nothing else away.

// whole is a number of a list of a control plane, also where it is written as a text, which
// the contract lets a port be. Anything else is unknown.
type whole int

const unknownWhole whole = -1

// UnmarshalJSON reads the number.
func (n *whole) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	*n = unknownWhole
	f, err := strconv.ParseFloat(strings.Trim(string(data), `" `), 64)
	if err == nil && f >= 0 && f <= math.MaxInt32 && f == math.Trunc(f) {
		*n = whole(f)
	}
	return nil
}

// epoch is a time in seconds since 1970, with parts of them where Konnect gives some. 0 is
// unknown.
type epoch float64

// UnmarshalJSON reads the time.
func (e *epoch) UnmarshalJSON(data []byte) error {
	f, err := strconv.ParseFloat(string(data), 64)
	if err != nil || f < 0 || f > math.MaxInt32*2 {
		f = 0
	}
	*e = epoch(f)
	return nil
}

func (e epoch) time() time.Time {
	if e == 0 {
		return time.Time{}
	}
	seconds, part := math.Modf(float64(e))
	return time.Unix(int64(seconds), int64(part*float64(time.Second))).UTC()
}

// switched is a truth. Anything but true and false leaves it as it is.
type switched struct{ of *bool }

// UnmarshalJSON reads the truth.
func (s *switched) UnmarshalJSON(data []byte) error {
	if is := string(data) == "true"; is || string(data) == "false" {
		s.of = &is
	}
	return nil
}

func (s switched) or(otherwise bool) bool {
	if s.of == nil {
		return otherwise
	}
	return *s.of
}

// words is a list of texts. What is no list is none; what is no text in it is kept as it is
// written.
type words []safe.Text

// UnmarshalJSON reads the list.
func (w *words) UnmarshalJSON(data []byte) error {
	var list []safe.Text
	if json.Unmarshal(data, &list) == nil {
		*w = list
	}
	return nil
}

// foreign is the object that another one refers to.
type foreign struct{ id safe.Text }

// UnmarshalJSON reads its id.
func (f *foreign) UnmarshalJSON(data []byte) error {
	var w struct {
		ID safe.Text `json:"id"`
	}
	if json.Unmarshal(data, &w) == nil {
		f.id = w.ID
	}
	return nil
}

// readObject decodes an object; null and other values are none.
func readObject(raw json.RawMessage, into any) error {
	if len(raw) == 0 || raw[0] != '{' {
		return errors.New("an object is expected")
	}
	return json.Unmarshal(raw, into)
}

const mostPort = 65535

// decodeService reads a gateway service. One without an id is kept: the contract does not
// promise one, and its host says where requests go all the same.
func decodeService(raw json.RawMessage) (safe.Text, gateway.Service, error) {
	w := struct {
		ID        safe.Text `json:"id"`
		Name      safe.Text `json:"name"`
		Protocol  safe.Text `json:"protocol"`
		Host      safe.Text `json:"host"`
		Port      whole     `json:"port"`
		Path      safe.Text `json:"path"`
		Enabled   switched  `json:"enabled"`
		TLSVerify switched  `json:"tls_verify"`
		Tags      words     `json:"tags"`
		Created   epoch     `json:"created_at"`
		Updated   epoch     `json:"updated_at"`
	}{Port: unknownWhole}
	if err := readObject(raw, &w); err != nil {
		return safe.Text{}, gateway.Service{}, err
	}
	if w.Port > mostPort {
		w.Port = unknownWhole
	}
	return w.ID, gateway.Service{
		ID: w.ID, Name: w.Name, Protocol: w.Protocol, Host: w.Host, Port: int(w.Port), Path: w.Path,
		Enabled: w.Enabled.or(true), TLSVerify: w.TLSVerify.of, Tags: w.Tags, CreatedAt: w.Created.time(), UpdatedAt: w.Updated.time(),
	}, nil
}

// decodeRoute reads a route, of either form that the contract has.
func decodeRoute(raw json.RawMessage) (safe.Text, gateway.Route, error) {
	var w struct {
		ID           safe.Text `json:"id"`
		Name         safe.Text `json:"name"`
		Service      foreign   `json:"service"`
		Protocols    words     `json:"protocols"`
		Methods      words     `json:"methods"`
		Hosts        words     `json:"hosts"`
		Paths        words     `json:"paths"`
		SNIs         words     `json:"snis"`
		StripPath    switched  `json:"strip_path"`
		PreserveHost switched  `json:"preserve_host"`
		Expression   safe.Text `json:"expression"`
		Created      epoch     `json:"created_at"`
		Updated      epoch     `json:"updated_at"`
	}
	if err := readObject(raw, &w); err != nil {
		return safe.Text{}, gateway.Route{}, err
	}
	return w.ID, gateway.Route{
		ID: w.ID, Name: w.Name, ServiceID: w.Service.id, Protocols: w.Protocols, Methods: w.Methods, Hosts: w.Hosts, Paths: w.Paths, SNIs: w.SNIs,
		StripPath: w.StripPath.or(true), PreserveHost: w.PreserveHost.or(false), Expression: w.Expression,
		CreatedAt: w.Created.time(), UpdatedAt: w.Updated.time(),
	}, nil
}
