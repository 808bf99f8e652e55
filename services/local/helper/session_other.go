//go:build unix && !linux

package helper

// inSession is the group of processes, by its leader, while a signal still reaches it: more
// cannot be seen on this system.
func inSession(leader int, signal error) []int {
	if signal != nil {
		return nil
	}
	return []int{-leader}
}
