package review

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// block is one thing of a list: some lines, which may stand for something that can be
// chosen. It is drawn only while it is on the screen.
type block struct {
	key    string // of what can be chosen; empty for a heading or a text
	height int
	draw   func(selected bool) []string
}

// lines makes a block of lines that stand for nothing.
func textBlock(lines ...string) block {
	return block{height: len(lines), draw: func(bool) []string { return lines }}
}

// list shows blocks of any height, one of them chosen. What is chosen stays chosen by
// its key when other blocks are set.
type list struct {
	blocks   []block
	selected string
	top      int // the first line on the screen
	rows     int // lines of the room, of the last drawing
}

// set replaces the blocks.
func (l *list) set(blocks []block) {
	l.blocks = blocks
	if _, there := l.place(l.selected); !there {
		l.selected = ""
		for _, b := range blocks {
			if b.key != "" {
				l.selected = b.key
				break
			}
		}
	}
}

// place returns the number of the block of a key.
func (l *list) place(key string) (int, bool) {
	for i, b := range l.blocks {
		if key != "" && b.key == key {
			return i, true
		}
	}
	return 0, false
}

// begins returns the line at which a block begins.
func (l *list) begins(i int) int {
	n := 0
	for _, b := range l.blocks[:i] {
		n += b.height
	}
	return n
}

// total returns the number of lines.
func (l *list) total() int { return l.begins(len(l.blocks)) }

// neighbour returns the next block that can be chosen, -1 for none.
func (l *list) neighbour(from, by int) int {
	for i := from + by; i >= 0 && i < len(l.blocks); i += by {
		if l.blocks[i].key != "" {
			return i
		}
	}
	return -1
}

// move goes to the next block or to the one before; through one that is higher than the
// room, and past the last one, it goes line by line.
func (l *list) move(by int) {
	at, chosen := l.place(l.selected)
	if !chosen {
		l.scroll(by)
		return
	}
	begin := l.begins(at)
	end := begin + l.blocks[at].height
	room := l.room()
	if by > 0 && end > l.top+room || by < 0 && begin < l.top {
		l.scroll(by)
		return
	}
	next := l.neighbour(at, by)
	if next < 0 {
		l.scroll(by)
		return
	}
	l.selected = l.blocks[next].key
	l.reveal()
}

// reveal brings the chosen block onto the screen, its beginning in any case. What stands
// above the first one comes with it.
func (l *list) reveal() {
	at, chosen := l.place(l.selected)
	if !chosen {
		return
	}
	begin := l.begins(at)
	if l.neighbour(at, -1) < 0 {
		begin = 0
	} else if at > 0 && l.blocks[at-1].key == "" {
		begin -= min(l.blocks[at-1].height, 2) // its heading
	}
	end := l.begins(at) + l.blocks[at].height
	l.top = max(l.top, end-l.room())
	l.top = min(l.top, begin)
	l.clamp()
	if own := l.begins(at); own >= l.top+l.room() {
		l.top = own // what stands above is higher than the room
		l.clamp()
	}
}

func (l *list) scroll(by int) {
	l.top += by
	l.clamp()
}

func (l *list) page(by int) {
	l.scroll(by * max(1, l.room()-1))
	if i := l.at(l.top); i >= 0 {
		if l.blocks[i].key == "" {
			i = max(i, l.neighbour(i, 1))
		}
		if by > 0 && l.top+l.room() >= l.total() || by < 0 && l.top == 0 {
			i = l.edge(by)
		}
		if i >= 0 && l.blocks[i].key != "" {
			l.selected = l.blocks[i].key
		}
	}
}

// edge returns the last block that can be chosen, or the first one.
func (l *list) edge(by int) int {
	if by > 0 {
		return l.neighbour(len(l.blocks), -1)
	}
	return l.neighbour(-1, 1)
}

func (l *list) first() {
	l.top = 0
	if i := l.edge(-1); i >= 0 {
		l.selected = l.blocks[i].key
	}
}

func (l *list) last() {
	if i := l.edge(1); i >= 0 {
		l.selected = l.blocks[i].key
	}
	l.top = l.total()
	l.clamp()
}

// at returns the block of a line, -1 for none.
func (l *list) at(line int) int {
	for i, b := range l.blocks {
		if line < b.height {
			return i
		}
		line -= b.height
	}
	return -1
}

// choose chooses the block on a line of the screen.
func (l *list) choose(line int) {
	if line < 0 || line >= l.room() {
		return
	}
	if i := l.at(l.top + line); i >= 0 && l.blocks[i].key != "" {
		l.selected = l.blocks[i].key
	}
}

// room is the number of lines for blocks: the last line tells what is below.
func (l *list) room() int {
	if l.total() > l.rows {
		return max(1, l.rows-1)
	}
	return max(1, l.rows)
}

func (l *list) clamp() { l.top = max(0, min(l.top, l.total()-l.room())) }

// view draws the blocks that are on the screen.
func (l *list) view(th *theme.Theme, width, height int) []string {
	if height != l.rows {
		l.rows = height
		l.clamp()
		l.reveal()
	}
	l.clamp()
	room := l.room()
	out := make([]string, 0, height)
	line := 0
	for _, b := range l.blocks {
		if line+b.height > l.top && line < l.top+room {
			for i, text := range b.draw(b.key != "" && b.key == l.selected) {
				if at := line + i; at >= l.top && at < l.top+room {
					out = append(out, text)
				}
			}
		}
		line += b.height
	}
	if line > height {
		rest := cell.NewLine(th, width).Space(3)
		if below := line - l.top - room; below > 0 {
			rest.Put(theme.Muted, fmt.Sprintf("↓ %s below", phrase.Count(below, "line")))
		} else {
			rest.Put(theme.Muted, "the end")
		}
		for len(out) < height-1 {
			out = append(out, "")
		}
		out = append(out, rest.String())
	}
	return out[:min(len(out), height)]
}
