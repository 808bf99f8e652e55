package app

import (
	tea "charm.land/bubbletea/v2"

	dnstrace "peerdeck/model/dns/trace"
	"peerdeck/ui/kit/screen"
)

// traceMsg brings how the trace of a name stands now, probeMsg how the probe of all
// domains does.
type (
	traceMsg struct{ trace dnstrace.Trace }
	probeMsg struct{ matrix dnstrace.Matrix }
)

// listenTrace waits for one state of a trace, as listen does for snapshots.
func (a *App) listenTrace() tea.Cmd {
	traces := a.o.Traces
	if traces == nil {
		return nil
	}
	return func() tea.Msg {
		v, open := <-traces
		if !open {
			return feedEnded{}
		}
		return traceMsg{v}
	}
}

// listenProbe waits for one state of a probe.
func (a *App) listenProbe() tea.Cmd {
	probes := a.o.Probes
	if probes == nil {
		return nil
	}
	return func() tea.Msg {
		v, open := <-probes
		if !open {
			return feedEnded{}
		}
		return probeMsg{v}
	}
}

// receiveTrace hands the state of a trace to every screen.
func (a *App) receiveTrace(v dnstrace.Trace) tea.Cmd {
	return tea.Batch(append(a.toAll(screen.Traced{Trace: v}), a.listenTrace())...)
}

// receiveProbe hands the state of a probe to every screen.
func (a *App) receiveProbe(v dnstrace.Matrix) tea.Cmd {
	return tea.Batch(append(a.toAll(screen.Probed{Matrix: v}), a.listenProbe())...)
}

// toAll hands a message to every dialog and every screen.
func (a *App) toAll(msg tea.Msg) []tea.Cmd {
	cmds := a.toDialogs(msg)
	a.everyScreen(func(s screen.Screen) { cmds = append(cmds, s.Update(msg)) })
	a.fetchEntries()
	return cmds
}
