package networks

import (
	"github.com/peerdeck/peerdeck/model/look"
)

// The windows from which the screen has more than list and details, in cells of the
// screen's own room.
const (
	sideFrom = 120 // columns from which the details stand beside the list
	tallFrom = 34  // lines from which the changes stand below both: those of a window of 40 rows
)

// The least room of each part, its rule or its heading included.
const (
	leastList    = 5
	leastDetails = 8 // title, halves, cause, next step
	leastChanges = 6
	leastSide    = 50 // columns
)

// plan is how the room is divided. Parts keep their place as long as the window has its
// size and the person leaves the division alone; a part without lines is not there.
type plan struct {
	list    size
	details size
	changes size
	side    bool // the details stand at the right, and the changes below the list
}

// size is the room of a part; that of details and changes has the rule above it.
type size struct{ w, h int }

// divide divides the room. Rows are the networks that there are, shown or not: what a
// filter hides makes nothing jump.
func divide(width, height, rows int, whole bool, l look.Look) plan {
	switch {
	case whole:
		return plan{list: size{width, max(1, height-1)}, details: size{width, min(1, max(0, height-1))}}
	case width >= sideFrom:
		return beside(width, height, rows, l)
	default:
		return stacked(width, height, rows, l)
	}
}

// beside puts the details at the right, over the whole height.
func beside(width, height, rows int, l look.Look) plan {
	share := l.Share
	if share == 0 {
		share = sideShare
	}
	left := max(leastSide, min(width-leastSide, width*share/whole))
	p := plan{side: true, details: size{width - left - 2, height}}
	const most = 60 // percent of the height, where the changes have anything to say
	list := max(leastList, min(rows+1, height*most/whole))
	if height-list < leastChanges {
		list = max(leastList, height-leastChanges)
	}
	p.list, p.changes = size{left, min(list, height)}, size{left, max(0, height-list)}
	return p
}

// stacked puts one under the other: the list with as many rows as there are, as far as the
// details keep what they must say; the changes where the window is tall.
func stacked(width, height, rows int, l look.Look) plan {
	var p plan
	if height >= tallFrom {
		p.changes = size{width, max(leastChanges, height/4)} //nolint:mnd // a quarter
	}
	room := height - p.changes.h
	list := min(rows+1, room-leastDetails)
	if height >= tallFrom {
		list = min(list, room/2) //nolint:mnd // half: there is room for the drawing, and more
	}
	if l.Tall > 0 {
		list = room * l.Tall / whole
	}
	list = max(min(leastList, room), min(list, room-1))
	p.list, p.details = size{width, list}, size{width, room - list}
	return p
}

// The share of the list where nobody has chosen another, in percent.
const (
	whole     = 100
	sideShare = 50
)

// arranged is the look with one part more or less of the room for the list, by so many
// steps from what the plan gives it.
func (p plan) arranged(l look.Look, width, height, steps int) look.Look {
	if p.side {
		l.Share = look.More(rounded(p.list.w, width), steps)
		return l
	}
	l.Tall = look.More(rounded(p.list.h, height-p.changes.h), steps)
	return l
}

// rounded is a part in percent, in whole steps.
func rounded(part, of int) int {
	return (whole*part/max(1, of) + look.Step/2) / look.Step * look.Step
}
