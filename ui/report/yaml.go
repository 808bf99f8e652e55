package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// writeYAML writes a JSON document as YAML. A text that is more than a plain
// word is written as a JSON string, which is YAML too, with everything escaped
// that a terminal could obey; the YAML library at hand writes such bytes as they
// are, which is no valid YAML.
func writeYAML(w io.Writer, document []byte) error {
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	var b strings.Builder
	if err := node(&b, d, "", "\n"); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	_, err := io.WriteString(w, strings.TrimPrefix(b.String(), "\n"))
	return err
}

// node writes one value. Lead is what stands between the key and a member of the
// next level.
func node(b *strings.Builder, d *json.Decoder, indent, lead string) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t := t.(type) {
	case json.Delim:
		switch {
		case !d.More() && t == '{':
			b.WriteString(" {}\n")
		case !d.More():
			b.WriteString(" []\n")
		case t == '{':
			b.WriteString(lead)
			err = members(b, d, indent)
		default:
			b.WriteString("\n")
			err = items(b, d, indent)
		}
		if err == nil {
			_, err = d.Token() // the closing one
		}
		return err
	case string:
		b.WriteString(" " + scalar(t) + "\n")
	case nil:
		b.WriteString(" null\n")
	default:
		fmt.Fprintf(b, " %v\n", t)
	}
	return nil
}

func members(b *strings.Builder, d *json.Decoder, indent string) error {
	for first := true; d.More(); first = false {
		key, err := d.Token()
		if err != nil {
			return err
		}
		if !first || strings.HasSuffix(b.String(), "\n") {
			b.WriteString(indent)
		}
		fmt.Fprintf(b, "%v:", key)
		if err := node(b, d, indent+"  ", "\n"); err != nil {
			return err
		}
	}
	return nil
}

func items(b *strings.Builder, d *json.Decoder, indent string) error {
	for d.More() {
		b.WriteString(indent + "-")
		if err := node(b, d, indent+"  ", " "); err != nil {
			return err
		}
	}
	return nil
}

// scalar writes a text: as it stands when it can be nothing but a word.
func scalar(s string) string {
	reserved := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
	plain := s != "" && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z') && !slices.Contains(reserved, strings.ToLower(s))
	for i := range len(s) {
		c := s[i]
		plain = plain && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '/')
	}
	if plain {
		return s
	}
	data, err := safe.New(s).MarshalJSON()
	if err != nil {
		return `""`
	}
	return string(data)
}
