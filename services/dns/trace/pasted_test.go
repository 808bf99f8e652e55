package trace_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
)

const digOutput = `$ dig @10.20.0.4 one.test. SOA +ignore +time=2 +tries=2

; <<>> DiG 9.18.28 <<>> @10.20.0.4 one.test. SOA +ignore
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: REFUSED, id: 4242
;; flags: qr rd; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1

;; QUESTION SECTION:
;one.test.			IN	SOA

;; Query time: 3 msec
;; SERVER: 10.20.0.4#53(10.20.0.4) (UDP)
;; WHEN: Wed Nov 25 00:00:00 UTC 2026
;; MSG SIZE  rcvd: 37
`

func TestPastedOutputIsJudgedLikeOwnAnswers(t *testing.T) {
	t.Parallel()
	d := tracer(t, options(scripted{says: silent}))
	r := dnstrace.Request{Network: safe.New("n1"), Text: "one.test"}
	if err := d.Judge(r, digOutput); err != nil {
		t.Fatal(err)
	}
	got := end(t, d.Traces())
	if !got.Pasted || !strings.HasSuffix(got.Vantage, "(pasted)") || len(got.Servers) != 2 {
		t.Fatalf("%s", got.Text())
	}
	if got.Servers[0].Cell.Word != "REFUSED" || got.Servers[0].Reachable.Is != model.Yes {
		t.Errorf("%+v", got.Servers[0])
	}
	if s := got.Servers[1]; s.Cell.Severity != model.SeverityUnknown || s.Report.Skipped == "" {
		t.Errorf("a server that is not in the paste was not asked: %+v", s)
	}
	if len(got.Findings) == 0 || !got.Broken() {
		t.Errorf("%s", got.Text())
	}
}

func TestWhatIsNoOutputOfDigIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	d := tracer(t, options(nil))
	r := dnstrace.Request{Network: safe.New("n1"), Text: "one.test"}
	for name, c := range map[string]struct {
		request dnstrace.Request
		text    string
	}{
		"nothing":            {r, ""},
		"prose":              {r, "it works on my machine"},
		"another server":     {r, strings.ReplaceAll(digOutput, "10.20.0.4", "10.99.0.4")},
		"another name":       {r, strings.ReplaceAll(digOutput, "one.test", "six.test")},
		"a name without row": {dnstrace.Request{Network: safe.New("n1"), Text: "six.test"}, digOutput},
		"no name":            {dnstrace.Request{Network: safe.New("n1"), Text: "a b"}, digOutput},
		"no network":         {dnstrace.Request{Network: safe.New("n9"), Text: "one.test"}, digOutput},
	} {
		if f, is := model.AsFailure(d.Judge(c.request, c.text)); !is || f.Cause.IsEmpty() || f.Cure == "" {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestTheScriptAsksEachServer(t *testing.T) {
	t.Parallel()
	d := tracer(t, options(nil))
	text, err := d.Script(request())
	for _, want := range []string{"@10.20.0.4 one.test. SOA", "@10.20.0.5 www.one.test. A"} {
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("%q is missing: %v\n%s", want, err, text)
		}
	}
	if _, err := d.Script(dnstrace.Request{Network: safe.New("n1"), Text: "six.test"}); err == nil {
		t.Error("without a row there is nobody to ask")
	}
}
