package doctor

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// SettingsFacts are what the settings were put together from.
type SettingsFacts struct {
	File      safe.Text   // the configuration file's path
	There     bool        // it was read; false: there is none, which is no fault
	Context   safe.Text   // the context in use; empty for none
	Variables []safe.Text // names of variables that say something
	Flags     []safe.Text // names of flags that say something
	Warnings  []string    // what was noticed and is no reason to stop
	Problem   string      // why they could not be put together; empty: they were
}

// Settings judges the settings.
func Settings(f SettingsFacts) []Check {
	const topic = "settings"
	var out []Check
	if f.Problem != "" {
		out = append(out, Check{Area: Machine, Topic: topic, Subject: f.File, Finding: finding.Finding{
			Code: "settings-unreadable", Severity: finding.Broken, Word: "wrong",
			Cause: safe.Clean(f.Problem), Next: finding.Next{Kind: finding.NextCommand, Text: "Put right what it names; nothing else can be asked before."},
		}})
	} else {
		cause := fmt.Sprintf("Read from %s.", f.File)
		if !f.There {
			cause = fmt.Sprintf("There is no %s, so everything is as it comes.", f.File)
		}
		out = append(out, Check{Area: Machine, Topic: topic, Finding: ok("settings-read", "read", cause), Details: f.details()})
	}
	for _, w := range f.Warnings {
		out = append(out, Check{Area: Machine, Topic: topic, Finding: finding.Finding{
			Code: "settings-warning", Severity: finding.Attention, Word: "odd", Cause: sentence(w),
			Next: finding.Next{Kind: finding.NextCommand, Text: "Do what it says; until then peerdeck goes on without."},
		}})
	}
	return out
}

func (f SettingsFacts) details() []safe.Text {
	var out []safe.Text
	if !f.Context.IsEmpty() {
		out = append(out, safe.New("context "+f.Context.Raw()))
	}
	if len(f.Flags) > 0 {
		out = append(out, safe.New("flags: "+phrase.List(f.Flags)))
	}
	if len(f.Variables) > 0 {
		out = append(out, safe.New("variables: "+phrase.List(f.Variables)))
	}
	return out
}

// StateFacts are what is known of the folder in which peerdeck keeps things.
type StateFacts struct {
	Dir      safe.Text // empty: nothing is kept, by choice
	There    bool      // it is there; else Parent is the nearest folder above that is
	Parent   safe.Text
	Writable bool
	Why      safe.Text // why it is not
	From     safe.Text // the variable that names it; empty for the usual place
}

// State judges the folder of the state.
func State(f StateFacts) Check {
	c := Check{Area: Machine, Topic: "state folder", Subject: f.Dir}
	switch {
	case f.Dir.IsEmpty():
		c.Finding = ok("state-none", "none", "Nothing is kept on this machine.")
	case f.Writable && f.There:
		c.Finding = ok("state-writable", "writable", fmt.Sprintf("History, journals and restore points are kept in %s.", f.Dir))
	case f.Writable:
		c.Finding = ok("state-writable", "writable", fmt.Sprintf("%s is made when there is something to keep.", f.Dir))
	default:
		at := f.Dir
		if !f.There {
			at = f.Parent
		}
		from := "another folder in XDG_STATE_HOME"
		if !f.From.IsEmpty() {
			from = "a folder of your own in " + f.From.String()
		}
		c.Finding = finding.Finding{
			Code: "state-unwritable", Severity: finding.Attention, Word: "closed",
			Cause: fmt.Sprintf("Nothing can be kept in %s: %s. History, journals of set-ups and restore points are lost when peerdeck ends.", f.Dir, f.Why.Or("it may not be written")),
			Next:  finding.Next{Kind: finding.NextCommand, Text: fmt.Sprintf("Name %s, or give yourself the right to write in %s.", from, at), Command: "ls -ld " + model.ShellQuote(at.String())},
		}
	}
	return c
}

// KeyringFacts are what the keyring of the system said.
type KeyringFacts struct {
	Entry   safe.Text // what was looked for
	Found   bool
	Empty   bool      // it answers, and has no such entry
	Why     safe.Text // why it does not answer
	Needed  bool      // no other source has a token
	Skipped bool      // it was not asked: the system has none, or a recording is shown
}

// Keyring judges the keyring. One that is not there is no fault where the token comes from
// elsewhere.
func Keyring(f KeyringFacts) Check {
	c := Check{Area: Machine, Topic: "keyring"}
	switch {
	case f.Skipped:
		c.Finding = ok("keyring-unused", "not asked", "It was not asked.")
	case f.Found:
		c.Finding = ok("keyring-holds", "has a token", fmt.Sprintf("It has %s.", f.Entry))
	case f.Empty:
		c.Finding = ok("keyring-empty", "no token", fmt.Sprintf("It answers, and has no %s.", f.Entry))
	case !f.Needed:
		c.Finding = ok("keyring-unused", "closed", "It cannot be asked, and the token comes from elsewhere.")
		c.Details = []safe.Text{f.Why.Or("no answer")}
	default:
		c.Finding = finding.Finding{
			Code: "keyring-closed", Severity: finding.Attention, Word: "closed",
			Cause: fmt.Sprintf("It cannot be asked: %s.", strings.TrimRight(f.Why.Or("no answer").String(), ". ")),
			Next:  finding.Next{Kind: finding.NextCommand, Text: "Unlock it, or give the token in KONNECT_TOKEN or in a file that KONNECT_TOKEN_FILE names."},
		}
	}
	return c
}

// ProgramFacts are which program this is.
type ProgramFacts struct {
	Version, Commit, Platform string
	Modified                  bool
}

// Program says which program this is. Whether there is a newer one nobody is asked.
func Program(f ProgramFacts) Check {
	details := []safe.Text{safe.New(f.Platform)}
	if f.Commit != "" {
		commit := "commit " + f.Commit
		if f.Modified {
			commit += ", with changes that are not committed"
		}
		details = append(details, safe.New(commit))
	}
	return Check{
		Area: Machine, Topic: "version", Details: details,
		Finding: ok("version", f.Version, "peerdeck "+f.Version+". Nobody was asked whether there is a newer one."),
	}
}

// sentence ends a text with a full stop and begins it with a large letter.
func sentence(s string) string {
	s = strings.TrimRight(safe.Clean(s), ". ")
	if s == "" {
		return s
	}
	return phrase.Capital(s) + "."
}
