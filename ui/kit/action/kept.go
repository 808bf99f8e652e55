package action

import "slices"

// Kept keeps the actions of a screen while their words are the same. What an action does,
// and whether it can be done, is asked of it when it matters; the list of them is not made
// anew for each key.
type Kept[K comparable] struct {
	words K
	list  []Action
}

// List returns the actions. Words are all that their names, keys and sentences depend on.
// Nobody changes the list.
func (k *Kept[K]) List(words K, all func() []Action) []Action {
	if k.list == nil || k.words != words {
		list := all()
		k.words, k.list = words, slices.Clip(list)
	}
	return k.list
}
