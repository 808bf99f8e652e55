package linear

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

func capital(text string) string { return phrase.Capital(text) }

// nameOf is a name as people call it.
func nameOf(t safe.Text) string { return t.Or("(no name)").String() }

// grade is how one thing stands, in words: the mark of a table, read aloud.
func grade(f finding.Finding) string {
	if f.Acknowledged() {
		return gradeOf(f.Severity) + ", known"
	}
	return gradeOf(f.Severity)
}

func gradeOf(s model.Severity) string {
	if s == model.SeverityAttention {
		return "look at this"
	}
	return theme.Word(s)
}

// worst are networks in the order in which a person would look: the most urgent first.
func worst(list []*model.NetworkStatus) []*model.NetworkStatus {
	out := slices.Clone(list)
	model.SortNetworks(out, model.ByUrgency, false)
	return out
}

// counts says how many networks there are, and how they stand: the most urgent first.
func counts(s *model.Snapshot) string {
	n := s.Count()
	var parts []string
	for _, severity := range finding.Severities() {
		if n[severity] > 0 {
			parts = append(parts, strconv.Itoa(n[severity])+" "+theme.Word(severity))
		}
	}
	if known := s.Acknowledged(); known > 0 {
		parts = append(parts, strconv.Itoa(known)+" known")
	}
	text := phrase.Count(len(s.Networks), "network")
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	return text + "."
}

// lasting is how long a state has lasted that is not fine, as the end of a sentence.
func lasting(since model.Since, now time.Time) string {
	if text := since.Whole(now); text != "" {
		return ", for " + text
	}
	return ""
}
