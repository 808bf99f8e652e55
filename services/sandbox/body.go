package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"
)

// bodyCheck reads the body of a Konnect write and collects what is wrong with it.
// Konnect is strict: a member that it does not know is refused.
type bodyCheck struct {
	wrong   []invalidParameter
	unknown UnknownMembers // what becomes of them, in a private DNS
	odd     bool           // there are some, which are taken
}

func (c *bodyCheck) add(field, rule, reason string) {
	c.wrong = append(c.wrong, invalidParameter{Field: field, Rule: rule, Reason: reason, Source: "body"})
}

// readBody decodes an object. It reports false when there is none to look at.
func (c *bodyCheck) readBody(r *http.Request) map[string]any {
	d := json.NewDecoder(io.LimitReader(r.Body, mostBody))
	var body map[string]any
	err := d.Decode(&body)
	if err == nil {
		_, err = d.Token()
	}
	if !errors.Is(err, io.EOF) || body == nil {
		c.add("body", "is_object", "must be a JSON object")
		return nil
	}
	return body
}

// noteOdd notes members of an object that are not in the list and are taken.
func (c *bodyCheck) noteOdd(object map[string]any, known ...string) {
	for name := range object {
		c.odd = c.odd || !slices.Contains(known, name)
	}
}

// members refuses members of an object that are not in the list.
func (c *bodyCheck) members(at string, object map[string]any, known ...string) {
	for _, name := range sortedKeys(object) {
		if !slices.Contains(known, name) {
			c.add(at+name, "unknown_property", "is not a known property")
		}
	}
}

// text returns a member that must be a text that is not empty.
func (c *bodyCheck) text(at string, object map[string]any, name string) string {
	value, there := object[name]
	s, ok := value.(string)
	switch {
	case !there || value == nil:
		c.add(at+name, "required", "is a required field")
	case !ok:
		c.add(at+name, "is_string", "must be a string")
	case s == "":
		c.add(at+name, "required", "must not be empty")
	}
	return s
}

// object returns a member that must be an object.
func (c *bodyCheck) object(at string, object map[string]any, name string) map[string]any {
	value, there := object[name]
	o, ok := value.(map[string]any)
	switch {
	case !there || value == nil:
		c.add(at+name, "required", "is a required field")
	case !ok:
		c.add(at+name, "is_object", "must be an object")
	}
	return o
}

// texts returns a member that must be a list of texts.
func (c *bodyCheck) texts(at string, object map[string]any, name string) []string {
	value, there := object[name]
	list, ok := value.([]any)
	switch {
	case !there || value == nil:
		c.add(at+name, "required", "is a required field")
		return nil
	case !ok:
		c.add(at+name, "is_array", "must be an array")
		return nil
	}
	out := make([]string, 0, len(list))
	for i, item := range list {
		s, ok := item.(string)
		if !ok {
			c.add(at+name+"."+strconv.Itoa(i), "is_string", "must be a string")
		}
		out = append(out, s)
	}
	return out
}

// mostName is the longest name, which the contract tells for networks and
// peerings only; it is taken for private DNS too.
const mostName = 120

func (c *bodyCheck) name(body map[string]any) string {
	s := c.text("", body, "name")
	if utf8.RuneCountInString(s) > mostName {
		most := mostName
		c.wrong = append(c.wrong, invalidParameter{Field: "name", Rule: "max_length", Maximum: &most, Reason: "must not have more than 120 characters", Source: "body"})
	}
	return s
}

// choice refuses a value that is not in the list.
func (c *bodyCheck) choice(field string, choices ...any) {
	c.wrong = append(c.wrong, invalidParameter{Field: field, Rule: "enum", Choices: choices, Reason: "must be one of the allowed values", Source: "body"})
}
