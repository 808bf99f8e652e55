package program_test

import (
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/faultproxy"
)

// Fault 1: the service refuses connections.
// Seen: what was known stays, with its age; the bottom line says “no answer, again in N s”
// and counts down. No dialog is in the way, and it comes back without a key.
func TestFault01Refused(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		_ = b.met("host-refuses", "konnect.test refuses the connection", faultproxy.Fault{}, func() { b.konnect.Stand(faultproxy.Refused) })
		b.shows("Konnect no answer, again in ")
		b.konnect.Stand(faultproxy.Open)
		b.back()
	})
}

// Fault 2: the name of the service does not resolve.
// Seen: the same, and the failure names the host that does not resolve.
func TestFault02NoSuchName(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		_ = b.met("host-name-unknown", "konnect.test does not resolve", faultproxy.Fault{}, func() {
			delete(b.network, konnectHost)
			b.konnect.Stand(faultproxy.Open)
		})
		b.network[konnectHost] = b.konnect
		b.back()
	})
}

// Fault 3: the certificate is expired, of another host, or signed by nobody.
// Seen: the connection is refused; the failure says which of these it is, who signed the
// certificate and until when it held. In ten minutes it is tried some dozen times.
func TestFault03Certificates(t *testing.T) {
	t.Parallel()
	for code, shown := range map[string]func(b *behind){
		"tls-expired": func(b *behind) {
			b.shown = b.signer.Certificate(time.Now().AddDate(-1, 0, 0), time.Now().AddDate(0, 0, -3), konnectHost)
		},
		"tls-other-host": func(b *behind) { b.shown = b.signer.Valid("portal.hotel") },
		"tls-untrusted":  func(b *behind) { b.shown = stranger(b).Valid(konnectHost) },
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			meet(t, sandbox.Options{}, func(b *behind) {
				f := b.met(code, "certificate", faultproxy.Fault{}, func() {
					shown(b)
					b.konnect.Stand(faultproxy.Open) // ends what is kept alive
				})
				if f.Retryable {
					t.Error("a certificate does not get better by asking again")
				}
				before := b.konnect.Opened()
				b.after(10 * time.Minute)
				if n := b.konnect.Opened() - before; n > 40 {
					t.Errorf("%d connections in ten minutes", n)
				}
				b.shown.Certificate = nil
				b.back()
			})
		})
	}
}

// Fault 4: TLS is begun and never agreed on.
// Seen: given up after ten seconds, which the failure says; the screen lives meanwhile.
func TestFault04NoHandshake(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		_ = b.met("tls-silent", "10 s", faultproxy.Fault{}, func() { b.konnect.Stand(faultproxy.Silent) })
		b.konnect.Stand(faultproxy.Open)
		b.back()
	})
}

// Fault 5: the connection stands and no answer comes.
// Seen: given up after 15 seconds, which the failure says; keys do what they do meanwhile.
func TestFault05NoHeaders(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		_ = b.met("host-no-answer", "within 15 s", faultproxy.Fault{Silent: true})
		b.back()
	})
}

// Fault 6: an answer comes by a byte a second.
// Seen: given up after 30 seconds; the failure says how much came in which time. What came
// of the list is not shown.
func TestFault06SlowBody(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		_ = b.met("answer-slow", "in 3", faultproxy.Fault{Pace: time.Second})
		b.back()
	})
}

// Fault 7: the connection is reset in the middle of an answer.
// Seen: nothing, if the next try brings it: what reads is sent once more. What writes is not
// sent again: what became of it is found out by reading, and told.
func TestFault07Reset(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		b.known()
		before, broken := b.konnect.Count(http.MethodGet, "/networks"), 0
		b.konnect.Meet(func(x faultproxy.Exchange) faultproxy.Fault {
			if x.Is(http.MethodGet, "/networks") && broken == 0 {
				broken++
				return faultproxy.Fault{Break: 100}
			}
			return faultproxy.Fault{}
		})
		b.watcher.Refresh()
		s := b.after(10 * time.Second)
		if n := b.konnect.Count(http.MethodGet, "/networks") - before; broken != 1 || n < 2 || s.Konnect.State != model.SourceLive || s.Konnect.Failure != nil {
			t.Errorf("sent %d times: %+v", n, s.Konnect)
		}
	})
	meet(t, sandbox.Options{}, func(b *behind) {
		_ = b.met("answer-cut", "is not complete", faultproxy.Fault{Break: 1})
		b.back()
	})
	meet(t, sandbox.Options{}, func(b *behind) {
		b.patched(faultproxy.Fault{Break: 10}, func(f model.Failure) {
			if f.Unsent || b.konnect.Count(http.MethodPatch, "") != 1 {
				t.Errorf("%d times, unsent %v: %s", b.konnect.Count(http.MethodPatch, ""), f.Unsent, f.Error())
			}
		})
	})
}

