package dns

import (
	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// announce says how the writing of a table ended, to a person who does not look at it.
func announce(v dnstable.Apply) tea.Cmd {
	what := "The mappings of " + v.Order.Target.NetworkName.Or("the network").String()
	a := screen.Announce{Topic: screen.TopicApply}
	switch v.State {
	case dnstable.ApplyDone:
		a.Toast.Text = what + " are applied and read back as sent."
	case dnstable.ApplyMeanwhile:
		a.Toast, a.Tab = screen.Toast{Text: what + " were changed by someone else meanwhile; nothing was sent.", Trouble: true}, tab
	case dnstable.ApplyDiffers:
		a.Toast, a.Tab = screen.Toast{Text: what + " were sent, and what is there now is something else.", Trouble: true}, tab
	case dnstable.ApplyFailed:
		a.Toast = screen.Toast{Text: what + " could not be applied", Trouble: true}
		if v.Failure != nil {
			a.Toast.Text += ": " + v.Failure.Error() + ". " + v.Failure.Cure
		}
	case dnstable.ApplyCancelled:
		a.Toast.Text = what + " were left as they are."
	case dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting:
		return nil
	default:
		return nil
	}
	return screen.Say(a)
}
