package paths_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestWhatTheDataPlanesSaw(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	seen := func(ago time.Duration, service string, status, upstream, took int) gateway.Request {
		return gateway.Request{At: now.Add(-ago), ServiceID: safe.New(service), Node: safe.New("n1"), Status: status, Upstream: upstream, UpstreamMS: took}
	}
	for about, c := range map[string]struct {
		record  gateway.Record
		reaches model.Ternary
		says    []string
	}{
		"answered":                              {gateway.Record{Span: 24 * time.Hour, Read: model.Part{At: now}, Requests: []gateway.Request{seen(time.Minute, "s", 200, 200, 10), seen(time.Hour, "s", 500, 500, 30), seen(time.Hour, "other", 504, 0, -1)}}, model.Yes, []string{"2 requests of 2", "within 30 ms", "1 min ago"}},
		"an error of the upstream is an answer": {gateway.Record{Span: time.Hour, Read: model.Part{At: now}, Requests: []gateway.Request{seen(time.Minute, "s", 502, 502, 10)}}, model.Yes, []string{"1 request of 1"}},
		"not answered":                          {gateway.Record{Span: time.Hour, Read: model.Part{At: now}, Requests: []gateway.Request{seen(time.Minute, "s", 504, 0, -1), seen(2*time.Minute, "s", 502, 0, -1)}}, model.No, []string{"0 requests of 2", "2 got none (502 and 504)"}},
		"not answered any more":                 {gateway.Record{Span: time.Hour, Read: model.Part{At: now}, Requests: []gateway.Request{seen(time.Minute, "s", 504, 0, -1), seen(2*time.Minute, "s", 200, 200, 5)}}, model.No, []string{"1 got none"}},
		"answered again":                        {gateway.Record{Span: time.Hour, Read: model.Part{At: now}, Requests: []gateway.Request{seen(time.Minute, "s", 200, 200, 5), seen(2*time.Minute, "s", 504, 0, -1)}}, model.Yes, nil},
		"answered by a plugin":                  {gateway.Record{Span: time.Hour, Read: model.Part{At: now}, Requests: []gateway.Request{seen(time.Minute, "s", 401, 0, -1)}}, model.Unstated, []string{"0 requests of 1"}},
		"no times":                              {gateway.Record{Span: time.Hour, Read: model.Part{At: now}, Requests: []gateway.Request{{ServiceID: safe.New("s"), Upstream: 200, UpstreamMS: -1}, {ServiceID: safe.New("s"), Status: 504, UpstreamMS: -1}}}, model.Unstated, nil},
		"more than were read":                   {gateway.Record{Span: time.Hour, More: true, Read: model.Part{At: now}, Requests: []gateway.Request{seen(time.Minute, "s", 200, 200, 5)}}, model.Yes, []string{"of the 1 newest"}},
		"no traffic":                            {gateway.Record{Span: time.Hour, Read: model.Part{At: now}}, model.Unstated, []string{"cannot tell: no request in the last 1 h"}},
		"not read":                              {gateway.Record{}, model.Unstated, []string{"cannot tell", "was not read"}},
		"refused":                               {gateway.Record{Read: model.Part{Failure: &model.Failure{Cause: safe.New("you may not read it (403)")}}}, model.Unstated, []string{"cannot tell: you may not read it (403)"}},
		"read in part, and nothing of the service": {gateway.Record{Span: time.Hour, Read: model.Part{At: now, Failure: &model.Failure{Cause: safe.New("item 2 makes no sense")}}}, model.Unstated, []string{"cannot tell: item 2"}},
	} {
		p := gateway.Plane{Services: []gateway.Service{{ID: safe.New("s")}, {Host: safe.New("no id")}}, Seen: c.record}
		e := paths.EvidenceOf(p)[safe.New("s")]
		if e.Reaches != c.reaches {
			t.Errorf("%s: reaches %v, %+v", about, e.Reaches, e)
		}
		for _, want := range c.says {
			if !strings.Contains(e.Words(now), want) {
				t.Errorf("%s: %q does not say %q", about, e.Words(now), want)
			}
		}
	}
}
