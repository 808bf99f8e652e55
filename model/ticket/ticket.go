// Package ticket makes the text that a person takes to somebody else: a ticket, a chat, a
// mail. There is one form of it, whatever screen or command it comes from: the conclusion
// first, since when it is so, the next step, the ids that support asks for, and then all
// that is known.
package ticket

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Ticket is what is told.
type Ticket struct {
	Subject string // what it is about, as screens call it: "eu-stage › stage-hub"
	// Findings are what is concluded, the most urgent first. What is only fine stands in it,
	// too: that peerdeck finds nothing is a conclusion. Empty: Conclusion says it.
	Findings []finding.Finding
	// Conclusion is a sentence for what no finding says, such as how a run stands.
	Conclusion string
	// Next is the next step where no finding has one.
	Next finding.Next
	// Since says when it began, in words; empty: it is not known.
	Since string
	// IDs are the objects that it is about; an empty value is left out.
	IDs []Fact
	// Details are all that is known, as plain text.
	Details string
}

// Fact is a labelled value.
type Fact struct{ Label, Value string }

// Of is a labelled value that comes from outside.
func Of(label string, value safe.Text) Fact { return Fact{label, value.String()} }

// Markdown writes the ticket. Text from outside can begin no markup of its own, and what is
// between fences stays there.
func (t Ticket) Markdown() string {
	b := &strings.Builder{}
	b.WriteString("## " + prose(t.Subject) + "\n")
	told := t.conclude(b)
	b.WriteString("\n**Since when:** " + prose(orElse(t.Since, "not known")) + "\n")
	t.steps(b, told)
	t.ids(b, told)
	if details := strings.Trim(t.Details, "\n"); details != "" {
		b.WriteString("\n### Details\n\n" + fenced("text", details))
	}
	return b.String()
}

// conclude writes what is so. It returns the findings that are told: one that says the same
// as another is told once, and what is fine only when nothing is wrong.
func (t Ticket) conclude(b *strings.Builder) []finding.Finding {
	var told []finding.Finding
	for _, f := range t.Findings {
		if f.Cause == "" || len(told) > 0 && (f.Severity == finding.OK || repeats(told, f)) {
			continue
		}
		told = append(told, f)
	}
	if t.Conclusion != "" {
		b.WriteString("\n" + prose(sentence(t.Conclusion)) + "\n")
	}
	for _, f := range told {
		b.WriteString("\n**" + prose(phrase.Capital(f.Severity.String())) + ":** " + prose(sentence(f.Cause)))
		switch f.Confidence {
		case finding.Likely, finding.Possible:
			b.WriteString(" (" + prose(f.Confidence.String()) + ")")
		default:
		}
		b.WriteString("\n")
		for _, m := range f.Missing {
			b.WriteString("- not known: " + prose(sentence(m)) + "\n")
		}
	}
	if len(told) == 0 && t.Conclusion == "" {
		b.WriteString("\nNothing is known of it yet.\n")
	}
	return told
}

func repeats(told []finding.Finding, f finding.Finding) bool {
	for _, other := range told {
		if other.Code == f.Code && other.Cause == f.Cause {
			return true
		}
	}
	return false
}

// steps writes what to do, each step once.
func (t Ticket) steps(b *strings.Builder, told []finding.Finding) {
	var steps []finding.Next
	add := func(n finding.Next) {
		if n.Text == "" && n.Command == "" {
			return
		}
		for _, other := range steps {
			if other.Text == n.Text && other.Command == n.Command {
				return
			}
		}
		steps = append(steps, n)
	}
	for _, f := range told {
		add(f.Next)
	}
	add(t.Next)
	if len(steps) == 0 {
		return
	}
	b.WriteString("\n**Next step:** ")
	for i, n := range steps {
		if i > 0 {
			b.WriteString("\nThen: ")
		}
		b.WriteString(prose(orElse(n.Text, "run the command.")) + "\n")
		if n.Command != "" {
			b.WriteString("\n" + fenced("sh", n.Command))
		}
	}
}

// ids writes the codes and the ids.
func (t Ticket) ids(b *strings.Builder, told []finding.Finding) {
	var facts []Fact
	for _, f := range told {
		if f.Code != "" {
			facts = append(facts, Fact{"finding", f.Codes()})
		}
	}
	seen := map[Fact]bool{}
	for _, f := range append(facts, t.IDs...) {
		if f.Value == "" || seen[f] {
			continue
		}
		if len(seen) == 0 {
			b.WriteString("\n| id | |\n| --- | --- |\n")
		}
		seen[f] = true
		b.WriteString("| " + cell(prose(f.Label)) + " | " + cell(code(f.Value)) + " |\n")
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// sentence ends a text as a sentence.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsRune(".!?:", rune(text[len(text)-1])) {
		return phrase.Capital(text)
	}
	return phrase.Capital(text) + "."
}
