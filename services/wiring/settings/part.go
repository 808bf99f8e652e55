package settings

import "reflect"

// Part is what the top of the configuration file and each of its contexts can say alike.
// Members that are not written are nil.
type Part struct {
	Konnect  KonnectPart `yaml:"konnect"`
	Azure    AzurePart   `yaml:"azure"`
	DNS      DNSPart     `yaml:"dns"`
	Proxy    *string     `yaml:"proxy"`
	CAFile   *string     `yaml:"ca_file"`
	ReadOnly *bool       `yaml:"read_only"`
	// KnownFile holds the problems that somebody knows of.
	KnownFile *string `yaml:"known_file"`
}

// KonnectPart is what can be said of Konnect.
type KonnectPart struct {
	URL           *string  `yaml:"url"`
	Region        *string  `yaml:"region"`
	TokenFile     *string  `yaml:"token_file"`
	TokenCommand  []string `yaml:"token_command"`
	TokenVariable *string  `yaml:"token_variable"`
	Keyring       *string  `yaml:"keyring"`
	// KongctlProfile is a profile of kongctl's, whose token and region are taken over.
	KongctlProfile *string `yaml:"kongctl_profile"`
}

// AzurePart is what can be said of Azure.
type AzurePart struct {
	Cloud    *string `yaml:"cloud"`
	SignIn   *string `yaml:"sign_in"`
	ARMURL   *string `yaml:"arm_url"`
	GraphURL *string `yaml:"graph_url"`
	LoginURL *string `yaml:"login_url"`
}

// DNSPart is what can be said of how DNS servers are asked.
type DNSPart struct {
	Via *string `yaml:"via"`
}

// hasToken reports whether a source of the token is named.
func (k KonnectPart) hasToken() bool {
	return k.TokenFile != nil || len(k.TokenCommand) > 0 || k.TokenVariable != nil || k.Keyring != nil || k.KongctlProfile != nil
}

// under is what holds where a context says something itself: its own words, and those of
// the top for the rest. Two things are never mixed: a context with a token of its own has
// no other one (and one with a profile of kongctl's no other address), and one with a cloud of its own has not the addresses of another cloud.
func (p Part) under(top Part) Part {
	if p.Konnect.KongctlProfile != nil {
		top.Konnect = KonnectPart{} // the profile brings its own
	}
	if p.Konnect.hasToken() {
		top.Konnect = KonnectPart{URL: top.Konnect.URL, Region: top.Konnect.Region}
	}
	if p.Azure.Cloud != nil {
		top.Azure.ARMURL, top.Azure.GraphURL, top.Azure.LoginURL = nil, nil, nil
	}
	lay(reflect.ValueOf(&top).Elem(), reflect.ValueOf(p))
	return top
}

// lay puts the members that are written over those that are there.
func lay(onto, from reflect.Value) {
	for i := range from.NumField() {
		switch f := from.Field(i); {
		case f.Kind() == reflect.Struct:
			lay(onto.Field(i), f)
		case !f.IsNil():
			onto.Field(i).Set(f)
		}
	}
}

// says reports whether a member is written, by its key in the file such as "konnect.url".
func (p Part) says(key string) bool {
	said := false
	walk(reflect.ValueOf(p), "", func(name string, v reflect.Value) { said = said || name == key && !v.IsNil() })
	return said
}

// walk calls f for every member of a part that is no group.
func walk(v reflect.Value, before string, f func(name string, v reflect.Value)) {
	for i := range v.NumField() {
		name := before + v.Type().Field(i).Tag.Get("yaml")
		if v.Field(i).Kind() == reflect.Struct {
			walk(v.Field(i), name+".", f)
			continue
		}
		f(name, v.Field(i))
	}
}
