package app_test

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// applyScene is the page of the changes after A, with the order in a state.
func applyScene(name string, play func(s *stage, o dnstable.Order)) scene {
	return scene{name: "dnsreview/" + name, know: world, act: func(s *stage) {
		s.reviews(smallEdit(), nil)
		s.keys("A")
		play(s, smallEdit())
	}}
}

func reviewScenes() []scene {
	errors := append(warnings(), found(dnstable.Error, "S04", 3, "10.20.0.6 is in the range of the gateway network, where no server of yours can be; give the address in your VNET."))
	return []scene{
		{name: "dnsreview/diff_small", know: world, act: func(s *stage) { s.reviews(smallEdit(), nil) }},
		{name: "dnsreview/diff_order", know: world, act: func(s *stage) { s.reviews(orderEdit(), nil); s.keys("j") }},
		{name: "dnsreview/diff_none", know: world, act: func(s *stage) {
			s.reviews(dnstable.Order{Target: reviewTarget(), Base: tableBefore(), Rows: tableBefore()}, nil)
		}},
		{name: "dnsreview/diff_many", know: world, act: func(s *stage) { s.reviews(manyChanges(40), nil); s.keys("G") }},
		{name: "dnsreview/errors", know: world, act: func(s *stage) { s.reviews(smallEdit(), errors); s.keys("A") }},
		{name: "dnsreview/warnings", know: world, act: func(s *stage) { s.reviews(smallEdit(), warnings()); s.keys("space") }},
		{name: "dnsreview/warnings_all", know: world, act: func(s *stage) { s.reviews(smallEdit(), warnings()); s.keys("W") }},
		{name: "dnsreview/read_only", know: world, act: func(s *stage) {
			s.reviews(smallEdit(), nil, onlyLooked)
		}},
		{name: "dnsreview/others", know: world, act: func(s *stage) {
			s.reviews(smallEdit(), nil, func(r *reviewed) { r.others = true })
		}},
		{name: "dnsreview/number", know: world, act: func(s *stage) {
			o := smallEdit()
			o.Rows = o.Rows[:2]
			s.reviews(o, []dnstable.Problem{found(dnstable.Warning, "T04", 0, "This removes 3 of 5 domains. Type 5 to confirm.")})
			s.keys("A", `"5"`)
		}},
		{name: "dnsreview/request", know: world, act: func(s *stage) { s.reviews(smallEdit(), nil); s.keys("v") }},
		{name: "dnsreview/describe", know: world, act: func(s *stage) { s.reviews(smallEdit(), warnings()); s.keys("d") }},
		{name: "dnsreview/help", know: world, act: func(s *stage) { s.reviews(smallEdit(), nil); s.keys("?") }},
		applyScene("apply_asked", func(*stage, dnstable.Order) {}),
		applyScene("apply_reading", func(s *stage, o dnstable.Order) {
			s.applied(o, dnstable.ApplyReading, func(a *dnstable.Apply) { a.Log = nil })
		}),
		applyScene("apply_waiting", func(s *stage, o dnstable.Order) {
			for _, st := range []dnstable.ApplyState{dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting} {
				s.applied(o, st)
				s.rest(2 * time.Second)
			}
			s.applied(o, dnstable.ApplyWaiting, sent, func(a *dnstable.Apply) {
				a.Wait = &model.Wait{Why: "Konnect does not show the change yet", Until: noon.Add(11 * time.Second), Try: 2, Of: 10}
			})
		}),
		applyScene("apply_done", func(s *stage, o dnstable.Order) {
			s.applied(o, dnstable.ApplyWaiting, sent)
			s.applied(o, dnstable.ApplyDone, sent, func(a *dnstable.Apply) { a.Note = "Konnect showed the change 8 s late." })
		}),
		applyScene("apply_failed", func(s *stage, o dnstable.Order) {
			s.applied(o, dnstable.ApplyWriting, sent)
			s.applied(o, dnstable.ApplyFailed, sent, func(a *dnstable.Apply) {
				a.Failure = &model.Failure{Kind: model.FailureServer, Operation: "write the table of", Subject: text("eu-prod"), Cause: text("Konnect failed (500): an unexpected error occurred"), Cure: "Read the table again: it may have been written all the same.", Status: 500, TraceID: text("konnect:trace:2822394689570210664")}
			})
		}),
		applyScene("apply_unknown", func(s *stage, o dnstable.Order) {
			s.applied(o, dnstable.ApplyFailed, unwanted)
		}),
		{name: "dnsreview/diff_without", know: world, act: func(s *stage) {
			o := smallEdit()
			o.Without = []string{"mode"}
			s.reviews(o, nil)
		}},
		applyScene("apply_refused", func(s *stage, _ dnstable.Order) {
			s.refuses(model.Failure{Kind: model.FailureConflict, Operation: "apply the table of", Subject: text("eu-prod"), Cause: text("another table is being written"), Cure: "Wait until it is done, then A."})
		}),
		applyScene("apply_cancelled", func(s *stage, o dnstable.Order) { s.applied(o, dnstable.ApplyCancelled) }),
		applyScene("apply_meanwhile", func(s *stage, o dnstable.Order) {
			s.applied(o, dnstable.ApplyMeanwhile, func(a *dnstable.Apply) { a.Theirs = conflicts().Theirs })
		}),
		applyScene("apply_differs", func(s *stage, o dnstable.Order) {
			s.applied(o, dnstable.ApplyDiffers, sent, func(a *dnstable.Apply) { a.Left = dnstable.Diff(o.Rows, o.Rows[:4]) })
		}),
		{name: "dnsreview/merge_open", know: world, act: func(s *stage) { s.merges(conflicts()) }},
		{name: "dnsreview/merge_some", know: world, act: func(s *stage) { s.merges(conflicts()); s.keys("m") }},
		{name: "dnsreview/merge_decided", know: world, act: func(s *stage) { s.merges(conflicts()); s.keys("m", "t") }},
		{name: "dnsreview/merge_leave", know: world, act: func(s *stage) { s.merges(conflicts()); s.keys("m", "esc") }},
		{name: "dnsreview/merge_long", know: world, act: func(s *stage) { s.merges(longConflicts()) }},
	}
}

// unwanted is an order that Konnect refuses because of a member that it has sent itself.
func unwanted(a *dnstable.Apply) {
	a.Unwanted = []string{"mode"}
	a.Failure = &model.Failure{
		Kind: model.FailureInvalid, Operation: "change the outbound resolver of network", Subject: text("eu-prod"), Status: 400, TraceID: text("konnect:trace:2822394689570210664"),
		Cause: text("Invalid Parameters: private_dns_attachment_config.mode is not a known property (400)"),
		Cure:  "Konnect refuses what it has sent itself and peerdeck does not know (mode). Without that it may take the table; what it says may be lost. Nothing was changed, your edits are kept.",
	}
}
