//go:build unix

package journey_test

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// shape draws what has to meet the next cell without a gap, and the signs that the face
// lacks. It reports whether it drew the character.
func shape(img *image.RGBA, room image.Rectangle, r rune, c color.RGBA) bool {
	if lines(img, room, r, c) || blocks(img, room, r, c) {
		return true
	}
	const x, y, radius = cellWide / 2.0, cellHigh / 2.0, 4.2
	switch r {
	case '●':
		polygon(img, room, c, circle(radius))
	case '○':
		polygon(img, room, c, circle(radius), reversed(circle(radius-1.2)))
	case '◐':
		polygon(img, room, c, circle(radius), reversed(arc(radius-1.2, -math.Pi/2, math.Pi/2)))
	case '▲':
		polygon(img, room, c, []point{{x, y - 5}, {x + 5, y + 4}, {x - 5, y + 4}})
	case '▾':
		polygon(img, room, c, []point{{x - 4, y - 2}, {x + 4, y - 2}, {x, y + 3}})
	case '▸':
		polygon(img, room, c, []point{{x - 2, y - 4}, {x + 3, y}, {x - 2, y + 4}})
	case '◇':
		polygon(img, room, c, []point{{x, y - 5}, {x + 5, y}, {x, y + 5}, {x - 5, y}}, []point{{x, y - 3}, {x - 3, y}, {x, y + 3}, {x + 3, y}})
	case '✖', '✗':
		polygon(img, room, c, bar(x-3.4, y-3.4, x+3.4, y+3.4, 1.3))
		polygon(img, room, c, bar(x-3.4, y+3.4, x+3.4, y-3.4, 1.3))
	case '✓':
		polygon(img, room, c, bar(x-4, y, x-1, y+3.5, 1))
		polygon(img, room, c, bar(x-1, y+3.5, x+4, y-4, 1))
	default:
		return false
	}
	return true
}

// arms are the directions in which a line leaves the middle of a cell.
const (
	north = 1 << iota
	south
	west
	east
	heavy
	dashed
)

func armsOf(r rune) int {
	return map[rune]int{
		'─': west | east, '│': north | south, '┌': south | east, '┐': south | west, '└': north | east, '┘': north | west,
		'╭': south | east, '╮': south | west, '╰': north | east, '╯': north | west, '├': north | south | east, '┤': north | south | west,
		'┬': west | east | south, '┴': west | east | north, '┼': north | south | west | east, '━': west | east | heavy,
		'╌': west | east | dashed, '┄': west | east | dashed, '┃': north | south | heavy,
	}[r]
}

func lines(img *image.RGBA, room image.Rectangle, r rune, c color.RGBA) bool {
	arms := armsOf(r)
	if arms == 0 {
		return false
	}
	thick := 1
	if arms&heavy != 0 {
		thick = 2
	}
	x, y := room.Min.X+cellWide/2-1, room.Min.Y+cellHigh/2-1
	fill := func(x0, y0, x1, y1 int) {
		draw.Draw(img, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	if arms&dashed != 0 {
		fill(room.Min.X+1, y, room.Min.X+4, y+1)
		fill(room.Min.X+6, y, room.Min.X+9, y+1)
		return true
	}
	if arms&west != 0 {
		fill(room.Min.X, y, x+1, y+thick)
	}
	if arms&east != 0 {
		fill(x, y, room.Max.X, y+thick)
	}
	if arms&north != 0 {
		fill(x, room.Min.Y, x+thick, y+1)
	}
	if arms&south != 0 {
		fill(x, y, x+thick, room.Max.Y)
	}
	return true
}

func blocks(img *image.RGBA, room image.Rectangle, r rune, c color.RGBA) bool {
	switch r {
	case '█':
	case '▀':
		room.Max.Y = room.Min.Y + cellHigh/2
	case '▄':
		room.Min.Y += cellHigh / 2
	case '▌':
		room.Max.X = room.Min.X + cellWide/2
	case '▐':
		room.Min.X += cellWide / 2
	default:
		return false
	}
	draw.Draw(img, room, image.NewUniform(c), image.Point{}, draw.Src)
	return true
}

type point struct{ x, y float64 }

// polygon fills what its outlines enclose; one that runs the other way round is a hole.
// It is drawn in the room of its cell, and counted from the corner of that.
func polygon(img *image.RGBA, room image.Rectangle, c color.RGBA, outlines ...[]point) {
	z := vector.NewRasterizer(room.Dx(), room.Dy())
	for _, o := range outlines {
		for i, p := range o {
			if i == 0 {
				z.MoveTo(float32(p.x), float32(p.y))
			} else {
				z.LineTo(float32(p.x), float32(p.y))
			}
		}
		z.ClosePath()
	}
	z.Draw(img, room, image.NewUniform(c), image.Point{})
}

func circle(radius float64) []point { return arc(radius, 0, 2*math.Pi) }

// arc is a part of a circle around the middle of the cell.
func arc(radius, from, to float64) []point {
	const x, y, corners = cellWide / 2.0, cellHigh / 2.0, 32
	out := make([]point, 0, corners+1)
	for i := range corners + 1 {
		at := from + (to-from)*float64(i)/corners
		out = append(out, point{x + radius*math.Cos(at), y + radius*math.Sin(at)})
	}
	return out
}

func reversed(in []point) []point {
	out := make([]point, len(in))
	for i, p := range in {
		out[len(in)-1-i] = p
	}
	return out
}

// bar is a line of some thickness on each side.
func bar(x0, y0, x1, y1, side float64) []point {
	length := math.Hypot(x1-x0, y1-y0)
	dx, dy := -(y1-y0)/length*side, (x1-x0)/length*side
	return []point{{x0 + dx, y0 + dy}, {x1 + dx, y1 + dy}, {x1 - dx, y1 - dy}, {x0 - dx, y0 - dy}}
}
