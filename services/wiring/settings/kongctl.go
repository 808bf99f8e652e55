package settings

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/local/kongctl"
)

// Choices by which a profile of kongctl's is taken over.
const (
	kongctlFlag     = "--kongctl-profile"
	kongctlVariable = "PEERDECK_KONGCTL_PROFILE"
	kongctlKey      = "konnect.kongctl_profile"
)

// takenOver is the profile of kongctl's that somebody asked for, what it is for, and by
// what it was asked for.
type takenOver struct {
	kongctl.Profile
	by   string
	base endpoint.Endpoint // zero where the profile names none, and it is Konnect's own
	geo  string            // the region; empty where the profile names none
}

// asked is the name of the profile that somebody asked for, and by what; both are empty
// for none. A variable that points at a token itself goes before the one that points at a
// profile, and a context with a source of its own has that one.
func (f File) asked(flags Flags, env Environment) (name, by string, err error) {
	const inFile = kongctlKey + " in the configuration file"
	if f.ownsToken() {
		switch {
		case flags.Kongctl != "" && flags.Kongctl != NoContext:
			return "", "", fmt.Errorf("%s: the context %s has a token of its own, and another one may be another organization's; leave one out (%s %s for the top of the file)", kongctlFlag, f.context.Name, contextFlag, NoContext)
		case f.Konnect.KongctlProfile == nil:
			return "", "", nil
		default:
			return *f.Konnect.KongctlProfile, inFile, nil
		}
	}
	switch variable := strings.TrimSpace(env(kongctlVariable)); {
	case flags.Kongctl != "":
		name, by = flags.Kongctl, kongctlFlag
	case env(tokenVariable) != "" || env(tokenFileVariable) != "":
		return "", "", nil
	case variable != "":
		name, by = variable, kongctlVariable
	case f.Konnect.KongctlProfile != nil:
		name, by = *f.Konnect.KongctlProfile, inFile
	}
	if name == NoContext {
		return "", "", nil
	}
	return name, by, nil
}

// takeOver reads the profile of kongctl's that somebody asked for; nil for none.
func takeOver(flags Flags, env Environment, file File) (*takenOver, error) {
	name, by, err := file.asked(flags, env)
	if err != nil || name == "" {
		return nil, err
	}
	p, err := kongctl.Open(name, env)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", by, err)
	}
	t := &takenOver{Profile: p, by: by}
	switch {
	case p.BaseURL != "":
		if t.base, err = endpoint.Parse(p.BaseURLBy, p.BaseURL); err != nil {
			return nil, fmt.Errorf("%s: %w", by, err)
		}
		if !t.base.Loopback() && (t.base.Plain() || domainOf(t.base) == "") {
			return nil, fmt.Errorf("%s: %s is %s, and no host of Konnect's: kongctl sends no token there, and peerdeck does not either", by, p.BaseURLBy, t.base)
		}
		if geo, _, _ := strings.Cut(t.base.Host(), "."); domainOf(t.base) != "" && geo != "global" {
			t.geo = geo
		}
	case !strings.EqualFold(p.Region, "global"):
		t.geo = strings.ToLower(p.Region)
	}
	return t, nil
}

// domainOf is what the hosts of all regions have in common, such as api.konghq.com; empty
// for a host that is not of Konnect's domains, which are those that kongctl trusts.
func domainOf(e endpoint.Endpoint) string {
	_, domain, _ := strings.Cut(strings.ToLower(e.Host()), ".")
	if slices.Contains([]string{"api.konghq.com", "api.konghq.tech"}, domain) {
		return domain
	}
	return ""
}

// konnect is the address that follows from the profile. Networks have one address for all
// regions, beside that of the profile's region.
func (t *takenOver) konnect() string {
	switch {
	case t == nil || t.base.IsZero():
		return DefaultKonnectURL
	case domainOf(t.base) != "":
		return "https://global." + domainOf(t.base)
	default:
		return t.base.String()
	}
}

// keeps refuses an address that the profile is not for: its token would go there.
func (t *takenOver) keeps(konnect endpoint.Endpoint, named string) error {
	if t == nil || konnect.String() == t.konnect() || konnect.String() == t.base.String() {
		return nil
	}
	at := t.konnect()
	return fmt.Errorf("%s is %s, and kongctl's profile %s (%s) is for %s: its token is not sent elsewhere; leave one of them out", named, konnect, t.Name, t.by, at)
}

// inRegion is the region that holds: that of the profile, where it names one.
func (t *takenOver) inRegion(value, named string) (string, error) {
	switch {
	case t == nil || t.geo == "" || value == t.geo:
		return value, nil
	case value == "":
		return t.geo, nil
	default:
		return "", fmt.Errorf("%s is %s, and kongctl's profile %s (%s) is for the region %s: its token goes to no other one; leave one of them out", named, value, t.Name, t.by, t.geo)
	}
}

// kongctlName refuses what cannot be a profile, and one beside another source of the token.
func kongctlName(k KonnectPart) error {
	if k.KongctlProfile == nil {
		return nil
	}
	if k.TokenFile != nil || len(k.TokenCommand) > 0 || k.TokenVariable != nil || k.Keyring != nil {
		return errors.New(kongctlKey + " stands beside another source of the token, which may be another organization's; leave one of them out")
	}
	if err := kongctl.CheckName(*k.KongctlProfile); err != nil {
		return fmt.Errorf("%s: %w", kongctlKey, err)
	}
	return nil
}

// leave is how to have other sources asked.
func (t *takenOver) leave() string {
	switch t.by {
	case kongctlFlag:
		return "leave out " + kongctlFlag
	case kongctlVariable:
		return "unset " + kongctlVariable
	default:
		return "take out " + kongctlKey
	}
}

// notTaken says what points at another token than the one that is used.
func notTaken(s *Settings, env Environment, file File) {
	points := env(tokenVariable) != "" || env(tokenFileVariable) != ""
	switch t := s.takenOver; {
	case file.ownsToken(): // said by the context
	case t == nil && points && (env(kongctlVariable) != "" || file.Konnect.KongctlProfile != nil):
		s.Warnings = append(s.Warnings, "a profile of kongctl's is named ("+kongctlVariable+" or "+kongctlKey+") and not used: "+tokenVariable+" or "+tokenFileVariable+" goes before it")
	case t != nil && points:
		s.Warnings = append(s.Warnings, tokenVariable+" or "+tokenFileVariable+" is set and not used: "+t.by+" names kongctl's profile "+t.Name)
	}
}
