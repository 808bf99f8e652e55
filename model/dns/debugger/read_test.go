package debugger_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model/dns/debugger"
	"github.com/peerdeck/peerdeck/model/safe"
)

func file(tb testing.TB, name string) string {
	tb.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// written is when the spans of the files were.
func written() time.Time { return time.Unix(0, 1795348740020000000).UTC() }

func TestATraceOfOpenTelemetry(t *testing.T) {
	t.Parallel()
	read, problem := debugger.Read(file(t, "otlp.json"))
	if problem != "" {
		t.Fatal(problem)
	}
	v, problem := read.About(safe.New("Orders.corp.example.org."), written().Add(5*time.Minute))
	if problem != "" || len(v.Lookups) != 1 || len(v.Peers) != 1 || v.Status != 200 || v.Upstream != 200 {
		t.Fatalf("%q, %+v", problem, v)
	}
	l, p := v.Lookups[0], v.Peers[0]
	if l.Failed || l.Address.Raw() != "10.20.0.52" || l.Port != 443 || l.Took != 3*time.Millisecond || len(l.Tries) != 1 || l.Tries[0].Raw() != "orders.corp.example.org:1 cache-miss" {
		t.Errorf("%+v", l)
	}
	if p.Failed || p.Kept || p.Place() != "10.20.0.52:443" || p.Took != 6*time.Millisecond {
		t.Errorf("%+v", p)
	}
	age, known := v.Age.Get()
	if !known || age.Round(time.Second) != 5*time.Minute {
		t.Errorf("%v %v", age, known)
	}
}

func TestAFlatTraceWithAFailure(t *testing.T) {
	t.Parallel()
	read, problem := debugger.Read(file(t, "flat.json"))
	if problem != "" {
		t.Fatal(problem)
	}
	v, problem := read.About(safe.New("billing.apps.example.net"), written())
	if problem != "" || len(v.Lookups) != 1 || v.Status != 503 {
		t.Fatalf("%q, %+v", problem, v)
	}
	if l := v.Lookups[0]; !l.Failed || !l.Address.IsEmpty() || !strings.Contains(l.Error.Raw(), "3 name error") || l.Took != 2*time.Second || len(l.Tries) != 1 {
		t.Errorf("%+v", l)
	}
}

// One look-up in each form that is known or may be met.
func TestFormsOfALookUp(t *testing.T) {
	t.Parallel()
	const name = "a.example.org"
	for about, c := range map[string]struct {
		json    string
		address string
		failed  bool
		says    string
	}{
		"attributes as an object":     {`{"name":"kong.dns","attributes":{"proxy.kong.dns.record.domain":"a.example.org","proxy.kong.dns.record.ip":"10.0.0.1"}}`, "10.0.0.1", false, ""},
		"typed values in an object":   {`{"name":"kong.dns","attributes":{"dns.record.domain":{"type":"string","value":"a.example.org"},"dns.record.ip":{"stringValue":"10.0.0.1"}}}`, "10.0.0.1", false, ""},
		"snake case":                  {`{"name":"kong.dns","attributes":[{"key":"dns.record.domain","value":{"string_value":"a.example.org","value":"string_value"}},{"key":"dns.record.ip","value":{"string_value":"10.0.0.1"}}]}`, "10.0.0.1", false, ""},
		"an address of IPv6":          {`{"name":"kong.dns","attributes":{"dns.record.domain":"a.example.org","dns.record.ip":"[fd00::1]"}}`, "fd00::1", false, ""},
		"no address in the address":   {`{"name":"kong.dns","attributes":{"dns.record.domain":"a.example.org","dns.record.ip":"b.example.org"}}`, "", false, ""},
		"a status as a word":          {`{"name":"kong.dns","status":"ERROR","attributes":{"dns.record.domain":"a.example.org","dns.tries":["(short)a.example.org:(na) - cache-miss","a.example.org:1 - timeout"]}}`, "", true, "timeout"},
		"a status as a number":        {`{"name":"kong.dns","status":2,"attributes":{"dns.record.domain":"a.example.org"}}`, "", true, ""},
		"an exception alone":          {`{"name":"kong.dns","attributes":{"dns.record.domain":"a.example.org"},"events":[{"name":"exception","attributes":[{"key":"exception.message","value":{"stringValue":"dns client error: 101 empty record received"}}]}]}`, "", true, "empty record"},
		"entries that are objects":    {`{"name":"kong.dns","attributes":{"proxy.kong.dns.entry":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"domain","value":{"stringValue":"a.example.org"}},{"key":"ip","value":{"stringValue":"10.0.0.1"}}]}}]}}}}`, "10.0.0.1", false, "10.0.0.1"},
		"the name in the tries alone": {`{"name":"kong.dns","attributes":{"proxy.kong.dns.entry":["a.example.org:1 - querying"]}}`, "", false, "querying"},
		"deep inside":                 {`{"data":{"trace":{"spans":[{"name":"kong","children":[{"name":"kong.dns","attributes":{"dns.record.domain":"a.example.org","dns.record.ip":"10.0.0.1"}}]}]}}}`, "10.0.0.1", false, ""},
		"a document a line":           {"{\"name\":\"kong.router\"}\n" + `{"name":"kong.dns","attributes":{"dns.record.domain":"a.example.org","dns.record.ip":"10.0.0.1"}}`, "10.0.0.1", false, ""},
	} {
		read, problem := debugger.Read(c.json)
		v, other := read.About(safe.New(name), written())
		if problem != "" || other != "" || len(v.Lookups) != 1 {
			t.Errorf("%s: %q %q %+v", about, problem, other, v)
			continue
		}
		l := v.Lookups[0]
		words := l.Error.Raw()
		for _, try := range l.Tries {
			words += " " + try.Raw()
		}
		if l.Address.Raw() != c.address || l.Failed != c.failed || !strings.Contains(words, c.says) {
			t.Errorf("%s: %+v", about, l)
		}
	}
}

// Times in each of their forms.
func TestTimesOfATrace(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for about, written := range map[string]string{
		"nanoseconds as a text": `"1795348800000000000"`, "nanoseconds": "1795348800000000000", "nanoseconds as Lua has them": "1.7953488e18", "microseconds": "1795348800000000",
		"milliseconds": "1795348800000", "seconds": "1795348800.0", "a text": `"2026-11-22T12:00:00.000Z"`,
	} {
		read, problem := debugger.Read(`{"name":"kong.dns","startTime":` + written + `,"attributes":{"dns.record.domain":"a.example.org"}}`)
		v, _ := read.About(safe.New("a.example.org"), at)
		if problem != "" || !v.At.Equal(at) {
			t.Errorf("%s: %q, %v", about, problem, v.At)
		}
	}
	for about, c := range map[string]struct {
		json, why string
	}{
		"none":       {`{"name":"kong.dns","attributes":{"dns.record.domain":"a.example.org"}}`, "does not say when"},
		"the future": {`{"name":"kong.dns","startTime":"2027-11-22T12:00:00Z","attributes":{"dns.record.domain":"a.example.org"}}`, "in the future"},
	} {
		read, _ := debugger.Read(c.json)
		if v, _ := read.About(safe.New("a.example.org"), at); v.Age.IsKnown() || !strings.Contains(v.Age.Why(), c.why) {
			t.Errorf("%s: %+v", about, v.Age)
		}
	}
}

// Peers that were tried, by their name, or by the address that the look-up gave.
func TestPeersOfATrace(t *testing.T) {
	t.Parallel()
	read, problem := debugger.Read(`[
		{"name":"kong.dns","attributes":{"dns.record.domain":"a.example.org","dns.record.ip":"10.0.0.1"}},
		{"name":"kong.balancer try #1","startTime":1,"attributes":{"net.peer.ip":"10.0.0.1","net.peer.port":80,"net.peer.name":"a.example.org"},"status":{"code":2,"message":"connection refused"}},
		{"name":"kong.upstream.try_select","attributes":{"network.peer.address":"10.0.0.1","network.peer.port":80,"keepalive":true}},
		{"name":"kong.find_upstream","attributes":{"network.peer.address":"10.9.9.9","network.peer.name":"other.example.org"}}]`)
	v, _ := read.About(safe.New("a.example.org"), written())
	if problem != "" || len(v.Peers) != 2 || !v.Peers[0].Failed || v.Peers[0].Error.Raw() != "connection refused" || !v.Peers[1].Kept {
		t.Errorf("%q, %+v", problem, v.Peers)
	}
	// The gateway may have kept the record: the peer alone tells.
	v, problem = read.About(safe.New("other.example.org"), written())
	if problem != "" || len(v.Lookups) != 0 || len(v.Peers) != 1 {
		t.Errorf("%q, %+v", problem, v)
	}
}

func TestWhatIsNoTraceIsRefused(t *testing.T) {
	t.Parallel()
	for about, c := range map[string]struct{ text, says string }{
		"nothing":        {" \n", "empty"},
		"a ZIP file":     {"PK\x03\x04abc", "unpack it"},
		"prose":          {"it works on my machine", "not JSON"},
		"cut":            {`{"name":"kong.dns"`, "not JSON"},
		"other JSON":     {`{"name":"kong-prod","items":[1,2,null]}`, "no span of a gateway"},
		"another tracer": {`{"spans":[{"name":"GET /"}]}`, "no span of a gateway"},
		"too deep":       {strings.Repeat("[", 200) + strings.Repeat("]", 200), "levels deep"},
		"too long":       {strings.Repeat(" ", debugger.MaxText+1), "bytes"},
		"too many":       {"[" + strings.Repeat(`{"name":"kong.dns"},`, 20001) + "1]", "spans"},
	} {
		if _, problem := debugger.Read(c.text); !strings.Contains(problem, c.says) {
			t.Errorf("%s: %q", about, problem)
		}
	}
	read, _ := debugger.Read(file(t, "otlp.json"))
	if _, problem := read.About(safe.New("hr.example.org"), written()); !strings.Contains(problem, "is about orders.corp.example.org, and tells nothing of hr.example.org") {
		t.Errorf("%q", problem)
	}
	read, _ = debugger.Read(`{"name":"kong.router"}`)
	if _, problem := read.About(safe.New("hr.example.org"), written()); !strings.Contains(problem, "no look-up") {
		t.Errorf("%q", problem)
	}
}

// Whatever the file holds, it is read or refused with words, and what is taken is safe.
func FuzzRead(f *testing.F) {
	f.Add(file(f, "otlp.json"))
	f.Add(file(f, "flat.json"))
	f.Add(`{"name":"kong.dns","attributes":[{"key":"dns.tries","value":{"arrayValue":{"values":[null,1,{"a":[]}]}}},3],"events":[3,{"attributes":null}],"status":{"code":null}}`)
	f.Add(`{"name":"kong","startTime":1e999,"attributes":{"http.response.status_code":{}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		read, problem := debugger.Read(text)
		if problem != "" {
			return
		}
		v, problem := read.About(safe.New("a.example.org"), written())
		if problem == "" && len(v.Lookups)+len(v.Peers) == 0 {
			t.Error("it is about the name, and holds nothing")
		}
		if words := safe.Clean(v.Words()); strings.ContainsRune(words, 0x1b) {
			t.Error("the words are not clean")
		}
	})
}
