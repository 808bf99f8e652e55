package paths

// The reasons for which something is not possible now; empty when it is.

func (s *Screen) noNetworks() string {
	if len(s.snapshot.Networks) == 0 {
		return "there is no network"
	}
	return ""
}

func (s *Screen) noNetwork() string {
	if s.network() == nil {
		return "there is no network"
	}
	return ""
}

// nothing is for what is done with the list.
func (s *Screen) nothing() string {
	if s.blankPage() {
		return "there is no list"
	}
	return ""
}

func (s *Screen) noServices() string {
	if why := s.nothing(); why != "" {
		return why
	}
	if s.ways {
		return "subnets are listed; v lists the services"
	}
	return ""
}

func (s *Screen) noRow() string {
	if s.blankPage() || s.selectedService() == nil && s.selectedWay() == nil {
		return "nothing is selected"
	}
	return ""
}

func (s *Screen) noCommand() string {
	if why := s.noRow(); why != "" {
		return why
	}
	if s.command() == "" {
		return "the next step is no command"
	}
	return ""
}

func (s *Screen) noHost() string {
	switch {
	case s.noRow() != "":
		return s.noRow()
	case s.ways:
		return "a subnet is no service; d tells of it"
	case s.selectedHost() == nil:
		return "a control plane is no service; d tells of it"
	default:
		return ""
	}
}

func (s *Screen) noAsk() string {
	if why := s.noHost(); why != "" {
		return why
	}
	if s.going() {
		return "the paths are being read"
	}
	return ""
}

func (s *Screen) noName() string {
	if why := s.noHost(); why != "" {
		return why
	}
	if p := namedPlace(s.selectedHost()); p == nil {
		return "the service has an address, and no name"
	}
	return ""
}

func (s *Screen) noMapping() string {
	if why := s.noName(); why != "" {
		return why
	}
	if p := uncovered(s.selectedHost()); p == nil {
		return "a rule covers the name already"
	}
	return ""
}

func (s *Screen) noProblem() string {
	if why := s.nothing(); why != "" {
		return why
	}
	if _, troubled, _ := s.list().count(); troubled == 0 {
		return "nothing needs a look"
	}
	return ""
}

func (s *Screen) noEsc() string {
	if s.blankPage() {
		return s.notGoing()
	}
	if s.hides() || s.list().filter().Why() == "" {
		return ""
	}
	if s.going() {
		return ""
	}
	return "there is no filter"
}

func (s *Screen) notGoing() string {
	if !s.going() {
		return "nothing is being read"
	}
	return ""
}

func (s *Screen) noFindings() string {
	if len(s.view().Findings) == 0 {
		return "nothing was found"
	}
	return ""
}