// Fault 8: an answer ends before the length that it told.
// Seen: the failure says that the answer is not complete; half a list is never shown as a
// whole one.
func TestFault08Truncated(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		_ = b.met("answer-cut", "is not complete", faultproxy.Fault{Edit: func(a *faultproxy.Answer) { a.Says = len(a.Body) + 1000 }})
		b.back()
	})
}

// Fault 9: a web page comes with 200, as from a hotel's network or a proxy.
// Seen: “a web page came in place of Konnect's answer” with the title of the page; nothing
// else of it is printed.
func TestFault09WebPage(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		f := b.met("answer-page", "Sign in to the hotel", faultproxy.Fault{Lost: true, Edit: faultproxy.With(200, "text/html", "<html><title>Sign in to the hotel</title><script>secretive()</script></html>")})
		if strings.Contains(f.Error(), "secretive") {
			t.Error(f.Error())
		}
		b.back()
	})
}

// Fault 10: the answer is empty, null, or a list where an object is due.
// Seen: the failure says that it is empty, or what was expected; what was known stays, and
// nothing counts as gone.
func TestFault10Empty(t *testing.T) {
	t.Parallel()
	for body, code := range map[string]string{"": "answer-empty", "null": "answer-empty", "[]": "answer-other", `{"data":null}`: "answer-other"} {
		t.Run("body "+body, func(t *testing.T) {
			t.Parallel()
			meet(t, sandbox.Options{}, func(b *behind) {
				_ = b.met(code, "", faultproxy.Fault{Lost: true, Edit: faultproxy.With(200, "application/json", body)})
				b.back()
			})
		})
	}
}

// stranger is an authority that nobody trusts.
func stranger(b *behind) *wiretest.Authority { return wiretest.NewAuthority(b.t, "Somebody") }

// Fault 11: an answer has no end, or is small on the wire and has none when it is unpacked.
// Seen: “the answer is larger than 32 MiB”, and nothing of it; no more than that is
// taken.
func TestFault11Endless(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		const told = 1 << 30
		long := &endless{}
		long.left.Store(told)
		b.konnect.Meet(faultproxy.Always(faultproxy.Fault{Lost: true, Edit: func(a *faultproxy.Answer) {
			faultproxy.With(200, "application/json", "")(a)
			a.Stream, a.Says = long, told
		}}))
		_, err := b.client.Organization(b.t.Context())
		f, failed := model.AsFailure(err)
		if !failed || f.FindingCode() != "answer-too-large" || !strings.Contains(f.Cause.String(), "larger than 32 MiB") {
			t.Errorf("%v", err)
		}
		if taken := told - int(long.left.Load()); taken > 40<<20 {
			t.Errorf("%d bytes were taken", taken)
		}
	})
}

// endless is JSON that never comes to its end.
type endless struct{ left atomic.Int64 }

func (e *endless) Read(p []byte) (int, error) {
	n := int(min(int64(len(p)), e.left.Load()))
	for i := range n {
		p[i] = ' '
	}
	if n > 0 {
		p[0] = '['
	}
	e.left.Add(int64(-n))
	return n, nil
}

// Fault 12: the JSON of an answer is nested a hundred thousand deep, or names a domain twice
// in one table.
// Seen: the depth is a failure like any other answer that makes no sense. Both entries of
// the domain are rows of the table, and the rule D10 says that it is listed twice.
func TestFault12Nested(t *testing.T) {
	t.Parallel()
	deep := `{"data":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}"
	meet(t, sandbox.Options{}, func(b *behind) {
		_ = b.met("answer-other", "depth", faultproxy.Fault{Lost: true, Edit: faultproxy.With(200, "application/json", deep)})
		b.back()
	})
	meet(t, sandbox.Options{}, func(b *behind) {
		b.konnect.Meet(func(x faultproxy.Exchange) faultproxy.Fault {
			if !x.Is(http.MethodGet, "/private-dns") {
				return faultproxy.Fault{}
			}
			return faultproxy.Fault{Edit: func(a *faultproxy.Answer) {
				const member = `"dns_config":{`
				a.Body = []byte(strings.ReplaceAll(string(a.Body), member, member+`"twice.example.org":{"remote_dns_server_ip_addresses":["10.24.0.4"]},"twice.example.org":{"remote_dns_server_ip_addresses":["10.24.0.5"]},`))
			}}
		})
		_, resolver := b.resolver("eu-stage")
		rows := 0
		for _, m := range resolver.DNS {
			if m.Domains[0].Raw() == "twice.example.org" {
				rows++
			}
		}
		if rows != 2 {
			t.Errorf("%d rows: %+v", rows, resolver.DNS)
		}
		b.watch()
		b.after(20 * time.Second)
		b.look("eu-stage")
		b.shows("row twice.example.org: twice.example.org", "is listed twice (10.24.0.4 / 10.24.0.5)")
	})
}

// Fault 13: a state that nobody knows, members that are new, and times that are null.
// Seen: the state in the service's own word, with “not known”; all else as always.
func TestFault13UnknownStates(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{}, func(b *behind) {
		b.konnect.Meet(faultproxy.Always(faultproxy.Fault{Edit: func(a *faultproxy.Answer) {
			text := strings.ReplaceAll(string(a.Body), `"state":"ready"`, `"state":"levitating","brand_new":{"x":[1,null]}`)
			a.Body = []byte(regexp.MustCompile(`"(created|updated)_at":"[^"]*"`).ReplaceAllString(text, `"${1}_at":null`))
		}}))
		b.watch()
		if s := b.after(20 * time.Second); s.Konnect.State != model.SourceLive || !s.Progress.Complete() {
			t.Errorf("%+v, %+v", s.Konnect, s.Progress)
		}
		b.shows("eu-prod", "levitating")
	})
}

