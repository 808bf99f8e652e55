package bundle

import "strings"

// About says what an entry holds, for a list; empty for one that is not known.
func About(name string) string {
	if _, ok := journalID(name); ok {
		return "what a set-up intended and did"
	}
	return map[string]string{
		statusName:    "the networks and peerings, with verdicts",
		doctorName:    "the doctor's report",
		findingsName:  "what was found",
		historyName:   "states that changed",
		activityName:  "what was asked and done",
		probesName:    "the last probes of mapping tables",
		exchangesName: "requests to the clouds, and their answers",
		dnsName:       "questions to DNS servers, and their answers",
		signInsName:   "who was signed in from where, without tokens",
		sessionName:   "what a replay needs beside",
	}[name]
}

// Text is everything that a bundle holds, as one text to look for words in.
func (b Bundle) Text() (string, error) {
	parts, err := b.parts()
	if err != nil {
		return "", tooMuch(err.Error())
	}
	var out strings.Builder
	for _, p := range parts {
		out.Write(p.data)
	}
	out.WriteString(b.Manifest.Context + "\n" + strings.Join(b.Manifest.Command, "\n"))
	return out.String(), nil
}
