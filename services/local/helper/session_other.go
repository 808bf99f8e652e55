//go:build unix && !linux

package helper

// inSession lists nothing: only the group of processes can be seen on this system.
func inSession(int) []int { return nil }
