package report

import (
	"io"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Context is a context of the configuration file in "peerdeck context list -o json".
type Context struct {
	Name     safe.Text `json:"name"`
	Current  bool      `json:"current"`
	Konnect  safe.Text `json:"konnect"` // the host; empty where it cannot be told
	Token    safe.Text `json:"token"`   // where it comes from, in words
	Cloud    string    `json:"cloud"`   // of Azure
	ReadOnly bool      `json:"read_only"`
	Colour   string    `json:"colour"`
	Problem  safe.Text `json:"problem"` // why it cannot be used; empty for nothing known
}

// ContextList is the document of "peerdeck context list -o json".
type ContextList struct {
	Contexts []Context `json:"contexts"`
}

// WriteContexts writes the contexts in a form.
func WriteContexts(w io.Writer, f Format, list []model.Context, ascii bool) error {
	if f != Table {
		out := make([]Context, len(list))
		for i, c := range list {
			out[i] = Context{
				Name: c.Name, Current: c.Current, Konnect: c.Konnect, Token: c.Token, Cloud: cloudOf(c), ReadOnly: c.ReadOnly, Colour: string(c.Colour), Problem: c.Problem,
			}
		}
		return WriteDocument(w, f, ContextList{out})
	}
	text := contextTable(list)
	if ascii {
		text = theme.ASCII(text)
	}
	_, err := io.WriteString(w, text)
	return err
}

// cloudOf is the name of the cloud, empty where it cannot be told.
func cloudOf(c model.Context) string {
	if c.Konnect.IsEmpty() {
		return ""
	}
	return c.Cloud.Name()
}

func contextTable(list []model.Context) string {
	if len(list) == 0 {
		return "The configuration file has no contexts.\n"
	}
	rows := [][]string{{"", "CONTEXT", "KONNECT", "TOKEN", "CLOUD", "WRITES"}}
	for _, c := range list {
		mark, writes := " ", "yes"
		if c.Current {
			mark = "›"
		}
		if c.ReadOnly {
			writes = "read-only"
		}
		from := c.Token.String()
		switch {
		case c.Problem.IsEmpty():
		case from == "":
			from, writes = "▲ cannot be used", ""
		default:
			from = "▲ " + from
		}
		rows = append(rows, []string{mark, c.Name.String(), c.Konnect.String(), from, cloudOf(c), writes})
	}
	var b strings.Builder
	columns(&b, rows)
	for _, c := range list {
		if !c.Problem.IsEmpty() {
			b.WriteString("\n▲ " + c.Name.String() + ": " + c.Problem.String() + "\n")
		}
	}
	return b.String()
}
