package settings

import (
	"fmt"
	"strconv"
)

// Linear reads whether there are to be lines in the place of a screen, from the flag and
// from PEERDECK_LINEAR. Given is false where nobody says: then it depends on what is there
// to draw on.
func Linear(f Flags, env Environment) (on, given bool, err error) {
	value, name := choice{f.Linear, "--linear", "PEERDECK_LINEAR", nil, "", ""}.pick(env)
	if value == "" {
		return false, false, nil
	}
	if on, err = strconv.ParseBool(value); err != nil {
		return false, false, fmt.Errorf("%s: %q is neither true nor false", name, value)
	}
	return on, true, nil
}
