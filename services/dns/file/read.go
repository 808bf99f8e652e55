package file

import (
	"fmt"
	"strings"

	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

// What one text may hold: far more than any network has, and little enough that a
// wrong file cannot fill memory or a screen.
const (
	MaxBytes = 1 << 20
	MaxLines = 5000 // mappings, and parts that were refused
)

// Read reads mappings from a text. The name is that of a file, or empty; it helps to
// find the format where that is empty, see [Detect]. What cannot be read is a problem
// in the value, of the line or of the whole text.
func Read(name string, data []byte, format dnstable.Format) dnstable.Imported {
	text, problem := decode(data)
	if problem == "" {
		data = []byte(text)
	}
	if format == "" {
		format = Detect(name, data)
	}
	if problem != "" {
		return dnstable.Imported{Format: format, Problem: problem}
	}
	r := newReader(format, text)
	r.read()
	switch {
	case r.out.Problem != "":
		r.out.Lines = nil
	case len(r.out.Lines) > MaxLines:
		r.problemf("it holds %d mappings; %d can be taken at once: split it", len(r.out.Lines), MaxLines)
		r.out.Lines = nil
	case len(r.out.Lines) == 0:
		r.note("there is no mapping in it")
	}
	return r.out
}

// decode makes one text of the ways in which one is written, and refuses one that is too
// long or says nothing.
func decode(data []byte) (text, problem string) {
	if len(data) > MaxBytes {
		return "", fmt.Sprintf("it is %d bytes long; %d can be taken at once: split it", len(data), MaxBytes)
	}
	text = safe.Decode(data)
	if strings.TrimSpace(text) == "" {
		return "", "it is empty; write a line such as: corp.example.com -> 10.1.0.4, 10.1.0.5"
	}
	return text, ""
}

func (r *reader) read() {
	switch r.out.Format {
	case dnstable.FormatPairs:
		r.pairs()
	case dnstable.FormatCSV:
		r.csv()
	case dnstable.FormatYAML:
		r.yaml()
	case dnstable.FormatKonnectMap, dnstable.FormatKonnectList, dnstable.FormatAzureRuleset:
		r.json()
	case dnstable.FormatDnsmasq:
		r.dnsmasq()
	case dnstable.FormatCoreDNS:
		r.coredns()
	case dnstable.FormatUnbound:
		r.unbound()
	case dnstable.FormatBIND:
		r.bind()
	case dnstable.FormatTerraform:
		r.problemf("Terraform files are written, not read: their values may stand elsewhere; export the table of the network as konnect-map, or write the mappings as plain pairs")
	case dnstable.FormatAzureCommands:
		r.problemf("az commands are written, not read; az dns-resolver forwarding-rule list --output json prints the rules in a form that is read")
	default:
		_, problem := dnstable.FormatNamed(string(r.out.Format))
		r.problemf("%s", problem)
	}
}
