package konnect

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// number is a JSON number. Anything else counts as 0: a count that is wrong
// must not take the object that holds it away.
type number int

// UnmarshalJSON reads the number.
func (n *number) UnmarshalJSON(data []byte) error {
	f, err := strconv.ParseFloat(string(data), 64)
	if err != nil || f < 0 || f > 1<<31 {
		f = 0
	}
	*n = number(f)
	return nil
}

// count is a number of objects. What is missing or no number is not known to be
// none: it stays uncounted.
type count int

const uncounted count = -1

// UnmarshalJSON reads the count.
func (c *count) UnmarshalJSON(data []byte) error {
	*c = uncounted
	if n, err := strconv.ParseUint(string(data), 10, 31); err == nil {
		*c = count(n)
	}
	return nil
}

// timestamp is an RFC 3339 time. Anything else counts as unknown.
type timestamp struct{ time.Time }

// UnmarshalJSON reads the time.
func (t *timestamp) UnmarshalJSON(data []byte) error {
	parsed, err := time.Parse(time.RFC3339, strings.Trim(string(data), `"`))
	if err == nil {
		t.Time = parsed
	}
	return nil
}

// metadata is the state_metadata of any object.
type metadata struct {
	ReportedStatus safe.Text `json:"reported_status"`
	Reason         safe.Text `json:"reason"`
}

func errNoID() error { return errors.New("it has no id") }

// decode reads an object into a wire struct and returns the members that the
// struct does not know. Nearly every object has none, so they are looked for
// only where a strict reading fails.
func decode(raw json.RawMessage, into any) ([]model.Field, error) {
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	if strict.Decode(into) == nil && raw[0] == '{' {
		return nil, nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return nil, err
	}
	return unknown(raw, reflect.TypeOf(into).Elem(), "")
}

// unknown returns the members of an object that a struct does not know, those of
// its inner objects under their path.
func unknown(raw json.RawMessage, t reflect.Type, prefix string) ([]model.Field, error) {
	all, err := object(raw)
	if err != nil {
		return nil, err
	}
	var known []string
	var inner []model.Field
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		known = append(known, name)
		plain := field.Type.Kind() == reflect.Struct && !reflect.PointerTo(field.Type).Implements(reflect.TypeFor[json.Unmarshaler]())
		if member, there := all[name]; there && plain && member[0] == '{' {
			more, err := unknown(member, field.Type, prefix+name+".")
			if err != nil {
				return nil, err
			}
			inner = append(inner, more...)
		}
	}
	out := fields(all, known)
	for i := range out {
		out[i].Label = safe.New(prefix + out[i].Label.Raw())
	}
	return append(out, inner...), nil
}

// object reads the members of an object.
func object(raw json.RawMessage) (map[string]json.RawMessage, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	if all == nil {
		return nil, errors.New("an object is expected")
	}
	return all, nil
}

// fields returns the members that are not among the known ones, sorted by name.
func fields(all map[string]json.RawMessage, known []string) []model.Field {
	var out []model.Field
	for name, raw := range all {
		if slices.Contains(known, name) {
			continue
		}
		out = append(out, model.Field{Label: safe.New(name), Value: value(raw)})
	}
	slices.SortFunc(out, func(a, b model.Field) int { return a.Label.Compare(b.Label) })
	return out
}

// value shows a JSON value: a string as its text, anything else as compact JSON.
func value(raw json.RawMessage) safe.Text {
	var text safe.Text
	var b bytes.Buffer
	if len(raw) > 0 && raw[0] != '"' && json.Compact(&b, raw) == nil {
		return safe.New(b.String())
	}
	_ = json.Unmarshal(raw, &text) // never fails: see safe.Text
	return text
}
