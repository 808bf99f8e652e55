package verdict_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

func serial(r dnsverdict.Report, n uint32) dnsverdict.Report {
	return edited(r, dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.Reply = soaReply(n) })
}

// The servers of a row are replicas: order and TTL do not count, data does.
func TestCompare(t *testing.T) {
	t.Parallel()
	older := gives(two, "10.1.0.9", "10.1.0.10")
	older.Exchanges[2].Reply.Answers[0].TTL = time.Second
	for about, c := range map[string]struct {
		row      []dnsverdict.Report
		word     string
		severity model.Severity
		aspects  []dnsverdict.Aspect
	}{
		"same":          {[]dnsverdict.Report{gives(one, "10.1.0.9"), gives(two, "10.1.0.9")}, "same", model.SeverityOK, nil},
		"rotated, TTL":  {[]dnsverdict.Report{gives(one, "10.1.0.10", "10.1.0.9"), older}, "same", model.SeverityOK, nil},
		"data":          {[]dnsverdict.Report{gives(one, "10.1.0.9"), gives(two, "10.1.0.8")}, "differs: 2 answers", model.SeverityAttention, []dnsverdict.Aspect{dnsverdict.AspectAnswer}},
		"three":         {[]dnsverdict.Report{gives(one, "10.1.0.9"), gives(two, "10.1.0.8"), gives("10.1.0.6", "10.1.0.9")}, "differs: 2 answers", model.SeverityAttention, nil},
		"code":          {[]dnsverdict.Report{gives(one, "10.1.0.9"), says(two, reply(dnsverdict.NXDomain))}, "differs: 2 answers", model.SeverityAttention, []dnsverdict.Aspect{dnsverdict.AspectCode}},
		"aliases":       {[]dnsverdict.Report{says(one, reply(dnsverdict.NoError, name+" CNAME a.b", "a.b A 10.1.0.9")), gives(two, "10.1.0.9")}, "differs: 2 answers", model.SeverityAttention, []dnsverdict.Aspect{dnsverdict.AspectChain}},
		"serial":        {[]dnsverdict.Report{serial(gives(one, "10.1.0.9"), 7), serial(gives(two, "10.1.0.9"), 10)}, "serial -3", model.SeverityAttention, []dnsverdict.Aspect{dnsverdict.AspectSerial}},
		"serial, wrap":  {[]dnsverdict.Report{serial(gives(one, "10.1.0.9"), math.MaxUint32), serial(gives(two, "10.1.0.9"), 1)}, "serial -2", model.SeverityAttention, nil},
		"serial, apart": {[]dnsverdict.Report{serial(gives(one, "10.1.0.9"), 0), serial(gives(two, "10.1.0.9"), 1<<31)}, "serials differ", model.SeverityAttention, nil},
		"flags and time": {[]dnsverdict.Report{gives(one, "10.1.0.9"), edited(gives(two, "10.1.0.9"), dnsverdict.StepA, func(e *dnsverdict.Exchange) {
			e.Reply.AA, e.Took = true, time.Second
		})}, "same", model.SeverityOK, []dnsverdict.Aspect{dnsverdict.AspectFlags, dnsverdict.AspectLatency}},
		"one silent":   {[]dnsverdict.Report{gives(one, "10.1.0.9"), silent(two)}, "1 of 2 heard", model.SeverityUnknown, nil},
		"two of three": {[]dnsverdict.Report{gives(one, "10.1.0.9"), silent(two), gives("10.1.0.6", "10.1.0.9")}, "same, 2 of 3 heard", model.SeverityUnknown, nil},
		"one server":   {[]dnsverdict.Report{gives(one, "10.1.0.9")}, "one server", model.SeverityOK, nil},
		"none":         {nil, "one server", model.SeverityOK, nil},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			a := dnsverdict.Compare(c.row)
			if a.Word != c.word || a.Severity != c.severity {
				t.Errorf("got %+v", a)
			}
			for _, x := range c.aspects {
				if !slices.ContainsFunc(a.Differences, func(d dnsverdict.Difference) bool { return d.Aspect == x && d.Text != "" }) {
					t.Errorf("no difference in %s: %+v", x, a.Differences)
				}
			}
		})
	}
}

