package terraform

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Note is something that the configuration does not hold, or that a person must know
// before it is applied.
type Note struct {
	Subject string
	Text    string
	// Left: it is there and could not be expressed, or could not be read.
	Left bool
}

// String is the note in one line.
func (n Note) String() string { return n.Subject + ": " + n.Text }

// Export is the configuration of one network, with what is to be said of it.
type Export struct {
	Text  string
	Notes []Note
}

// Whole reports whether nothing was left out.
func (e Export) Whole() bool {
	return !slices.ContainsFunc(e.Notes, func(n Note) bool { return n.Left })
}

// writing is a configuration in the making.
type writing struct {
	network  *model.NetworkStatus
	file     *hclwrite.File
	names    given
	own      string // the name of the network's resource
	notes    []Note
	accounts []account
	cloud    azurecloud.Cloud
}

// Write writes the configuration of a network and of what Kong's application may do in its
// VNETs.
func Write(n *model.NetworkStatus, access []Access, cloud azurecloud.Cloud, version string) Export {
	w := &writing{network: n, file: hclwrite.NewEmptyFile(), names: given{}, cloud: cloud}
	w.own = w.names.of(kindNetwork, n.Name.Or(n.ID.Raw()), "network")
	body := hclwrite.NewEmptyFile()
	kept := w.file
	w.file = body
	w.networkItself()
	w.peerings()
	w.privateDNS()
	w.access(access)
	w.file = kept
	w.head(version)
	text := append(w.file.Bytes(), body.Bytes()...)
	return Export{Text: string(hclwrite.Format(text)), Notes: w.notes}
}

func (w *writing) body() *hclwrite.Body { return w.file.Body() }

// note keeps a remark and writes it where it belongs, too.
func (w *writing) note(left bool, subject, text string) {
	w.notes = append(w.notes, Note{Subject: subject, Text: text, Left: left})
	comment(w.body(), subject+": "+text)
}

// head says what the whole is for, and which providers it is for.
func (w *writing) head(version string) {
	b := w.body()
	comment(b, fmt.Sprintf("The network %s as it is, written by peerdeck %s. \"terraform plan\" must say that it imports and changes nothing:", w.network.Name, version))
	comment(b, "if it wants to replace or destroy something, do not apply it.")
	if len(w.notes) > 0 {
		comment(b, "")
		comment(b, "To be known before:")
		for _, n := range w.notes {
			comment(b, "- "+n.String())
		}
	}
	b.AppendNewline()
	t := b.AppendNewBlock("terraform", nil).Body()
	t.SetAttributeRaw("required_version", word(">= 1.5.0"))
	p := t.AppendNewBlock("required_providers", nil).Body()
	provider := func(name, source, version string) {
		p.SetAttributeRaw(name, object(named("source", word(source)), named("version", word(version))))
	}
	provider("konnect", "kong/konnect", "~> 3.0")
	if len(w.accounts) > 0 {
		provider("azurerm", "hashicorp/azurerm", "~> 5.0")
	}
	b.AppendNewline()
	comment(b, "The token is that of KONNECT_TOKEN.")
	b.AppendNewBlock("provider", []string{"konnect"})
	b.AppendNewline()
	for _, a := range w.accounts {
		az := b.AppendNewBlock("provider", []string{"azurerm"}).Body()
		az.SetAttributeRaw("alias", word(a.alias))
		az.SetAttributeRaw("tenant_id", quoted(a.tenant))
		az.SetAttributeRaw("subscription_id", quoted(a.subscription))
		if e := environment(w.cloud); e != "" {
			az.SetAttributeRaw("environment", word(e))
		}
		az.AppendNewBlock("features", nil)
		b.AppendNewline()
	}
}

// unread notes a part of the network that was not read whole.
func (w *writing) unread(what string, part model.Part) {
	switch {
	case part.Failure != nil:
		w.note(true, what, "they could not all be read: "+part.Failure.Error())
	case !part.Read():
		w.note(true, what, "they were not read")
	}
}

// extra notes what Konnect says that peerdeck has no place for.
func (w *writing) extra(subject string, fields []model.Field) {
	var labels []string
	for _, f := range fields {
		labels = append(labels, f.Label.String())
	}
	if len(labels) > 0 {
		w.note(true, subject, "Konnect says more than is written here: "+phrase.Few(labels, 8)+"; look into it before you apply")
	}
}

// imported writes the block that takes something over, by the provider of its resource.
func (w *writing) imported(kind, name string, id hclwrite.Tokens) {
	b := w.body().AppendNewBlock("import", nil).Body()
	b.SetAttributeRaw("to", reference(kind, name))
	b.SetAttributeRaw("id", id)
	w.body().AppendNewline()
}

// kept has Terraform refuse to destroy a resource, and to touch what an import leaves empty.
func kept(b *hclwrite.Body, ignored ...string) {
	l := b.AppendNewBlock("lifecycle", nil).Body()
	l.SetAttributeRaw("prevent_destroy", reference("true"))
	if len(ignored) > 0 {
		var all []hclwrite.Tokens
		for _, i := range ignored {
			all = append(all, reference(i))
		}
		l.SetAttributeRaw("ignore_changes", hclwrite.TokensForTuple(all))
	}
}

// pair is the id by which Kong's provider imports what belongs to a network.
func pair(id, network safe.Text) hclwrite.Tokens {
	return hclwrite.TokensForFunctionCall("jsonencode", object(named("id", quoted(id)), named("network_id", quoted(network))))
}
