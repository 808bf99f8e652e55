package setup

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// planPart draws the requests that a step sends: what comes of each, method and
// path, and the fields of the body.
func (s *Screen) planPart(step *setup.Step, width int, short bool) []string {
	var lines []string
	for i, w := range step.Plan {
		if i > 0 {
			lines = append(lines, "")
		}
		lead := "will send"
		switch {
		case w.Sent:
			lead = "sent"
		case s.run.DryRun:
			lead = "would send"
		case s.run.Over():
			lead = "was not sent"
		}
		if short && width < 70 {
			lines = append(lines, about(s.th, phrase.Capital(lead)+":", width)...)
		} else {
			lines = append(lines, about(s.th, phrase.Capital(lead)+", for "+w.Makes+":", width)...)
		}
		lines = append(lines, s.writeLines(w, width, short)...)
	}
	return lines
}

// writeLines draws one request. Short, the beginning of the path gives way: its end
// is what tells one from another.
func (s *Screen) writeLines(w model.Write, width int, short bool) []string {
	l := cell.NewLine(s.th, width).Space(1).Put(theme.Strong, w.Method).Space(1)
	url := w.URL.String()
	var lines []string
	if short {
		lines = append(lines, l.Put(theme.Plain, widget.PathEnd(widget.URLPath(url), width-l.Used()-1)).String())
	} else {
		parts := cell.Wrap(url, width-l.Used()-1, 0)
		for i, part := range parts {
			if i > 0 {
				l = cell.NewLine(s.th, width).To(2 + len(w.Method))
			}
			lines = append(lines, l.Put(theme.Plain, part).String())
		}
	}
	fields := bodyFields(w)
	label, longest := 0, 0
	for _, f := range fields {
		label, longest = max(label, cell.Width(f[0])), max(longest, cell.Width(f[1]))
	}
	const least, around = 16, 6
	label = min(label, max(least, width-around-longest)) // a name is cut only to make room for a value
	for _, f := range fields {
		value := f[1]
		if short {
			if strings.Contains(value, ", ") {
				value = cell.Cut(value, width-label-6)
			} else {
				value = widget.PathEnd(value, width-label-6)
			}
			lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, cell.Fit(f[0], label)).Space(2).Put(theme.Plain, value).String())
			continue
		}
		for i, part := range cell.Wrap(value, width-label-6, 0) {
			l := cell.NewLine(s.th, width).Space(3)
			if i == 0 {
				l.Put(theme.Muted, cell.Cut(f[0], label))
			}
			lines = append(lines, l.To(label+5).Put(theme.Plain, part).String())
		}
	}
	return lines
}

// bodyFields are the values of a JSON body with the last names that lead to them, in
// the order of the body. Of a body that is no JSON they are those up to there; v
// shows it whole.
func bodyFields(w model.Write) [][2]string {
	dec := json.NewDecoder(strings.NewReader(strings.Join(w.BodyLines(), "\n")))
	dec.UseNumber()
	var out [][2]string
	_ = walk(dec, "", &out)
	return slices.DeleteFunc(out, func(f [2]string) bool {
		return f[0] == "kind" || f[0] == "type" || f[0] == "description" // the same in every request of its sort
	})
}

// serversKey is Konnect's name for the servers of a domain.
const serversKey = "remote_dns_server_ip_addresses"

// walk reads one value and keeps what it holds.
func walk(dec *json.Decoder, name string, out *[][2]string) error {
	token, err := dec.Token()
	if err != nil {
		return err
	}
	delim, nested := token.(json.Delim)
	if !nested {
		*out = append(*out, [2]string{name, safe.Clean(fmt.Sprint(token))})
		return nil
	}
	if delim == '[' {
		return walkList(dec, name, out)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		label := safe.Clean(fmt.Sprint(key))
		if label == serversKey && name != "dns_config" && name != "" {
			label = name // in a resolver's map the domain is the key
		}
		if err := walk(dec, label, out); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// walkList reads a list; a list of plain values becomes one line.
func walkList(dec *json.Decoder, name string, out *[][2]string) error {
	var items [][2]string
	for dec.More() {
		if err := walk(dec, name, &items); err != nil {
			return err
		}
	}
	plain := make([]string, 0, len(items))
	for _, item := range items {
		if item[0] != name {
			*out = append(*out, items...)
			_, err := dec.Token()
			return err
		}
		plain = append(plain, item[1])
	}
	text := strings.Join(plain, ", ")
	const few = 3
	if len(plain) > few {
		text = fmt.Sprintf("%d: %s", len(plain), text)
	}
	*out = append(*out, [2]string{name, text})
	_, err := dec.Token()
	return err
}
