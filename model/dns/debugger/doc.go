// Package debugger reads a trace that somebody has saved from Konnect's Debugger: what a
// data plane saw of a request, span by span. It is evidence from the one place that cannot
// be asked from here: which address the gateway's DNS gave for a name, what it tried, and
// which peer it connected to.
//
// The file is OpenTelemetry's, and its form is documented nowhere: attributes come as lists
// or as objects, spans flat or nested. Both are read, and what is not known is left out. The
// names of spans and attributes are those of Kong's documentation of the Debugger (kong.dns,
// kong.find_upstream, network.peer.address), and those that versions of the gateway are
// known to write.
package debugger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

const (
	// MaxText is how many bytes are read at once.
	MaxText = 8 << 20
	// maxDepth is how deep objects may lie in each other.
	maxDepth = 64
	// maxSpans is how many spans are read.
	maxSpans = 20000
)

// Read reads a saved trace. When nothing can be taken, the problem says why and what to do;
// it is empty otherwise.
func Read(text string) (t Trace, problem string) {
	switch trimmed := strings.TrimSpace(text); {
	case len(text) > MaxText:
		return t, fmt.Sprintf("the trace has %d bytes, and at most %d are read; save one request alone", len(text), MaxText)
	case trimmed == "":
		return t, "the file is empty; save the trace from the Debugger again"
	case strings.HasPrefix(text, "PK\x03\x04"):
		return t, "this is a ZIP file; unpack it, and give one of the JSON files in it"
	}
	w := walker{}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	for d.More() { // some tools write one document a line
		var value any
		if err := d.Decode(&value); err != nil {
			return t, "this is not JSON (" + reason(err) + "); save the trace from the Debugger as JSON"
		}
		if !w.walk(value, 0) {
			return t, fmt.Sprintf("the JSON is more than %d levels deep, or has more than %d spans; save one request alone", maxDepth, maxSpans)
		}
	}
	if w.spans == 0 {
		return t, "there is no span of a gateway in it; save the trace of a request from the Debugger as JSON"
	}
	return w.trace(), ""
}

func reason(err error) string {
	text := err.Error()
	if len(text) > 120 {
		text = text[:120] + "…"
	}
	return text
}
