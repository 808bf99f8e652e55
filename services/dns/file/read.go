package file

import (
	"fmt"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
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
	if problem != "" {
		if format == "" {
			format, _ = detect(name, "")
		}
		return dnstable.Imported{Format: format, Problem: problem}
	}
	certain := true
	if format == "" {
		if what := otherFile(data, text); what != "" {
			return dnstable.Imported{Problem: what}
		}
		format, certain = detect(name, text)
	}
	r := newReader(format, text)
	r.out.Guessed = !certain
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

// readers are the functions that read each format.
func readers() map[dnstable.Format]func(*reader) {
	return map[dnstable.Format]func(*reader){
		dnstable.FormatPairs:        (*reader).pairs,
		dnstable.FormatCSV:          (*reader).csv,
		dnstable.FormatYAML:         (*reader).yaml,
		dnstable.FormatKonnectMap:   (*reader).json,
		dnstable.FormatKonnectList:  (*reader).json,
		dnstable.FormatAzureRuleset: (*reader).json,
		dnstable.FormatDnsmasq:      (*reader).dnsmasq,
		dnstable.FormatCoreDNS:      (*reader).coredns,
		dnstable.FormatUnbound:      (*reader).unbound,
		dnstable.FormatBIND:         (*reader).bind,
		dnstable.FormatKubernetes:   (*reader).tree,
		dnstable.FormatWindows:      (*reader).windows,
		dnstable.FormatResolved:     (*reader).resolved,
		dnstable.FormatNetworkM:     (*reader).networkManager,
		dnstable.FormatMacOS:        (*reader).scutil,
		dnstable.FormatAdGuard:      (*reader).adguard,
		dnstable.FormatBlocky:       (*reader).tree,
		dnstable.FormatPihole:       (*reader).pihole,
		dnstable.FormatPowerDNS:     (*reader).powerdns,
		dnstable.FormatKnot:         (*reader).knot,
		dnstable.FormatTechnitium:   (*reader).technitium,
		dnstable.FormatInfoblox:     (*reader).infoblox,
		dnstable.FormatAWS:          (*reader).tree,
		dnstable.FormatGCP:          (*reader).tree,
		dnstable.FormatOCI:          (*reader).tree,
	}
}

func (r *reader) read() {
	read, readable := readers()[r.out.Format]
	switch {
	case readable:
		read(r)
	case r.out.Format == dnstable.FormatTerraform:
		r.problemf("Terraform files are written, not read, since their values may stand elsewhere; %s", terraformWay(r.text))
	case r.out.Format == dnstable.FormatAzureCommands:
		r.problemf("az commands are written, not read; az dns-resolver forwarding-rule list --output json prints the rules in a form that is read")
	default:
		_, problem := dnstable.FormatNamed(string(r.out.Format))
		r.problemf("%s", problem)
	}
}
