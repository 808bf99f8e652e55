package helper

import (
	"os"
	"strconv"
	"strings"
)

// inSession lists the processes that still run in a session: a shell with job control
// gives each of its jobs a group of its own. Source: proc(5).
func inSession(leader int, _ error) []int {
	all, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var found []int
	for _, entry := range all {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if session, ended := standing(pid); session == leader && !ended {
			found = append(found, pid)
		}
	}
	return found
}

// standing reads the session of a process, and whether it has ended and nobody has looked
// at that yet.
func standing(pid int) (session int, ended bool) {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, true
	}
	text := string(data)
	// The name of the program stands in brackets and may hold anything.
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	const state, inWhich = 0, 3 // behind the name: state, parent, group, session
	if len(fields) <= inWhich {
		return 0, true
	}
	session, err = strconv.Atoi(fields[inWhich])
	return session, err != nil || fields[state] == "Z" || fields[state] == "X"
}