// Fault 14: the service leads elsewhere: to another host, or to the same one without TLS.
// Seen: the failure names the host that it leads to. Nothing is sent there.
func TestFault14Redirect(t *testing.T) {
	t.Parallel()
	for to, says := range map[string]string{"https://elsewhere.test/v2": "elsewhere.test", "http://" + konnectHost + "/v2": "to konnect.test"} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			meet(t, sandbox.Options{}, func(b *behind) {
				elsewhere := faultproxy.InMemory(b.t, http.NotFoundHandler(), nil)
				b.network["elsewhere.test"] = elsewhere
				b.konnect.Meet(faultproxy.Always(faultproxy.Fault{Lost: true, Edit: faultproxy.With(302, "text/plain", "", "Location", to)}))
				_, err := b.client.Organization(b.t.Context())
				if f, failed := model.AsFailure(err); !failed || !strings.Contains(f.Cause.String(), says) || f.Kind != model.FailureContract {
					t.Errorf("%v", err)
				}
				if elsewhere.Opened() != 0 || len(b.konnect.Seen()) != 1 {
					t.Errorf("%d connections elsewhere, %d requests", elsewhere.Opened(), len(b.konnect.Seen()))
				}
			})
		})
	}
}

// Fault 15: the service closes a connection that was kept alive, at the moment at which it is
// used again.
// Seen: nothing, of what reads. What writes is not sent again by itself: what became of it is
// found out by reading.
func TestFault15ClosedAtReuse(t *testing.T) {
	t.Parallel()
	again := func(x faultproxy.Exchange) faultproxy.Fault {
		return faultproxy.Fault{Reset: x.OnThis > 1}
	}
	meet(t, sandbox.Options{}, func(b *behind) {
		b.konnect.Meet(again)
		for range 3 {
			if _, err := b.client.Organization(b.t.Context()); err != nil {
				t.Error(err)
			}
		}
		if n := len(b.konnect.Seen()); n != 5 { // each but the first is sent a second time
			t.Errorf("%d requests", n)
		}
	})
	meet(t, sandbox.Options{}, func(b *behind) {
		b.patched(faultproxy.Fault{Reset: true}, func(f model.Failure) {
			if n := b.konnect.Count(http.MethodPatch, ""); n != 1 || f.Unsent {
				t.Errorf("sent %d times, unsent %v", n, f.Unsent)
			}
		})
	})
}

// Fault 16: an HTTP/2 connection goes away, or a stream is reset, while a request is in hand.
// Seen: nothing, of what reads: it is sent once more. A change that may have been carried out
// is not; what became of it is found out by reading.
func TestFault16GoingAway(t *testing.T) {
	t.Parallel()
	broken := http2.ErrCodeInternal
	for name, fault := range map[string]faultproxy.Fault{
		"goes away":              {Away: &faultproxy.Away{Code: http2.ErrCodeNo, Seen: true}},
		"goes away, not seen":    {Away: &faultproxy.Away{Code: http2.ErrCodeNo}, Lost: true},
		"goes away in a hurry":   {Away: &faultproxy.Away{Code: http2.ErrCodeEnhanceYourCalm, Seen: true}},
		"a stream that is reset": {Stream: &broken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			meet(t, sandbox.Options{}, func(b *behind) {
				b.konnect.Meet(func(x faultproxy.Exchange) faultproxy.Fault {
					if x.Number == 1 {
						return fault
					}
					return faultproxy.Fault{}
				})
				o, err := b.client.Organization(b.t.Context())
				if seen := b.konnect.Seen(); err != nil || o.Name.IsEmpty() || len(seen) != 2 || seen[0].Protocol != "HTTP/2.0" {
					t.Errorf("%d requests: %v", len(seen), err)
				}
			}, "h2")
			if fault.Lost {
				return
			}
			meet(t, sandbox.Options{}, func(b *behind) {
				b.patched(fault, func(f model.Failure) {
					if n := b.konnect.Count(http.MethodPatch, ""); n != 1 || f.Unsent {
						t.Errorf("sent %d times, unsent %v: %s", n, f.Unsent, f.Error())
					}
				})
			}, "h2")
		})
	}
}
