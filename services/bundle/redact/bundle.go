package redact

import (
	"encoding/json"
	"maps"
	"strings"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
)

// Result is a bundle that may leave the machine, and what was done to it.
type Result struct {
	Bundle bundle.Bundle
	// Names are the stand-ins of this bundle and of the earlier ones; they stay with the
	// sender.
	Names Names
	// Replaced is the number of different names, ids and addresses that have a stand-in in
	// this bundle, Masked that of the texts that a secret was taken out of.
	Replaced, Masked int
	// Dropped are the entries that were left out, because nobody knows what they hold.
	Dropped []string
}

// Bundle redacts all parts of a bundle in one pass, after one that learns which names
// there are.
func Bundle(b bundle.Bundle, o Options) Result {
	r := New(o)
	if !r.keep {
		r.learning = true
		_ = r.bundle(b)
		r.learning, r.used, r.masked, r.done = false, map[string]bool{}, 0, map[value]made{}
	}
	out := Result{Bundle: r.bundle(b), Masked: r.masked, Replaced: len(r.used)}
	out.Bundle.Manifest.Names = r.keep
	for _, other := range b.Others {
		out.Dropped = append(out.Dropped, other.Name)
	}
	if r.keep {
		out.Names = maps.Clone(o.Names)
		return out
	}
	out.Names = Names{}
	for stand, name := range r.names {
		if _, before := o.Names[stand]; before || r.used[stand] {
			out.Names[stand] = name
		}
	}
	return out
}

func (r *Redactor) bundle(b bundle.Bundle) bundle.Bundle {
	out := bundle.Bundle{Manifest: b.Manifest}
	// What the clouds said comes first: it has the names in places of their own.
	for _, e := range b.Exchanges {
		out.Exchanges = append(out.Exchanges, r.exchange(e))
	}
	for _, c := range b.History {
		if c.Aspect != model.AspectTable { // it is kept for comparing with the next one
			out.History = append(out.History, r.change(c))
		}
	}
	out.Status, out.Findings, out.Doctor = r.document(b.Status, texts), r.document(b.Findings, texts), r.document(b.Doctor, texts)
	for _, j := range b.Journals {
		lines := make([]json.RawMessage, len(j.Lines))
		for i, l := range j.Lines {
			lines[i] = r.document(l, names)
		}
		out.Journals = append(out.Journals, bundle.Journal{ID: j.ID, Lines: lines})
	}
	for _, a := range b.Activity {
		out.Activity = append(out.Activity, r.activity(a))
	}
	for _, a := range b.DNS {
		out.DNS = append(out.DNS, r.answer(a))
	}
	for _, s := range b.SignIns {
		s.Service = enum(r, s.Service)
		s.Tenant, s.Account, s.Source, s.Kind, s.Failure = r.Name(s.Tenant), r.Name(s.Account), r.Text(s.Source), r.enum(s.Kind), r.failure(s.Failure)
		out.SignIns = append(out.SignIns, s)
	}
	for _, p := range b.Probes {
		out.Probes = append(out.Probes, r.document(p, names))
	}
	out.Session = r.session(b.Session)
	out.Manifest.Context = r.Name(b.Manifest.Context)
	out.Manifest.Command = make([]string, len(b.Manifest.Command))
	for i, word := range b.Manifest.Command {
		out.Manifest.Command[i] = r.argument(word)
	}
	return out
}

// argument redacts a word of a command line. The words of the command stay.
func (r *Redactor) argument(word string) string {
	flag, value, valued := strings.Cut(word, "=")
	switch {
	case strings.HasPrefix(flag, "-") && !valued && r.vocabulary.plain(flag):
		return word
	case strings.HasPrefix(flag, "-") && secretMember(memberName(strings.TrimLeft(flag, "-"))) && valued:
		return flag + "=" + Mask
	case strings.HasPrefix(flag, "-") && valued:
		return flag + "=" + r.Name(value)
	case r.vocabulary[strings.ToLower(word)]:
		return word
	default:
		return r.Name(word)
	}
}

// document redacts a JSON document. One that is none is left out.
func (r *Redactor) document(raw json.RawMessage, otherwise class) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}
	out, err := r.json(raw, otherwise)
	if err != nil {
		return nil
	}
	return out
}

func (r *Redactor) exchange(e bundle.Exchange) bundle.Exchange {
	e.Service, e.Method = enum(r, e.Service), r.enum(e.Method)
	e.Host, e.Tenant, e.Path, e.Failure = r.hostPort(e.Host), r.Name(e.Tenant), r.Path(e.Path), r.failure(e.Failure)
	e.Request, e.Body = r.body(e.Request), r.body(e.Body)
	kept := map[string]bool{}
	for _, h := range bundle.Headers() {
		kept[h] = true
	}
	var headers []bundle.Header
	for _, h := range e.Header {
		if kept[h.Name] {
			headers = append(headers, bundle.Header{Name: h.Name, Value: r.header(h)})
		}
	}
	e.Header = headers
	return e
}

