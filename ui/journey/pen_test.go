//go:build unix

package journey_test

import (
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// ink is a colour as a program names it; the zero ink is the terminal's own.
type ink struct {
	set     bool
	r, g, b uint8
}

// inkOf is a colour that a program named.
func inkOf(c color.Color) ink {
	if c == nil {
		return ink{}
	}
	r, g, b, _ := c.RGBA()
	return ink{true, uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}
}

// pen is how characters are drawn from here on.
type pen struct {
	fore, back                      ink
	bold, faint, italic, under, rev bool
}

// change takes one sequence of styles (SGR).
func (p *pen) change(params ansi.Params) {
	if len(params) == 0 {
		*p = pen{}
	}
	for i := 0; i < len(params); i++ {
		n, _, _ := params.Param(i, 0)
		switch {
		case n == 38 || n == 48:
			var c color.Color
			read := ansi.ReadStyleColor(params[i:], &c)
			if n == 38 {
				p.fore = inkOf(c)
			} else {
				p.back = inkOf(c)
			}
			i += max(0, read-1)
		case n >= 30 && n <= 37:
			p.fore = inkOf(ansi.BasicColor(n - 30))
		case n >= 90 && n <= 97:
			p.fore = inkOf(ansi.BasicColor(n - 90 + 8))
		case n >= 40 && n <= 47:
			p.back = inkOf(ansi.BasicColor(n - 40))
		case n >= 100 && n <= 107:
			p.back = inkOf(ansi.BasicColor(n - 100 + 8))
		default:
			p.attribute(n)
		}
	}
}

func (p *pen) attribute(n int) {
	switch n {
	case 0:
		*p = pen{}
	case 1:
		p.bold = true
	case 2:
		p.faint = true
	case 3:
		p.italic = true
	case 4:
		p.under = true
	case 7:
		p.rev = true
	case 22:
		p.bold, p.faint = false, false
	case 23:
		p.italic = false
	case 24:
		p.under = false
	case 27:
		p.rev = false
	case 39:
		p.fore = ink{}
	case 49:
		p.back = ink{}
	}
}
