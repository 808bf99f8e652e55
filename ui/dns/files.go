package dns

import tea "charm.land/bubbletea/v2"

func (s *Screen) askImport() tea.Cmd          { return nil }
func (s *Screen) export() tea.Cmd             { return nil }
func (s *Screen) restore() tea.Cmd            { return nil }
func (s *Screen) takeImport(imported) tea.Cmd { return nil }