func (r *Redactor) header(h bundle.Header) string {
	switch h.Name {
	case "Content-Type", "Date", "Retry-After", "X-Ms-Ratelimit-Remaining-Subscription-Reads":
		return r.mask(h.Value)
	case "Location", "Azure-Asyncoperation":
		if v := r.mask(h.Value); r.keep {
			return v
		}
		return r.Name(h.Value)
	default:
		return r.Text(h.Value)
	}
}

// body redacts a body: JSON by its members, any other text by its words. Bytes that are no
// text stay no text.
func (r *Redactor) body(b bundle.Body) bundle.Body {
	switch {
	case len(b) == 0:
		return b
	case !utf8.Valid(b):
		return bundle.Body("\xff")
	}
	if out, err := r.json(b, names); err == nil {
		return out
	}
	return bundle.Body(r.Text(string(b)))
}

func (r *Redactor) failure(f *bundle.Failure) *bundle.Failure {
	if f == nil {
		return nil
	}
	out := *f
	out.Subject, out.Cause, out.Detail, out.Cure = r.subject(f.Subject), r.safe(f.Cause, r.Text), r.safe(f.Detail, r.Text), r.Text(f.Cure)
	out.Command = r.Text(f.Command)
	out.Code, out.TraceID, out.RequestID = r.safe(f.Code, r.enum), r.safe(f.TraceID, r.Name), r.safe(f.RequestID, r.Name)
	out.Kind, out.Finding, out.Operation, out.Cloud = enum(r, f.Kind), enum(r, f.Finding), r.Text(f.Operation), enum(r, f.Cloud)
	out.Invalid = nil
	for _, p := range f.Invalid {
		out.Invalid = append(out.Invalid, bundle.Invalid{Field: r.safe(p.Field, r.Text), Rule: r.safe(p.Rule, r.Text), Reason: r.safe(p.Reason, r.Text)})
	}
	out.Policies = r.list(f.Policies, r.Name)
	return &out
}

// subject redacts what a failure is about: a name, or some words with one.
func (r *Redactor) subject(t safe.Text) safe.Text {
	s := t.Raw()
	if !strings.Contains(s, " ") || r.dictionary[strings.ToLower(s)] {
		return r.safe(t, r.Name)
	}
	return r.safe(t, r.Text)
}

func (r *Redactor) safe(t safe.Text, by func(string) string) safe.Text {
	if t.IsEmpty() {
		return t
	}
	return safe.New(by(t.Raw()))
}

func (r *Redactor) change(c model.Change) model.Change {
	object := r.Name
	if c.Network.IsEmpty() && c.Aspect == model.AspectReading { // a service, or a tenant with its id
		object = r.Text
	}
	c.Network, c.NetworkName, c.Object, c.ObjectName = r.safe(c.Network, r.Name), r.safe(c.NetworkName, r.Name), r.safe(c.Object, object), r.safe(c.ObjectName, object)
	c.Code, c.Severity, c.Before = enum(r, c.Code), r.enum(c.Severity), r.enum(c.Before)
	c.Aspect = enum(r, c.Aspect)
	word := r.enum
	if !c.Aspect.OfState() { // words of ours, and servers
		word = r.Text
	}
	c.From, c.To, c.Reason, c.Domain = r.safe(c.From, word), r.safe(c.To, word), r.safe(c.Reason, r.Text), r.safe(c.Domain, r.Domain)
	return c
}

func (r *Redactor) activity(a bundle.Activity) bundle.Activity {
	a.Target, a.Trace = r.safe(a.Target, r.Path), r.safe(a.Trace, r.Name)
	a.Network, a.Object = r.subject(a.Network), r.subject(a.Object)
	a.Kind, a.Method = enum(r, a.Kind), r.enum(a.Method)
	a.Text, a.Service, a.Failure = r.Text(a.Text), r.Text(a.Service), r.failure(a.Failure)
	return a
}

func (r *Redactor) answer(a bundle.DNSAnswer) bundle.DNSAnswer {
	a.Via, a.Server, a.Text = r.Name(a.Via), r.Name(a.Server), r.Text(a.Text)
	a.Over, a.Fault, a.ForeignWhy = r.enum(a.Over), enum(r, a.Fault), r.Text(a.ForeignWhy)
	a.Name = r.Domain(a.Name)
	a.Query, a.Wire = r.message(a.Query), r.message(a.Wire)
	return a
}

// enum redacts a word of a type of its own.
func enum[T ~string](r *Redactor, word T) T { return T(r.enum(string(word))) }
