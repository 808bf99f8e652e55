package widget

import tea "charm.land/bubbletea/v2"

// Wheel returns how many rows a turn of the mouse wheel moves.
func Wheel(b tea.MouseButton) int {
	const rows = 3
	switch b {
	case tea.MouseWheelUp:
		return -rows
	case tea.MouseWheelDown:
		return rows
	default:
		return 0
	}
}
