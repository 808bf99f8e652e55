package widget

import "slices"

// Kept is a part of a screen as it was drawn last. As long as all that it is drawn of is
// the same, it is not drawn again: of a frame, most parts are as they were.
type Kept[K comparable] struct {
	key   K
	lines []string
	drawn bool
}

// Lines returns the part. The key holds all that it is drawn of. Nobody changes the lines.
func (k *Kept[K]) Lines(key K, draw func() []string) []string {
	if !k.drawn || k.key != key {
		lines := draw()
		k.key, k.lines, k.drawn = key, slices.Clip(lines), true
	}
	return k.lines
}
