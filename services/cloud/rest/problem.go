package rest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// problem is the body of an error of Azure or Graph, as far as it is needed.
type problem struct {
	Error struct {
		Message    safe.Text `json:"message"`
		Additional []struct {
			Type string `json:"type"`
			Info struct {
				Assignment safe.Text `json:"policyAssignmentDisplayName"`
				Definition safe.Text `json:"policyDefinitionDisplayName"`
				Name       safe.Text `json:"policyAssignmentName"`
			} `json:"info"`
		} `json:"additionalInfo"`
	} `json:"error"`
}

// policies names the policies that refused a request: Azure tells them beside the message
// and, in older answers, as a list of JSON within it.
func (p problem) policies() []safe.Text {
	var out []safe.Text
	add := func(name safe.Text) {
		if !name.IsEmpty() && !slices.ContainsFunc(out, name.EqualFold) {
			out = append(out, name)
		}
	}
	for _, a := range p.Error.Additional {
		if a.Type == "PolicyViolation" {
			add(a.Info.Assignment.Or(a.Info.Definition.Or(a.Info.Name.Raw()).Raw()))
		}
	}
	if len(out) > 0 {
		return out
	}
	_, text, found := strings.Cut(p.Error.Message.Raw(), "Policy identifiers: '")
	if !found {
		return nil
	}
	type named struct {
		Name safe.Text `json:"name"`
	}
	var list []struct {
		Assignment named `json:"policyAssignment"`
		Definition named `json:"policyDefinition"`
	}
	text = text[:max(strings.LastIndexByte(text, ']')+1, 0)]
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil // a message of another form
	}
	for _, l := range list {
		add(l.Assignment.Name.Or(l.Definition.Name.Raw()))
	}
	return out
}
