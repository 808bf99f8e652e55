// Package assume judges changes before anyone makes them: a route, a rule, a mapping, an
// address range or a peering is put into what was read of a network, and the judgement of
// the whole way is asked again. Nothing is ever sent anywhere.
//
// A [Change] is a verb, a kind of thing and values by their keys, the same from a file and
// from a form; [Fields] is the one table of what belongs to which. [Apply] makes other facts
// of facts, and [Compare] says which verdicts are others then.
//
// What was not read stays not known: a change can settle a question only where it decides
// before everything that was not read.
package assume
