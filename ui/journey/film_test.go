//go:build unix

package journey_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// film gathers what a tape shows. Its time is that of the tape, not of the machine, so a
// slow one makes the same film.
type film struct {
	dir    string // where pictures are written
	p      *painter
	moving bool
	frames []frame
	w, h   int
}

// frame is a screen and how long it stays.
type frame struct {
	img   *image.RGBA
	rows  [][]glyph
	stays time.Duration
}

// take keeps the screen as it is for some time; one that did not change stays longer.
func (f *film) take(s *terminal, stays time.Duration) {
	if !f.moving {
		return
	}
	rows := s.vt.rows()
	if n := len(f.frames); n > 0 && slices.EqualFunc(f.frames[n-1].rows, rows, slices.Equal) {
		f.frames[n-1].stays += stays
		return
	}
	f.w, f.h = s.vt.w, s.vt.h
	f.frames = append(f.frames, frame{f.p.paint(s.vt), rows, stays})
}

// rows is what is on the screen, with its colours.
func (v *vt) rows() [][]glyph {
	v.mu.Lock()
	defer v.mu.Unlock()
	out := make([][]glyph, len(v.cells))
	for i, r := range v.cells {
		out[i] = slices.Clone(r)
	}
	return out
}

// still writes one picture.
func (f *film) still(t *testing.T, s *terminal, name string) {
	t.Helper()
	var b bytes.Buffer
	img := f.p.paint(s.vt)
	palette := paletteOf([]frame{{img: img}})
	flat := image.NewPaletted(img.Bounds(), palette)
	draw.Draw(flat, flat.Bounds(), img, image.Point{}, draw.Src)
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, flat); err != nil {
		t.Fatal(err)
	}
	f.write(t, name+".png", b.Bytes())
}

func (f *film) write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(f.dir, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// paletteOf are the colours of the frames, at most 256: those that stand in most pixels.
func paletteOf(frames []frame) color.Palette {
	counts := map[color.RGBA]int{}
	for _, f := range frames {
		b := f.img.Bounds()
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				counts[f.img.RGBAAt(x, y)]++
			}
		}
	}
	all := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var out color.Palette
	for _, c := range all[:min(len(all), 256)] {
		out = append(out, c)
	}
	return out
}

// gif writes the film. Each picture but the first holds only what changed.
func (f *film) gif(t *testing.T, name string) {
	t.Helper()
	palette := paletteOf(f.frames)
	index := map[color.RGBA]uint8{}
	out := gif.GIF{}
	for i, fr := range f.frames {
		room := fr.img.Bounds()
		if i > 0 {
			room = changed(f.frames[i-1].img, fr.img)
		}
		flat := image.NewPaletted(room, palette)
		for y := room.Min.Y; y < room.Max.Y; y++ {
			for x := room.Min.X; x < room.Max.X; x++ {
				c := fr.img.RGBAAt(x, y)
				n, ok := index[c]
				if !ok {
					n = uint8(palette.Index(c))
					index[c] = n
				}
				flat.SetColorIndex(x, y, n)
			}
		}
		out.Image = append(out.Image, flat)
		out.Delay = append(out.Delay, max(2, int(fr.stays/(10*time.Millisecond))))
		out.Disposal = append(out.Disposal, gif.DisposalNone)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &out); err != nil {
		t.Fatal(err)
	}
	f.write(t, name+".gif", b.Bytes())
}

// changed is the smallest room in which two pictures differ, never an empty one.
func changed(a, b *image.RGBA) image.Rectangle {
	var room image.Rectangle
	for y := range b.Bounds().Dy() {
		for x := range b.Bounds().Dx() {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				room = room.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if room.Empty() {
		return image.Rect(0, 0, 1, 1)
	}
	return room
}

// cast writes the film as text, in the second version of the asciicast format.
func (f *film) cast(t *testing.T, name string) {
	t.Helper()
	var b bytes.Buffer
	head, err := json.Marshal(map[string]any{"version": 2, "width": f.w, "height": f.h, "title": "peerdeck --demo", "env": map[string]string{"TERM": "xterm-256color"}})
	if err != nil {
		t.Fatal(err)
	}
	b.Write(append(head, '\n'))
	var at time.Duration
	var before [][]glyph
	for _, fr := range f.frames {
		line, err := json.Marshal([]any{at.Seconds(), "o", drawn(before, fr.rows)})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
		at += fr.stays
		before = fr.rows
	}
	f.write(t, name+".cast", b.Bytes())
}

// drawn is what makes one screen of another: the rows that differ.
func drawn(before, now [][]glyph) string {
	var b strings.Builder
	if before == nil {
		b.WriteString("\x1b[2J\x1b[?25l")
	}
	for y, row := range now {
		if before != nil && slices.Equal(before[y], row) {
			continue
		}
		fmt.Fprintf(&b, "\x1b[%d;1H", y+1)
		last := pen{}
		b.WriteString("\x1b[0m")
		for _, g := range row {
			if g.pen != last {
				b.WriteString(g.pen.sequence())
				last = g.pen
			}
			b.WriteString(g.text)
		}
	}
	return b.String()
}

// sequence is what a terminal takes for the pen, from the beginning.
func (p *pen) sequence() string {
	out := "\x1b[0"
	for _, a := range []struct {
		on bool
		n  int
	}{{p.bold, 1}, {p.faint, 2}, {p.italic, 3}, {p.under, 4}, {p.rev, 7}} {
		if a.on {
			out += fmt.Sprintf(";%d", a.n)
		}
	}
	if p.fore.set {
		out += fmt.Sprintf(";38;2;%d;%d;%d", p.fore.r, p.fore.g, p.fore.b)
	}
	if p.back.set {
		out += fmt.Sprintf(";48;2;%d;%d;%d", p.back.r, p.back.g, p.back.b)
	}
	return out + "m"
}
