//go:build unix

package journey_test

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The size of a cell in a picture, in pixels, and where letters stand in it.
const (
	cellWide, cellHigh = 10, 20
	baseline           = 15
	margin             = 10
)

// painter draws what is on a terminal's screen.
type painter struct {
	plain, bold font.Face
	ground, ink color.RGBA // of the terminal itself
}

func newPainter(t *testing.T) *painter {
	t.Helper()
	face := func(ttf []byte) font.Face {
		f, err := opentype.Parse(ttf)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 16.2, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			t.Fatal(err)
		}
		return drawn
	}
	return &painter{plain: face(gomono.TTF), bold: face(gomonobold.TTF), ground: color.RGBA{0x1a, 0x1b, 0x1f, 0xff}, ink: color.RGBA{0xdc, 0xdc, 0xdc, 0xff}}
}

// paint draws the screen of a terminal.
func (p *painter) paint(v *vt) *image.RGBA {
	v.mu.Lock()
	defer v.mu.Unlock()
	img := image.NewRGBA(image.Rect(0, 0, v.w*cellWide+2*margin, v.h*cellHigh+2*margin))
	draw.Draw(img, img.Bounds(), image.NewUniform(p.ground), image.Point{}, draw.Src)
	for y, row := range v.cells {
		for x, g := range row {
			p.cell(img, margin+x*cellWide, margin+y*cellHigh, g)
		}
	}
	return img
}

// cell draws one character with its background. A wide one reaches into the next cell.
func (p *painter) cell(img *image.RGBA, x, y int, g glyph) {
	fore, back := p.mixed(g.pen)
	if g.text == "" {
		return // the right half of a wide character, which has drawn it
	}
	room := image.Rect(x, y, x+cellWide, y+cellHigh)
	if back != p.ground {
		draw.Draw(img, room, image.NewUniform(back), image.Point{}, draw.Src)
	}
	if g.pen.under {
		draw.Draw(img, image.Rect(x, y+baseline+2, x+cellWide, y+baseline+3), image.NewUniform(fore), image.Point{}, draw.Src)
	}
	r := []rune(g.text)[0]
	if r == ' ' || shape(img, room, r, fore) {
		return
	}
	face := p.plain
	if g.pen.bold {
		face = p.bold
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(fore), Face: face, Dot: fixed.P(x, y+baseline)}
	d.DrawString(g.text)
}

// mixed are the colours of a pen.
func (p *painter) mixed(n pen) (fore, back color.RGBA) {
	fore, back = p.ink, p.ground
	if n.fore.set {
		fore = color.RGBA{n.fore.r, n.fore.g, n.fore.b, 0xff}
	}
	if n.back.set {
		back = color.RGBA{n.back.r, n.back.g, n.back.b, 0xff}
	}
	if n.faint {
		fore = color.RGBA{half(fore.R, back.R), half(fore.G, back.G), half(fore.B, back.B), 0xff}
	}
	if n.rev {
		return back, fore
	}
	return fore, back
}

func half(a, b uint8) uint8 { return uint8((int(a) + int(b)) / 2) }
