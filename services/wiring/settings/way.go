package settings

import (
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

// way reads how requests leave this machine: through which proxy, and whose certificates
// are accepted.
func way(s *Settings, f Flags, env Environment, file File) error {
	named, from := choice{f.Proxy, "--proxy", "PEERDECK_PROXY", file.Proxy, "proxy", ""}.pick(env)
	path, fromFile := choice{f.CAFile, "--ca-file", "PEERDECK_CA_FILE", file.CAFile, "ca_file", ""}.pick(env)
	path = typed.PathIn(path, env)
	var err error
	if s.Way.Proxies, err = transport.ReadProxies(named, from, env); err != nil {
		return err
	}
	if s.Way.Trust, err = transport.ReadTrust(path, fromFile, env); err != nil {
		return err
	}
	if w := s.Way.Trust.Warning(); w != "" {
		s.Warnings = append(s.Warnings, w)
	}
	return nil
}
