package sandbox

import (
	"net/http"
	"net/netip"
	"strings"
)

// writeRecord makes, changes or deletes the addresses of a name in a private zone, which takes
// no time. Of a zone of which no event says what it holds nothing is written here.
func (q armRequest) writeRecord(sub *subscription, p resourcePath) reply {
	deletes := q.Method == http.MethodDelete
	verb := "write"
	if deletes {
		verb = "delete"
	}
	s := armScope{sub: sub, group: p.group, text: sub.scope() + "/resourceGroups/" + p.group + networkProvider + "privateDnsZones/" + p.names[0]}
	if refusal, ok := q.open(&s, "Microsoft.Network/privateDnsZones/A/"+verb); !ok {
		return refusal
	}
	if refusal, ok := q.mayChange(sub, s.text, deletes); !ok {
		return refusal
	}
	for _, z := range q.w.zones {
		if z.sub != sub || !strings.EqualFold(z.name, p.names[0]) || !strings.EqualFold(z.group, p.group) {
			continue
		}
		if z.records == nil || q.Method != http.MethodPut && !deletes {
			return q.notBuilt()
		}
		return q.recordOf(z, strings.ToLower(p.names[1]), deletes)
	}
	return q.noResource("privateDnsZones", p)
}

func (q armRequest) recordOf(z *privateZone, name string, deletes bool) reply {
	_, there := z.records[name]
	switch {
	case deletes && there:
		delete(z.records, name)
		return written(q.w, reply{status: http.StatusOK})
	case deletes:
		return written(q.w, reply{status: http.StatusNoContent})
	}
	var body struct {
		Properties struct {
			Records []struct {
				Address string `json:"ipv4Address"`
			} `json:"aRecords"`
		} `json:"properties"`
	}
	if refusal, ok := q.read(&body); !ok {
		return refusal
	}
	addresses := []string{}
	for _, r := range body.Properties.Records {
		if a, err := netip.ParseAddr(r.Address); err != nil || !a.Is4() {
			return armError(q.w, http.StatusBadRequest, "BadRequest", "The IPv4 address '"+r.Address+"' of the record set '"+name+"' is not valid.")
		}
		addresses = append(addresses, r.Address)
	}
	if len(addresses) == 0 {
		return armError(q.w, http.StatusBadRequest, "BadRequest", "The record set '"+name+"' must have at least one record.")
	}
	z.records[name] = addresses
	status := http.StatusCreated
	if there {
		status = http.StatusOK
	}
	return written(q.w, reply{status: status, kind: jsonType, body: renderRecord(z, name, addresses)})
}
