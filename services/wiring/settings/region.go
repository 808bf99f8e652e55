package settings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// regions are those in which Konnect keeps control planes. Source: Konnect's contract.
func regions() []string { return []string{"us", "eu", "au", "me", "in", "sg"} }

// region reads the one region whose control planes are asked for their names. Networks and
// peerings have one host for all regions, so it changes nothing for those.
func region(s *Settings, _ Flags, env Environment, file File) error {
	if host, is := strings.CutSuffix(s.Konnect.Host(), ".api.konghq.com"); is && slices.Contains(regions(), host) {
		s.Warnings = append(s.Warnings, fmt.Sprintf("Konnect's address is that of the region %s, and Konnect lists the API of Cloud Gateways at %s alone; if nothing is found, leave the address out and set konnect.region: %s",
			host, DefaultKonnectURL, host))
	}
	value, name := choice{"", "", "PEERDECK_KONNECT_REGION", file.Konnect.Region, "konnect.region", ""}.pick(env)
	value, err := s.takenOver.inRegion(strings.ToLower(strings.TrimSpace(value)), name)
	if err != nil {
		return err
	}
	switch {
	case value == "" || value == "global":
		return nil
	case !regexp.MustCompile(`^[a-z][a-z0-9]{1,7}$`).MatchString(value):
		return fmt.Errorf("%s: %q is no region of Konnect; there are %s, and global for all of them", name, value, phrase.And(regions()))
	case !slices.Contains(regions(), value):
		s.Warnings = append(s.Warnings, fmt.Sprintf("%s: peerdeck knows no region %s of Konnect; there were %s when it was made", name, value, phrase.And(regions())))
	}
	s.Region = value
	return nil
}
