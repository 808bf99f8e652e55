package dialog

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// SignIn shows the device code of a sign-in to Azure, and what became of it.
// Closing it gives the sign-in up.
type SignIn struct {
	th     *theme.Theme
	tenant safe.Text
	cancel context.CancelFunc
	code   model.DeviceCode
	err    error
}

// SignInCode brings the code of a sign-in.
type SignInCode struct{ Code model.DeviceCode }

// SignInDone tells that a sign-in has ended.
type SignInDone struct {
	Tenant safe.Text
	Err    error
}

// NewSignIn returns the dialog of a sign-in that is under way.
func NewSignIn(th *theme.Theme, tenant safe.Text, cancel context.CancelFunc) *SignIn {
	return &SignIn{th: th, tenant: tenant, cancel: cancel}
}

// Title stands in the upper edge.
func (d *SignIn) Title() string { return "Sign in to Azure" }

// Hint tells the keys.
func (d *SignIn) Hint() string {
	if d.err != nil || d.code.Code.IsEmpty() {
		return "esc close"
	}
	return "y copy the code   u copy the address   esc give up"
}

// Cursor is nil: nothing is typed here.
func (d *SignIn) Cursor() *tea.Cursor { return nil }

// Size asks for some lines.
func (d *SignIn) Size(width, height int) (int, int) { return min(width, 64), min(height, 8) }

// Update takes the code, the end, and keys.
func (d *SignIn) Update(msg tea.Msg) (bool, tea.Cmd) {
	switch msg := msg.(type) {
	case SignInCode:
		d.code = msg.Code
	case SignInDone:
		d.err = msg.Err
		return msg.Err == nil, nil
	case tea.KeyPressMsg:
		switch msg.String() {
		case "esc", "q":
			d.cancel()
			return true, nil
		case "y", "c":
			if !d.code.Code.IsEmpty() {
				return false, screen.Say(screen.Copy{What: "the code", Text: d.code.Code.String()})
			}
		case "u":
			if !d.code.URL.IsEmpty() {
				return false, screen.Say(screen.Copy{What: "the address", Text: d.code.URL.String()})
			}
		}
	}
	return false, nil
}

// View draws the code in the middle of what to do with it.
func (d *SignIn) View(width, _ int) string {
	put := func(tone theme.Tone, indent int, text string) []string {
		var lines []string
		for _, s := range cell.Wrap(text, width-indent, 3) {
			lines = append(lines, cell.NewLine(d.th, width).Space(indent).Put(tone, s).String())
		}
		return lines
	}
	lines := put(theme.Muted, 0, "Tenant "+d.tenant.String())
	lines = append(lines, "")
	switch f, failed := model.AsFailure(d.err); {
	case failed:
		lines = append(lines, put(theme.Bad, 0, "It did not work: "+f.Cause.String())...)
		lines = append(lines, put(theme.Plain, 0, f.Cure)...)
	case d.code.Code.IsEmpty():
		lines = append(lines, put(theme.Plain, 0, "Asking Microsoft for a code…")...)
	default:
		lines = append(lines, put(theme.Plain, 0, "On any device, open")...)
		lines = append(lines, put(theme.Accent, 3, d.code.URL.String())...)
		lines = append(lines, put(theme.Plain, 0, "and enter")...)
		lines = append(lines, put(theme.Accent, 3, d.code.Code.String())...)
		lines = append(lines, "")
		lines = append(lines, put(theme.Muted, 0, "peerdeck goes on by itself when you are done.")...)
	}
	return strings.Join(lines, "\n")
}