// More records than are kept are compared by all of them.
func TestCompareLargeAnswers(t *testing.T) {
	t.Parallel()
	var first, second []string
	for i := range 200 {
		first = append(first, fmt.Sprintf("10.2.0.%d", i))
		second = append([]string{fmt.Sprintf("10.2.0.%d", i)}, second...)
	}
	if a := dnsverdict.Compare([]dnsverdict.Report{gives(one, first...), gives(two, second...)}); a.Word != "same" {
		t.Errorf("turned round: %+v", a)
	}
	second[5] = "10.3.0.1"
	if a := dnsverdict.Compare([]dnsverdict.Report{gives(one, first...), gives(two, second...)}); a.Word != "differs: 2 answers" {
		t.Errorf("one is another: %+v", a)
	}
}

// RFC 1982: adding less than half the circle makes a newer serial, whatever wraps.
func TestSerialDiff(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.Uint32().Draw(t, "serial")
		n := rapid.Uint32Range(0, 1<<31-1).Draw(t, "added")
		if d, ok := dnsverdict.SerialDiff(b+n, b); !ok || d != int64(n) {
			t.Fatalf("%d + %d: %d, %v", b, n, d, ok)
		}
		if d, ok := dnsverdict.SerialDiff(b, b+n); !ok || d != -int64(n) {
			t.Fatalf("%d - %d: %d, %v", b, n, d, ok)
		}
		if _, ok := dnsverdict.SerialDiff(b+1<<31, b); ok {
			t.Fatalf("half the circle has an order")
		}
	})
}

// The sum does not depend on order or TTL, and does on data.
func TestCompact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.StringMatching(`[a-c]{0,2}`), 1, 60).Draw(t, "values")
		records := make([]dnsverdict.Record, len(values))
		for i, v := range values {
			records[i] = dnsverdict.Record{Name: safe.New(name), Type: "TXT", Value: safe.New(v)}
		}
		_, more, sum := dnsverdict.Compact(records)
		turned := slices.Clone(records)
		slices.Reverse(turned)
		for i := range turned {
			turned[i].TTL = time.Duration(i)
		}
		kept, _, other := dnsverdict.Compact(turned)
		if sum != other || len(kept)+more != len(records) || len(kept) > 32 {
			t.Fatalf("%d and %d, %d kept, %d more", sum, other, len(kept), more)
		}
		turned[0].Value = safe.New("d")
		if _, _, changed := dnsverdict.Compact(turned); changed == sum {
			t.Fatal("other data, the same sum")
		}
	})
	if kept, more, sum := dnsverdict.Compact(nil); kept != nil || more != 0 || sum != 0 {
		t.Error("nothing is something")
	}
}

func TestFollow(t *testing.T) {
	t.Parallel()
	long := reply(dnsverdict.NoError)
	for i := range 50 {
		from, to := fmt.Sprintf("n%d.x", i), fmt.Sprintf("n%d.x", i+1)
		long.Answers = append(long.Answers, dnsverdict.Record{Name: safe.New(from), Type: "CNAME", Value: safe.New(to)})
	}
	if c := dnsverdict.Follow(safe.New("n0.x"), "A", long.Answers); len(c.Aliases) != 8 || !c.Long || !strings.Contains(c.Note, "after 8") {
		t.Errorf("fifty aliases: %+v", c)
	}
	circle := reply(dnsverdict.NoError, "a.x CNAME b.x", "b.x CNAME A.X.")
	if c := dnsverdict.Follow(safe.New("A.x."), "A", circle.Answers); !c.Loop || len(c.Aliases) != 2 {
		t.Errorf("a circle: %+v", c)
	}
	itself := reply(dnsverdict.NoError, "a.x CNAME a.x")
	if c := dnsverdict.Follow(safe.New("a.x"), "A", itself.Answers); !c.Loop || len(c.Aliases) != 1 {
		t.Errorf("an alias of itself: %+v", c)
	}
	mixed := reply(dnsverdict.NoError, "z.x A 10.9.9.9", "B.x A 10.1.0.10", "b.x A 10.1.0.9", "a.x CNAME b.x.")
	if c := dnsverdict.Follow(safe.New("a.x"), "A", mixed.Answers); fmt.Sprint(c.Addresses) != "[10.1.0.9 10.1.0.10]" || c.End().String() != "b.x." || c.Dangling() {
		t.Errorf("in no order: %+v", c)
	}
}
