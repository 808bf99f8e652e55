package redact

import (
	"encoding/hex"
	"net/netip"

	"github.com/miekg/dns"
)

// message redacts a DNS message as it was on the wire. One that cannot be read becomes as
// many zero bytes: what it holds is not known. A record of a type that is not known keeps
// its name and its time, and loses what it says.
func (r *Redactor) message(wire []byte) []byte {
	if r.keep || len(wire) == 0 {
		return wire
	}
	m := new(dns.Msg)
	if err := m.Unpack(wire); err != nil {
		return make([]byte, len(wire))
	}
	for i := range m.Question {
		m.Question[i].Name = r.host(m.Question[i].Name)
	}
	for _, section := range [][]dns.RR{m.Answer, m.Ns, m.Extra} {
		for i, rr := range section {
			section[i] = r.record(rr)
		}
	}
	m.Compress = true
	out, err := m.Pack()
	if err != nil {
		return make([]byte, len(wire))
	}
	return out
}

func (r *Redactor) host(name string) string { return dns.Fqdn(r.domain(name)) }

func (r *Redactor) record(rr dns.RR) dns.RR {
	if opt, ok := rr.(*dns.OPT); ok {
		return r.options(opt)
	}
	rr.Header().Name = r.host(rr.Header().Name)
	switch rr := rr.(type) {
	case *dns.A:
		if ip, ok := netip.AddrFromSlice(rr.A); ok {
			rr.A = r.ip(ip.Unmap()).AsSlice()
		}
	case *dns.AAAA:
		if ip, ok := netip.AddrFromSlice(rr.AAAA); ok {
			rr.AAAA = r.ip(ip).AsSlice()
		}
	case *dns.CNAME:
		rr.Target = r.host(rr.Target)
	case *dns.DNAME:
		rr.Target = r.host(rr.Target)
	case *dns.NS:
		rr.Ns = r.host(rr.Ns)
	case *dns.PTR:
		rr.Ptr = r.host(rr.Ptr)
	case *dns.MX:
		rr.Mx = r.host(rr.Mx)
	case *dns.SRV:
		rr.Target = r.host(rr.Target)
	case *dns.SOA:
		rr.Ns, rr.Mbox = r.host(rr.Ns), r.host(rr.Mbox)
	case *dns.TXT:
		for i, text := range rr.Txt {
			rr.Txt[i] = cut(r.Text(text))
		}
	default:
		return &dns.RFC3597{Hdr: *rr.Header()}
	}
	return rr
}

// options redacts what a server says beside its records. Cookies go.
func (r *Redactor) options(opt *dns.OPT) dns.RR {
	kept := opt.Option[:0]
	for _, o := range opt.Option {
		switch o := o.(type) {
		case *dns.EDNS0_EDE:
			o.ExtraText = cut(r.Text(o.ExtraText))
			kept = append(kept, o)
		case *dns.EDNS0_NSID:
			if id, err := hex.DecodeString(o.Nsid); err == nil {
				o.Nsid = hex.EncodeToString([]byte(r.Name(string(id))))
				kept = append(kept, o)
			}
		}
	}
	opt.Option = kept
	return opt
}

// cut bounds a text of a record, whose length is one byte.
func cut(s string) string { return s[:min(len(s), 255)] }
